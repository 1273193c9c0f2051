"""A shop and a recommender in memory, and trackers as Rasa sends them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from recsys.client import Overview, Recommendation, Recommended, RecommenderUnavailable
from shop.domain.catalog import Card, Category, Product, ProductDetail, Sku
from shop.domain.errors import UnknownSku
from shop.domain.handoff import Handoff
from shop.domain.policy import Policy

ROOT = Path(__file__).parents[3]


def card(sku: str, price: str, brand: str = "华为", category: str = "手机") -> Card:
    return Card(
        sku=sku,
        product_id=f"p-{sku}",
        title=f"{brand}{category} {sku}",
        brand=brand,
        category=category,
        price=Decimal(price),
        list_price=Decimal(price),
        stock=3,
        image=f"/media/{sku}.svg",
        url=f"/p/{sku}",
        rating=4.8,
        attributes={},
        options={},
    )


PHONES = (card("a", "2999.00"), card("b", "1999.00", "荣耀"), card("c", "999.50", "红米"))
TELEVISION = card("tv", "4000.00", "海信", "电视")


def _family(cards: Sequence[Card]) -> Product:
    first = cards[0]
    skus = [Sku(c.sku, c.price, c.list_price, c.stock, c.options) for c in cards]
    return Product(
        first.product_id,
        first.title,
        first.category,
        "",
        tuple(skus),
        attributes=first.attributes,
    )


class FakeCatalog:
    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = {card.sku: card for card in cards}

    async def cards(self, skus: Sequence[str]) -> list[Card]:
        return [self._cards[sku] for sku in skus if sku in self._cards]

    async def product(self, sku: str) -> ProductDetail:
        if sku not in self._cards:
            raise UnknownSku(sku)
        return ProductDetail(self._cards[sku], "好用", (self._cards[sku],))

    async def products(self, product_ids: Sequence[str]) -> list[Product]:
        families = [
            [card for card in self._cards.values() if card.product_id == key] for key in product_ids
        ]
        return [_family(cards) for cards in families if cards]

    async def categories(self) -> list[Category]:
        named = [("手机", "手机数码"), ("耳机", "手机数码"), ("电视", "家用电器")]
        return [Category(name, department) for name, department in named]


class FakeHandoffs:
    async def request(self, conversation_id: str, reason: str) -> Handoff:
        return Handoff("h1", conversation_id, reason, datetime(2025, 1, 1, tzinfo=UTC), 3)


class FakePolicies:
    async def get(self, topic: str) -> Policy | None:
        return (
            Policy("service_hours", "人工客服时间", "每天 9:00 至 22:00")
            if topic == "service_hours"
            else None
        )


@dataclass
class FakeUnit:
    catalog: FakeCatalog
    policies: FakePolicies = field(default_factory=FakePolicies)
    handoffs: FakeHandoffs = field(default_factory=FakeHandoffs)
    committed: int = 0

    async def commit(self) -> None:
        self.committed += 1


class FakeStorage:
    def __init__(self, cards: Sequence[Card] = (*PHONES, TELEVISION)) -> None:
        self.work = FakeUnit(FakeCatalog(cards))

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[FakeUnit]:
        yield self.work


class FakeRecommender:
    """Gives the prepared answers in turn, the last one for ever; remembers what was asked."""

    def __init__(self, *answers: Recommendation) -> None:
        self._answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.counted: list[dict[str, Any]] = []
        self.overview = Overview(total=0)

    async def facets(
        self, constraints: Mapping[str, Any], products: Sequence[str] = ()
    ) -> Overview:
        self.counted.append(dict(constraints))
        return self.overview

    async def recommend(self, text: str | None = None, **asked: Any) -> Recommendation:
        self.asked.append({"text": text, **asked})
        if not self._answers:
            raise RecommenderUnavailable("down")
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def answer(
    *skus: str,
    constraints: Mapping[str, Any] | None = None,
    relaxed: Sequence[dict[str, Any]] = (),
    confident: bool = True,
) -> Recommendation:
    items = tuple(Recommended(f"p-{sku}", sku, 1.0, ("好评",)) for sku in skus)
    return Recommendation(items, dict(constraints or {}), tuple(relaxed), len(items), confident)


def tracker(text: str = "", slots: dict[str, Any] | None = None, **reading: Any) -> Tracker:
    """A tracker after one sentence; `reading` overrides fields of the `query` entity."""
    empty = {"constraints": {}, "sort": None, "relative": None}
    empty |= {"ordinals": [], "allowed": [], "lifted": [], "asked": [], "reference": {}}
    entity = {"entity": "query", "value": {**empty, **reading}, "start": 0, "end": len(text)}
    state = {"frame": None, "sort": None, "shown": None, "focus": None, **(slots or {})}
    message = {"text": text, "entities": [entity], "intent": {"name": "search_product"}}
    return Tracker("conversation", state, message, [], False, None, {}, "action_listen")


def domain() -> dict[str, Any]:
    """The responses of the product itself."""
    responses: dict[str, Any] = {}
    for path in sorted((ROOT / "data/responses").glob("*.yml")):
        responses |= yaml.safe_load(path.read_text("utf-8"))["responses"]
    return {"responses": responses}


@dataclass(frozen=True)
class Outcome:
    """What came out of an action."""

    slots: dict[str, Any]
    messages: list[dict[str, Any]]

    @property
    def responses(self) -> list[str]:
        return [m["response"] for m in self.messages if m.get("response")]

    @property
    def typed(self) -> dict[str, Any]:
        """The one typed message; fails where there is none or several."""
        (message,) = [m["custom"] for m in self.messages if m.get("custom")]
        return dict(message)


async def perform(action: Any, on: Tracker) -> Outcome:
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, on, domain())
    slots = {event["name"]: event["value"] for event in events}
    return Outcome(slots, dispatcher.messages)
