"""A form whose end has an effect: proposed, confirmed in so many words, done once."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import EventType

from actions.choices import worded
from actions.desk.form import Form
from actions.desk.goods import described
from actions.desk.memory import CONFIRM, Case, Memory
from actions.desk.talk import Talk
from actions.desk.wording import outcome, told
from actions.reply import Reply
from actions.turn import Turn
from recsys.query.aftersale import agrees
from shop.desk.views import Receipt
from shop.domain.command import Command
from shop.domain.refusal import OperationChanged, OperationExpired, UnknownOperation

KEEP = "keep"


class Request(Form):
    """`command` is what the form amounts to; `question` and `response` name the words."""

    @abstractmethod
    async def command(self, talk: Talk) -> Command:
        """From what is known. Raises what reads of the desk raise, and Ended."""

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        """The response that asks for confirmation."""
        return f"utter_{self.skill}_confirm"

    def response(self, talk: Talk, said: Mapping[str, Any]) -> str:
        """The response that tells of the outcome; `said`: what the receipt holds."""
        return f"utter_{self.skill}_done"

    async def finish(self, talk: Talk) -> list[EventType]:
        proposal = await self._desk.propose(talk.requester, await self.command(talk))
        facts = told(talk, proposal.facts)
        choices = [worded("yes", yes="确认"), worded("no")]
        values = {**facts, **await self.values(talk)}
        talk.reply.ask(self.question(talk, proposal.facts), choices, **values)
        return self.wait(talk, CONFIRM, proposal.operation_id)

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        case = Memory.of(turn.desk).case
        agreed = agrees(turn.text) or (heard == "action_affirm" and "不" not in turn.text)
        if case is None or not agreed or case.asked not in (CONFIRM, KEEP):
            return await super().answer(turn, heard, reply)
        talk = await self._talk(turn, reply, case)
        if case.asked == KEEP:
            return await self._guarded(talk, self._keep)
        return await self._guarded(talk, lambda talk: self._confirm(talk, case))

    async def values(self, talk: Talk) -> dict[str, Any]:
        """What the words of question and outcome may say besides the facts."""
        known = talk.known
        if known.get("line", -1) < 0:
            return {"order_no": known.get("order")}
        item = (await talk.order()).items[known["line"]]
        pieces: dict[str, Any] = {k: known[k] for k in ("quantity", "reason") if k in known}
        return {"order_no": known["order"], "title": described(item), **pieces}

    async def _confirm(self, talk: Talk, case: Case) -> list[EventType]:
        try:
            receipt = await self._desk.confirm(talk.requester, case.operation_id or "")
        except (OperationChanged, OperationExpired, UnknownOperation) as error:
            talk.reply.say(f"utter_desk_{error.code}")
            return await self.finish(talk)
        await self._tell(talk, receipt)
        return self.close(talk)

    async def _tell(self, talk: Talk, receipt: Receipt) -> None:
        if receipt.state == "queued":
            talk.reply.say("utter_desk_queued")
            return
        said = receipt.to_json()
        values = {**outcome(talk, said), **await self.values(talk)}
        talk.reply.say(self.response(talk, said), **values)
        if said.get("ticket"):
            talk.reply.attach("ticket", said["ticket"])

    async def down(self, talk: Talk) -> list[EventType]:
        """Where nothing is open any more the request can be kept until the systems are back."""
        if self._open(talk):
            return await super().down(talk)
        talk.reply.ask("utter_desk_keep", [worded("yes", yes="先记下"), worded("no")])
        return self.wait(talk, KEEP)

    def _open(self, talk: Talk) -> bool:
        known = talk.known
        return any(f.needed(talk) and known.get(f.name) is None for f in self.fields)

    async def _keep(self, talk: Talk) -> list[EventType]:
        await self._desk.keep(talk.requester, await self.command(talk))
        talk.reply.say("utter_desk_kept")
        return self.close(talk)
