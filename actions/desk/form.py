"""A skill of the after-sale desk: its form filled by talk, then what it is for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.desk.fields import Field, OneOf, Text
from actions.desk.memory import Case, Memory, patched
from actions.desk.talk import Ended, Talk, Unfit
from actions.desk.wording import told
from actions.reply import Reply
from actions.turn import Turn
from recsys.query.aftersale import errs, gives_card, leaves, wants_instead
from shop.desk import Desk
from shop.domain.errors import BackendDown, UnknownOrder
from shop.domain.refusal import Refused, SignInRequired, TooManyTries, UnknownOperation

Step = Callable[[Talk], Awaitable[list[EventType]]]
# What a sentence leads to that says nothing of its own; in the middle of a form it is an answer gone wrong.
_SAYING_NOTHING = frozenset(
    {
        "action_affirm",
        "action_correct",
        "action_fallback",
        "action_indifferent",
        "action_out_of_scope",
        "action_product_detail",
        "action_refine",
        "action_search_products",
    }
)
_LOST = 2
# In characters.
_LONGEST_QUESTION = 100
# What is asked while the shop's systems cannot be reached.
AGAIN = "again"
NOES = (Unfit, Ended, Refused, UnknownOrder, BackendDown)


class Form(Action, ABC):
    """`fields` in the order in which they are asked. `interrupts`: a question that another form waits for.

    `again`: the field that is asked anew after a refusal of that code; any other refusal ends the form.
    `members_only`: a guest is told to sign in before anything is asked. `own_words`: codes for which the skill has a response of its own, `utter_<skill>_<code>`.
    """

    skill: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    interrupts: ClassVar[bool] = False
    members_only: ClassVar[bool] = False
    again: ClassVar[Mapping[str, str]] = {}
    own_words: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def name(self) -> str:
        return f"action_{self.skill}"

    def refusal(self, no: Refused) -> str:
        """The response for a refusal."""
        prefix = self.skill if no.code in self.own_words else "desk"
        return f"utter_{prefix}_{no.code}"

    @abstractmethod
    async def finish(self, talk: Talk) -> list[EventType]:
        """Every field is known."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return await self.begin(Turn.of(tracker), Reply(dispatcher))

    async def begin(self, turn: Turn, reply: Reply) -> list[EventType]:
        """The shopper asks for this skill, perhaps once more."""
        memory = Memory.of(turn.desk)
        held = memory.case
        if held is not None and held.action == self.name():
            return await self._guarded(await self._talk(turn, reply, held), self._fill)
        talk = await self._talk(turn, reply, Case(self.name()))
        talk.memory = replace(memory, case=None, parked=held if self.interrupts else None)
        if held is not None and not self.interrupts:
            await self.drop(talk, held)
        return await self._guarded(talk, self._fill)

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        """Take the sentence as an answer, or None where it is none. `heard` as in pending.Waiting."""
        case = Memory.of(turn.desk).case
        if case is None:
            return None
        tells = self._tells(turn, case)
        answers = tells or self.is_answer(turn.text, case.asked)
        if turn.reading.asks and heard != self.name() and not answers:
            return None
        talk = await self._talk(turn, reply, case)
        if leaves(turn.text) and not (tells or wants_instead(turn.text)):
            return await self._left(talk, case)
        return await self._answered(talk, case, heard)

    def _tells(self, turn: Turn, case: Case) -> bool:
        """Whether own words were asked for, and there are too many of them for a question or a 算了."""
        asked = any(isinstance(f, Text) and f.name == case.asked for f in self.fields)
        return asked and len(turn.text) > _LONGEST_QUESTION

    def offered(self, text: str, asked: str | None) -> bool:
        """Whether a sentence is word for word one of the values that were asked for."""
        asking = [f for f in self.fields if isinstance(f, OneOf) and f.name == asked]
        return any(text.strip() in field.words for field in asking)

    def is_answer(self, text: str, asked: str | None) -> bool:
        """Whether a question holds what was asked for beyond doubt."""
        return False

    async def remind(self, turn: Turn, reply: Reply, case: Case) -> list[EventType]:
        """Ask once more for what is open, after talk of something else."""
        talk = await self._talk(turn, reply, case)
        await self.drop(talk, case)
        reply.say("utter_desk_back")
        return await self._guarded(talk, self._next)

    async def drop(self, talk: Talk, case: Case) -> None:
        """Nothing will come of what was proposed."""
        if case.operation_id is not None:
            # Proposed to somebody else: who has signed in or out since has nothing to decline.
            with suppress(UnknownOperation):
                await self._desk.decline(talk.requester, case.operation_id)

    async def _answered(self, talk: Talk, case: Case, heard: str) -> list[EventType] | None:
        before = dict(talk.known)
        try:
            await self._read(talk)
        except NOES as error:
            return await self._caught(talk, error)
        if talk.known != before:
            await self.drop(talk, case)
            if any(f.name == case.asked and talk.known.get(f.name) is None for f in self.fields):
                # 不喜欢, said where it was asked which one: it is heard, and the question stays.
                talk.reply.say("utter_desk_noted")
            return await self._guarded(talk, self._next)
        mine = heard == self.name() or heard in _SAYING_NOTHING
        if heard == "action_deny" or (mine and leaves(talk.turn.text)):
            return await self._left(talk, case)
        if heard == self.name() or case.asked == AGAIN or (mine and talk.named_again):
            return await self._guarded(talk, self._next)
        if mine and not talk.turn.reading.names_a_product:
            return await self._missed(talk, case)
        return None

    async def _missed(self, talk: Talk, case: Case) -> list[EventType]:
        missed = case.missed + 1
        if missed < _LOST:
            wrong = errs(talk.turn.text)
            talk.reply.say("utter_desk_what_wrong" if wrong else "utter_desk_not_understood")
        else:
            talk.reply.ask("utter_desk_lost", [worded("human"), worded("no")])
        await self.drop(talk, case)
        return patched(await self._guarded(talk, self._next), missed=missed)

    async def _left(self, talk: Talk, case: Case) -> list[EventType]:
        await self.drop(talk, case)
        talk.reply.say("utter_desk_left")
        return self.close(talk)

    async def _fill(self, talk: Talk) -> list[EventType]:
        if self.members_only and talk.guest:
            raise SignInRequired
        await self._read(talk)
        return await self._next(talk)

    async def _read(self, talk: Talk) -> None:
        """Everything that the sentence says of any field. Raises the first Unfit when all is read."""
        if self.holds_a_card(talk):
            raise Unfit("utter_desk_no_cards")
        unfit: list[Unfit] = []
        for field in self.fields:
            if field.needed(talk):
                try:
                    await self._take(talk, field)
                except Unfit as error:
                    # What else the sentence says counts all the same.
                    unfit.append(error)
        if unfit:
            raise unfit[0]

    async def _take(self, talk: Talk, field: Field) -> None:
        """What the sentence says of one field, or what goes without saying."""
        value = await field.read(talk)
        before = talk.known.get(field.name)
        if value is not None and value != before:
            talk.known[field.name] = value
            for name in field.resets if before is not None else ():
                talk.known.pop(name, None)
        if talk.known.get(field.name) is None and talk.asked != field.name:
            await self._give(talk, field)

    def holds_a_card(self, talk: Talk) -> bool:
        """Whether the sentence has the number of a bank card, which nobody shall give."""
        return gives_card(talk.turn.text)

    async def _give(self, talk: Talk, field: Field) -> None:
        value = await field.given(talk)
        if value is not None:
            talk.known[field.name] = value

    async def _next(self, talk: Talk) -> list[EventType]:
        """Ask for the next open field, or finish."""
        for field in self.fields:
            if field.needed(talk) and talk.known.get(field.name) is None:
                await self._give(talk, field)
                if talk.known.get(field.name) is None:
                    return await self._ask(talk, field)
        return await self.finish(talk)

    async def _ask(self, talk: Talk, field: Field) -> list[EventType]:
        await field.ask(talk)
        return self.wait(talk, field.name)

    def wait(self, talk: Talk, asked: str, operation_id: str | None = None) -> list[EventType]:
        """From now on the form waits for an answer to what it has `asked`."""
        case = Case(self.name(), talk.known, asked, operation_id)
        return [SlotSet("pending", None), self._remembered(talk, case).event()]

    def close(self, talk: Talk) -> list[EventType]:
        """The form has come to its end; what it interrupted is taken up."""
        memory = self._remembered(talk, talk.memory.parked)
        return [SlotSet("pending", None), replace(memory, parked=None).event()]

    def _remembered(self, talk: Talk, case: Case | None) -> Memory:
        order_no = talk.known.get("order") or talk.memory.order_no
        return replace(talk.memory, case=case, order_no=order_no)

    async def _talk(self, turn: Turn, reply: Reply, case: Case) -> Talk:
        requester = await self._desk.requester(turn.conversation_id)
        return Talk.of(self._desk, requester, turn, reply, case)

    async def _guarded(self, talk: Talk, step: Step) -> list[EventType]:
        try:
            return await step(talk)
        except NOES as error:
            return await self._caught(talk, error)

    async def _caught(self, talk: Talk, error: Exception) -> list[EventType]:
        """The one place where what the desk says no with becomes an answer."""
        match error:
            case Unfit():
                talk.reply.say(error.response, **error.values)
                return await self._guarded(talk, self._next)
            case Ended():
                talk.reply.say(error.response, **error.values)
                return self.close(talk)
            case TooManyTries():
                return await self._human(talk)
            case Refused():
                return await self._refused(talk, error)
            case UnknownOrder():
                return await self._unknown_order(talk)
        return await self.down(talk)

    async def _refused(self, talk: Talk, no: Refused) -> list[EventType]:
        talk.reply.say(self.refusal(no), **{**told(talk, talk.known), **told(talk, no.facts)})
        field = self.again.get(no.code)
        if field is None:
            return self.close(talk)
        talk.known.pop(field, None)
        return await self._guarded(talk, self._next)

    async def _unknown_order(self, talk: Talk) -> list[EventType]:
        """Another's order and none at all are told alike."""
        talk.reply.say("utter_desk_unknown_order", order_no=talk.known.pop("order", ""))
        talk.known.pop("tail", None)
        return await self._guarded(talk, lambda talk: self._ask(talk, self.fields[0]))

    async def _human(self, talk: Talk) -> list[EventType]:
        call = await self._desk.call_human(talk.requester, "verification")
        talk.reply.say("utter_desk_too_many_tries", ahead=call.handoff.queue_position - 1)
        place = {"queue_position": call.handoff.queue_position, "business_hours": call.hours}
        talk.reply.attach("handoff", place)
        return self.close(talk)

    async def down(self, talk: Talk) -> list[EventType]:
        """The shop's systems cannot be reached; what the form knows is kept."""
        talk.reply.ask("utter_desk_down", [worded("again"), worded("human")])
        return self.wait(talk, AGAIN)
