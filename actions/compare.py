"""Products side by side: 前两个哪个好 · 跟第一个比呢 · 哪个拍照好."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.comparison import Advice, Directions, Row, advise, first_telling, leaders, rows
from actions.facts import PRICE, RATING, SALES, field_of, units
from actions.finder import Finder
from actions.frame import Frame
from actions.reference import Mention, Unclear, Unresolved
from actions.reply import Reply
from actions.shelf import Shelf, mention_of
from actions.turn import Reading, Turn
from actions.which import Which
from recsys.client import RecommenderClient
from shop.domain.catalog import Card

MOST = 4
_CHOICES = 4
_ORDERS = {"price_asc": PRICE, "rating": RATING, "sales": SALES}


@dataclass(frozen=True)
class Criteria:
    """What matters: fields that were asked for now, else what was said before."""

    asked: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...] = ()
    frame: Frame | None = None

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return (self.asked,) if self.asked else self.needs


class ActionCompare(Action):
    """Two to four products in a table, and advice where the shopper has said what matters."""

    def __init__(
        self,
        finder: Finder,
        shelf: Shelf,
        recommender: RecommenderClient,
        directions: Directions,
    ) -> None:
        self._shelf = shelf
        self._recommender = recommender
        self._directions = directions
        self._which = Which(finder)

    def name(self) -> str:
        return "action_compare"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        cards = await self._cards(turn)
        criteria = await self._criteria(turn)
        if isinstance(cards, Unclear):
            if cards.why in (Unresolved.NOTHING_SHOWN, Unresolved.OTHER):
                return await self._which.ask(cards, turn, reply)
            reply.say("utter_compare_which")
            return []
        return await self._compare(cards, criteria, turn, reply)

    async def _cards(self, turn: Turn) -> tuple[Card, ...] | Unclear:
        """What is pointed at, beside what was last spoken of where that is one product only."""
        meant = await self._shelf.meant(turn, _mention(turn))
        if isinstance(meant, Unclear) or len(meant) > 1:
            return meant
        if turn.focus and meant and meant[0].sku != turn.focus:
            return (*await self._shelf.cards([turn.focus]), *meant)
        return Unclear(Unresolved.AMBIGUOUS, meant)

    async def _criteria(self, turn: Turn) -> Criteria:
        asked = _asked(turn.reading)
        if asked:
            return Criteria(asked)
        words = str(turn.frame.get("need", "")).split()
        read = [tuple((await self._recommender.understand(word))["asked"]) for word in words]
        return Criteria((), tuple(names for names in read if names), turn.frame)

    async def _compare(
        self, cards: tuple[Card, ...], criteria: Criteria, turn: Turn, reply: Reply
    ) -> list[EventType]:
        table = self._best(cards, criteria)
        if len(table) > MOST:
            reply.say("utter_compare_which")
            return []
        category = await self._shelf.category(cards[0].category)
        advice = advise(
            cards, criteria.frame or {}, criteria.groups, self._directions, units(category)
        )
        shown = rows(table, category)
        wanted = [row for row in shown if row.name in criteria.asked]
        if advice is not None:
            because = "，".join(fact.line for fact in advice.because)
            reply.say("utter_compare_advice", title=advice.card.title, because=because)
        elif criteria.asked:
            self._say_what_is_known(cards, criteria.asked, wanted, reply)
        else:
            reply.which("utter_compare_ask", self._matters(shown))
        reply.comparison(table, wanted or shown, advice)
        return _remember(table, advice, turn)

    def _say_what_is_known(
        self, cards: Sequence[Card], names: Sequence[str], wanted: Sequence[Row], reply: Reply
    ) -> None:
        """Where no product is ahead: nothing is known, all are equal, or only the shopper can tell."""
        if not wanted:
            reply.say("utter_compare_unknown", name=names[0])
        elif self._equal(cards, names):
            reply.say("utter_compare_same", name=wanted[0].name)
        else:
            reply.say("utter_compare_shown", name="、".join(row.name for row in wanted))

    def _best(self, cards: tuple[Card, ...], criteria: Criteria) -> tuple[Card, ...]:
        """As they stand where the table can hold them, else the best in the first thing that matters."""
        for group in criteria.groups if len(cards) > MOST else ():
            name = first_telling(cards, group, self._directions)
            if name is not None:
                sign = self._directions.sign(name)
                return tuple(sorted(cards, key=lambda card: -sign * field_of(card, name))[:MOST])
        return cards

    def _equal(self, cards: Sequence[Card], names: Sequence[str]) -> bool:
        name = first_telling(cards, names, self._directions)
        return name is not None and len(leaders(cards, name, self._directions) or ()) == len(cards)

    def _matters(self, shown: Sequence[Row]) -> list[tuple[str, str]]:
        """What the products differ in and can be ahead in, as choices."""
        telling = [row.name for row in shown if row.differs and self._directions.sign(row.name)]
        return [(name, f"哪个{name}更好") for name in telling[:_CHOICES]]


def _mention(turn: Turn) -> Mention:
    """最便宜的 asks which one is, unless it points (最便宜那个); where nothing points, all are meant."""
    mention = replace(mention_of(turn), sort=None)
    return mention if mention.points or mention.batch is None else replace(mention, several=0)


def _asked(reading: Reading) -> tuple[str, ...]:
    order = _ORDERS.get(reading.sort or "") or (PRICE if reading.relative == "cheaper" else None)
    pointing = bool(reading.reference.get("extremes"))
    return (order,) if order and not pointing else reading.asked


def _remember(table: Sequence[Card], advice: Advice | None, turn: Turn) -> list[EventType]:
    """那两个 are these until another list is shown; 它 is what was advised."""
    skus = [card.sku for card in table]
    pending = {"action": "action_compare", "skus": skus, "beside": list(turn.latest)}
    focus = advice.card.sku if advice else turn.focus
    return [SlotSet("pending", pending), SlotSet("focus", focus)]
