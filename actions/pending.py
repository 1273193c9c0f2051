"""What the bot has asked and waits for: who hears a sentence first, and when waiting ends.

The slot `pending` is an object: `action` names who waits, `missing` what for, `choices` the answers
that were offered; the rest belongs to the action that waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.desk.hearing import Hearing
from actions.options import literal
from actions.reply import Reply
from actions.turn import Turn

# What a sentence that answers may be taken for; all else is heard by those whom it is meant for.
HEARD_FIRST = frozenset(
    {
        "action_add_to_cart",
        "action_advise_size",
        "action_affirm",
        "action_change_cart",
        "action_correct",
        "action_deny",
        "action_fallback",
        "action_indifferent",
        "action_out_of_scope",
        "action_product_detail",
        "action_receive_photo",
        "action_refine",
        "action_search_products",
        "action_wait",
    }
)


class Waiting(Protocol):
    """An action that asks back."""

    def name(self) -> str: ...

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        """Take the sentence as an answer to `turn.pending`, or None where it is none.

        `heard` is the action that the sentence would lead to if nothing were waited for.
        """


class Unasked(Protocol):
    """What understands a sentence that answers nothing, before the action that its intent names."""

    async def heard(self, name: str, turn: Turn, reply: Reply) -> list[EventType] | None:
        """Answer the sentence, meant for the action `name`, or None."""


class Attentive(Action):
    """Lets the one who waits hear a sentence first; a question stays open until new goods are shown.

    What was asked of goods is younger than the form of the after-sale desk that it interrupted; the form is taken up
    again after talk of something else. Where nobody waits, `unasked` hear the sentence first.
    """

    def __init__(
        self,
        action: Action,
        waiting: Sequence[Waiting],
        unasked: Sequence[Unasked],
        desk: Hearing,
    ) -> None:
        self._action = action
        self._unasked = unasked
        self._desk = desk
        self._waiting = {one.name(): one for one in waiting}

    def name(self) -> str:
        return str(self._action.name())

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        waiting = self._waiting.get((turn.pending or {}).get("action", ""))
        events = None
        if waiting is not None and self.name() in HEARD_FIRST and not turn.reading.asks:
            events = await waiting.answer(turn, self.name(), reply)
        if events is None and turn.pending:
            # Where nothing is asked of goods the form has heard it before (actions/routing.py).
            taken = await self._desk.heard(turn, self.name(), reply)
            if taken is not None:
                return taken
        if events is None and waiting is None:
            events = await self._noticed(turn, reply)
        if events is None:
            events = await self._acted(dispatcher, tracker, domain)
        return await self._desk.resumed(turn, self.name(), reply, events)

    async def _noticed(self, turn: Turn, reply: Reply) -> list[EventType] | None:
        """By who listens without having asked."""
        for one in self._unasked:
            taken = await one.heard(self.name(), turn, reply)
            if taken is not None:
                return taken
        return None

    async def _acted(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        events: list[EventType] = await self._action.run(dispatcher, tracker, domain)
        moved_on = any(event.get("name") == "shown" for event in events)
        waits = any(event.get("name") == "pending" for event in events)
        return [*events, SlotSet("pending", None)] if moved_on and not waits else events


def chosen(turn: Turn, choices: Sequence[str]) -> str | None:
    """The choice that is named, by its words or its place."""
    said = literal(turn.text, choices)
    if said is not None:
        return said
    ordinal = next(iter(turn.reading.ordinals), turn.reading.alone or 0)
    if ordinal == -1 and choices:
        return choices[-1]
    return choices[ordinal - 1] if 1 <= ordinal <= len(choices) else None


def answered(turn: Turn) -> str:
    """The sentence, and in words the choice that it names by its place."""
    value = chosen(turn, (turn.pending or {})["choices"])
    return turn.text if value is None else f"{turn.text}，{value}"


def ask(action: str, missing: str, choices: Sequence[str] = (), **known: Any) -> EventType:
    """From now on `action` waits for `missing`."""
    waits = {"action": action, "missing": missing, "choices": list(choices), **known}
    return SlotSet("pending", waits)


def done() -> EventType:
    return SlotSet("pending", None)
