"""Who at the desk hears a sentence first, and how a form is taken up again after talk of something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType

from actions.desk.form import Form
from actions.desk.memory import CONFIRM, PATIENCE, Case, Memory, latest, patched
from actions.reply import Reply
from actions.turn import Turn

# A human has been called, or time is wanted: nobody is to be hurried.
_NO_REMINDER = frozenset({"action_handoff", "action_wait"})


class Hearing:
    """The forms of the desk, as one that waits."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = {form.name(): form for form in forms}

    async def heard(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        """The events of an answer to the form in hand; None where there is no form, or it is no answer."""
        case = Memory.of(turn.desk).case
        if case is None or not case.waits:
            return None
        # 个人 of an invoice sounds like a wish for a person.
        if heard in _NO_REMINDER and not self._forms[case.action].offered(turn.text, case.asked):
            return None
        taken = await self._forms[case.action].answer(turn, heard, reply)
        return None if taken is None else await self.resumed(turn, case.action, reply, taken)

    async def resumed(
        self, turn: Turn, said: str, reply: Reply, events: list[EventType]
    ) -> list[EventType]:
        """The events of `said`, the action that spoke, and of the form that is open after it taken up again."""
        case = latest(events, turn.desk).case
        asks = any(event.get("name") == "pending" and event["value"] for event in events)
        if case is None or case.action == said or asks or said in _NO_REMINDER:
            return events
        before = Memory.of(turn.desk)
        if case not in (before.case, before.parked):
            # Begun just now, on behalf of the action that spoke.
            return events
        if self._overtaken(said, case):
            return [*events, replace(latest(events, turn.desk), case=None).event()]
        strayed = case.strayed + 1
        if strayed >= PATIENCE:
            kept = [*events, latest(events, turn.desk).event()]
            return patched(kept, strayed=strayed)
        more = await self._forms[case.action].remind(turn, reply, case)
        return patched([*events, *more], strayed=strayed)

    def _overtaken(self, said: str, case: Case) -> bool:
        """Whether a question waits (我的快递呢: which order) and another has been asked and answered since (查下订单)."""
        both = [self._forms.get(name) for name in (said, case.action)]
        return case.asked != CONFIRM and all(form and form.interrupts for form in both)
