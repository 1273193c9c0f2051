"""满意度: how the shopper was served, once a conversation."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import pending
from actions.choices import worded
from actions.desk.memory import Memory
from actions.desk.reviewing import ReviewForm
from actions.reply import Reply
from actions.terms import Rulebook
from actions.turn import Turn
from recsys.query.aftersale import find_order_no
from recsys.query.service import asks_how, rates_goods, rates_service, skips
from recsys.query.stars import find_stars, read_stars
from shop.desk import Desk
from shop.domain.rating import MARKS

RATE = "action_rate_service"
_MARK = "评分"
# What the slot `rating` remembers, so that nobody is asked twice.
_OFFERED, _GIVEN = "offered", "given"


def ask(response: str, reply: Reply) -> list[EventType]:
    """The five marks as choices; the question may be skipped."""
    marks = [worded(f"stars_{mark}") for mark in reversed(MARKS)]
    reply.ask(response, [*marks, worded("skip_rating")])
    reply.attach("rating", {"score": None, "scale": len(MARKS)})
    return [pending.ask(RATE, _MARK), SlotSet("rating", _OFFERED)]


class ActionPart(Action):
    """Thanks and goodbye; whoever was served at the desk is asked for a mark, once."""

    def __init__(self, talk: str, response: str, asking: str) -> None:
        self._talk = talk
        self._response, self._asking = response, asking

    def name(self) -> str:
        return f"action_{self._talk}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        reply, turn = Reply(dispatcher), Turn.of(tracker)
        served = bool(turn.desk) and Memory.of(turn.desk).case is None
        if served and not tracker.get_slot("rating"):
            return ask(self._asking, reply)
        reply.say(self._response)
        return []


def partings() -> list[Action]:
    return [
        ActionPart("goodbye", "utter_goodbye", "utter_goodbye_rate"),
        ActionPart("thanks", "utter_thanks", "utter_thanks_rate"),
    ]


class ActionRateService(Action):
    """Takes 五星 and 给3分 at once, asks where no mark is said, and lets the question be skipped."""

    def __init__(self, desk: Desk, rulebook: Rulebook, review: ReviewForm) -> None:
        self._desk = desk
        self._rulebook = rulebook
        self._review = review

    def name(self) -> str:
        return "action_rate_service"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        if tracker.get_slot("rating") and skips(turn.text):
            return await self._rate(turn, None, reply)
        if asks_how(turn.text) and await self._rulebook.told(turn.text, reply):
            return []
        if _rates_goods(turn):
            return await self._review.begin(turn, reply)
        stars = find_stars(turn.text)
        if stars is not None:
            return await self._given(turn, stars, reply)
        if rates_service(turn.text):
            return ask("utter_rate_ask", reply)
        # 我要评价 may mean the goods, too.
        reply.say("utter_rate_which")
        return []

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        if heard == "action_deny" or skips(turn.text):
            return await self._rate(turn, None, reply)
        stars = read_stars(turn.text)
        return None if stars is None else await self._given(turn, stars, reply)

    async def _given(self, turn: Turn, stars: int, reply: Reply) -> list[EventType]:
        if stars not in MARKS:
            return ask("utter_rate_range", reply)
        return await self._rate(turn, stars, reply)

    async def _rate(self, turn: Turn, stars: int | None, reply: Reply) -> list[EventType]:
        requester = await self._desk.requester(turn.conversation_id)
        new = await self._desk.rate_service(requester, stars)
        if not new:
            reply.say("utter_rate_before")
        elif stars is None:
            reply.say("utter_rate_skipped")
        else:
            _thank(stars, reply)
        return [SlotSet("rating", _GIVEN), pending.done()]


def _rates_goods(turn: Turn) -> bool:
    """Also where the order or the kind of goods is named: 评价一下DG100014的咖啡，四星."""
    named = find_order_no(turn.text) or turn.reading.constraints.get("category")
    return rates_goods(turn.text) or bool(named and not rates_service(turn.text))


def _thank(stars: int, reply: Reply) -> None:
    """Whoever was served badly is offered a person."""
    if stars > MARKS[len(MARKS) // 2]:
        reply.say("utter_rate_thanks", stars=stars)
    else:
        reply.ask("utter_rate_sorry", [worded("human")], stars=stars)
    reply.attach("rating", {"score": stars, "scale": len(MARKS)})
