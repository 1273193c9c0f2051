"""A small shop on SQLite behind the real parser, for actions that write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.registry import build_actions
from recsys.query import Lexicon, QueryParser
from shop.desk import Desk
from shop.domain import Coupon, Product, Sku
from shop.domain.promotion import Kind, Offer
from shop.service import read_service
from shop.storage import Storage, migrate
from shop.storage.back_office import sql_back_office
from tests.unit.actions.fakes import Outcome, domain

KNOWLEDGE = Path(__file__).parents[3] / "data" / "knowledge"
RULES = read_service(KNOWLEDGE.parent / "catalog" / "demo" / "service.json")

PARSER = QueryParser(
    Lexicon.from_json(
        {"categories": {"跑步鞋": "跑步鞋", "坚果": "坚果"}, "brands": {"安踏": "安踏"}}
    )
)
TODAY = datetime.now(UTC)
SPAN = {"valid_from": TODAY - timedelta(days=1), "valid_until": TODAY + timedelta(days=9)}


def _sku(number: int, stock: int, **options: str) -> Sku:
    return Sku(f"shoe-{number}", Decimal("279.00"), Decimal("391.00"), stock, options)


SHOE = Product(
    "shoe", "安踏跑鞋", "跑步鞋", "鞋靴", brand="安踏",
    skus=(
        _sku(1, 5, 颜色="黑色", 尺码="41"), _sku(2, 3, 颜色="黑色", 尺码="42"),
        _sku(3, 9, 颜色="象牙白", 尺码="41"), _sku(4, 0, 颜色="象牙白", 尺码="42"),
    ),
)  # fmt: skip
NUTS = Product(
    "nuts", "每日坚果", "坚果", "食品", skus=(
        Sku("nuts-1", Decimal("20.00"), Decimal("20.00"), 50, {"规格": "1包"}),
        Sku("nuts-3", Decimal("55.00"), Decimal("55.00"), 50, {"规格": "3包"}),
    ),
)  # fmt: skip


class Parsing:
    """The recommender's door to the parser; it finds nothing."""

    async def understand(self, text: str) -> dict[str, Any]:
        return PARSER.parse(text).to_json()


@dataclass
class Counter:
    """A shopper at the counter: what is said runs one action, and slots are kept between."""

    storage: Storage
    conversation_id: str
    slots: dict[str, Any]

    async def say(self, action: str, text: str) -> Outcome:
        """Run an action for a sentence, as Rasa does after it has chosen it."""
        entity = {"entity": "query", "value": PARSER.parse(text).to_json()}
        message = {"text": text, "entities": [entity]}
        tracker = Tracker(self.conversation_id, dict(self.slots), message, [], False, None, {}, "")
        desk = Desk(self.storage, RULES, sql_back_office(self.storage, RULES))
        built = build_actions(self.storage, Parsing(), KNOWLEDGE, desk)  # type: ignore[arg-type]
        actions = {one.name(): one for one in built}
        dispatcher = CollectingDispatcher()
        events = await actions[action].run(dispatcher, tracker, domain())
        changed = {event["name"]: event["value"] for event in events}
        self.slots |= changed
        return Outcome(changed, dispatcher.messages)

    async def cart(self) -> dict[str, int]:
        async with self.storage.unit() as unit:
            cart = await unit.carts.get(self.conversation_id)
        return {item.card.sku: item.quantity for item in cart.items}


async def open_shop(folder: Path, customer_id: str | None = None) -> Counter:
    """A fresh database, and a shopper who sees the shoe and the nuts."""
    url = f"sqlite:///{folder / 'shop.db'}"
    migrate(url)
    storage = Storage(url)
    async with storage.unit() as unit:
        await unit.catalog.upsert([SHOE, NUTS])
        terms = {"threshold": Decimal("300.00"), "off": Decimal("80.00"), **SPAN}
        await unit.promotions.upsert([Offer("p", "满 300 减 80", Kind.PROMOTION, **terms)])
        coupon = {"threshold": Decimal("200.00"), "off": Decimal("10.00"), **SPAN}
        await unit.coupons.upsert([Coupon("c", "满 200 减 10", **coupon)])
        conversation, _ = await unit.conversations.start(customer_id)
        await unit.commit()
    slots = {"shown": [["shoe-1", "nuts-1"]], "focus": None, "frame": {}}
    return Counter(storage, conversation.conversation_id, slots)
