"""Products side by side: 前两个哪个好 · 跟第一个比呢 · 哪个拍照好."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasa_sdk.events import EventType, SlotSet

from actions.comparison import (
    Advice,
    Directions,
    Row,
    advise,
    first_telling,
    leaders,
    leaning,
    rows,
)
from actions.facts import PRICE, RATING, SALES, field_of, units
from actions.finder import Finder
from actions.frame import Frame
from actions.heard import Heard
from actions.reference import Mention, Unclear, Unresolved
from actions.reply import Reply
from actions.shelf import Shelf, compared_skus, mention_of
from actions.turn import Reading, Turn
from actions.which import Which
from recsys.client import RecommenderClient
from shop.domain.catalog import Card

MOST = 4
_CHOICES = 4
_ORDERS = {
    "price_asc": (PRICE, "asc"),
    "price_desc": (PRICE, "desc"),
    "rating": (RATING, "desc"),
    "sales": (SALES, "desc"),
}
_RELATIVE = {"cheaper": "price_asc", "dearer": "price_desc"}


@dataclass(frozen=True)
class Criteria:
    """What matters: fields that were asked for now, else what was said before; and which way each is better."""

    asked: tuple[str, ...]
    directions: Directions
    needs: tuple[tuple[str, ...], ...] = ()
    frame: Frame | None = None

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return (self.asked,) if self.asked else self.needs


class ActionCompare(Heard):
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
        self._finder = finder
        self._which = Which(finder)

    def name(self) -> str:
        return "action_compare"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        cards = await self._cards(turn)
        criteria = await self._criteria(turn)
        if isinstance(cards, Unclear):
            if cards.why in (Unresolved.NOTHING_SHOWN, Unresolved.OTHER):
                return await self._which.ask(cards, turn, reply)
            alone = len(turn.latest) == 1 and not compared_skus(turn)
            reply.say("utter_compare_alone" if alone else "utter_compare_which")
            return []
        return await self._compare(cards, criteria, turn, reply)

    async def _cards(self, turn: Turn) -> tuple[Card, ...] | Unclear:
        """What is pointed at, beside what was last spoken of where that is one product only."""
        meant = await self._shelf.meant(turn, _mention(turn))
        if isinstance(meant, Unclear):
            named = await self._one_each(turn)
            if len(named) < 2 and not (named and compared_skus(turn)):
                return meant
            meant = named
        running = await self._shelf.cards(compared_skus(turn))
        new = tuple(card for card in meant if card not in running)
        if running and new and len(meant) == len(new) and _joins(turn):
            return (*running, *new)
        if len(meant) > 1:
            return meant
        if turn.focus and meant and meant[0].sku != turn.focus:
            return (*await self._shelf.cards([turn.focus]), *meant)
        return Unclear(Unresolved.AMBIGUOUS, meant)

    async def _one_each(self, turn: Turn) -> tuple[Card, ...]:
        """Of each brand that is named the one product that there is, in the kind of goods talked of."""
        said = turn.reading.constraints
        category = said.get("category") or turn.frame.get("category")
        kinds = [{"category": category, "brands": [b]} for b in said.get("brands", ()) if category]
        found = [
            await self._finder.only(kind) or await self._finder.only({**turn.frame, **kind})
            for kind in kinds
        ]
        return tuple(card for card in found if card) if all(found) else ()

    async def _criteria(self, turn: Turn) -> Criteria:
        field = leaning(turn)
        asked, way = ((field[0],), field[1]) if field else _asked(turn.reading)
        directions = self._directions.turned(asked, way)
        if asked:
            return Criteria(asked, directions)
        words = str(turn.frame.get("need", "")).split()
        read = [tuple((await self._recommender.understand(word))["asked"]) for word in words]
        return Criteria((), directions, tuple(names for names in read if names), turn.frame)

    async def _compare(
        self, cards: tuple[Card, ...], criteria: Criteria, turn: Turn, reply: Reply
    ) -> list[EventType]:
        table = self._best(cards, criteria)
        if len(table) > MOST:
            reply.say("utter_compare_which")
            return []
        category = await self._shelf.category(cards[0].category)
        advice = advise(
            cards, criteria.frame or {}, criteria.groups, criteria.directions, units(category)
        )
        shown = rows(table, category)
        wanted = [row for row in shown if row.name in criteria.asked]
        if advice is not None:
            because = "，".join(fact.line for fact in advice.because)
            reply.say("utter_compare_advice", title=advice.card.title, because=because)
        elif criteria.asked:
            self._say_what_is_known(cards, criteria, wanted, reply)
        else:
            reply.which("utter_compare_ask", self._matters(shown))
        reply.comparison(table, wanted or shown, advice)
        return _remember(table, advice, turn)

    def _say_what_is_known(
        self, cards: Sequence[Card], criteria: Criteria, wanted: Sequence[Row], reply: Reply
    ) -> None:
        """Where no product is ahead: nothing is known, all are equal, or only the shopper can tell."""
        if not wanted:
            reply.say("utter_compare_unknown", name=criteria.asked[0])
        elif _equal(cards, criteria):
            reply.say("utter_compare_same", name=wanted[0].name)
        else:
            reply.say("utter_compare_shown", name="、".join(row.name for row in wanted))

    def _best(self, cards: tuple[Card, ...], criteria: Criteria) -> tuple[Card, ...]:
        """As they stand where the table can hold them, else the best in the first thing that matters."""
        for group in criteria.groups if len(cards) > MOST else ():
            name = first_telling(cards, group, criteria.directions)
            if name is not None:
                sign = criteria.directions.sign(name)
                return tuple(sorted(cards, key=lambda card: -sign * field_of(card, name))[:MOST])
        return cards

    def _matters(self, shown: Sequence[Row]) -> list[tuple[str, str]]:
        """What the products differ in and can be ahead in, as choices."""
        telling = [row.name for row in shown if row.differs and self._directions.sign(row.name)]
        return [(name, f"哪个{name}更好") for name in telling[:_CHOICES]]


def _equal(cards: Sequence[Card], criteria: Criteria) -> bool:
    name = first_telling(cards, criteria.asked, criteria.directions)
    return name is not None and len(leaders(cards, name, criteria.directions) or ()) == len(cards)


def _joins(turn: Turn) -> bool:
    """再加上迪锐克斯一起比: beside those that were compared."""
    return re.search(r"加|算上|带上|拉|一起|一块|也", turn.text) is not None


def _mention(turn: Turn) -> Mention:
    """最便宜的 asks which one is, unless it points (最便宜那个); where nothing points, all are meant."""
    mention = replace(mention_of(turn), sort=None)
    return mention if mention.points or mention.batch is None else replace(mention, several=0)


def _asked(reading: Reading) -> tuple[tuple[str, ...], str]:
    """The fields that are asked for, and the direction that is said (电池大的: `desc`)."""
    if reading.reference.get("extremes"):
        return reading.asked, ""
    order = reading.sort or reading.leaning or _RELATIVE.get(reading.relative or "", "")
    if order in _ORDERS:
        name, way = _ORDERS[order]
        return (name,), way
    names, _, way = order.partition(":")
    return (tuple(names.split("|")), way) if way else (reading.asked, "")


def _remember(table: Sequence[Card], advice: Advice | None, turn: Turn) -> list[EventType]:
    """那两个 are these until another list is shown; 它 is what was advised."""
    skus = [card.sku for card in table]
    pending = {"action": "action_compare", "skus": skus, "beside": list(turn.latest)}
    focus = advice.card.sku if advice else turn.focus
    return [SlotSet("pending", pending), SlotSet("focus", focus)]
