"""Customers, and what is theirs: orders, coupons, interests."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio

from shop.domain import (
    Coupon,
    Customer,
    Event,
    EventKind,
    Interest,
    Order,
    OrderItem,
    OrderStatus,
    Policy,
)
from shop.domain.errors import BadTransition, UnknownCoupon, UnknownCustomer, UnknownOrder
from shop.storage import Storage, Unit

pytestmark = pytest.mark.asyncio

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
ANNE = Customer("C1", "安妮", "13800000001", "演示路 1 号", "普通会员", 0, NOW, demo=True)
BERT = Customer("C2", "伯特", "13800000002", "演示路 2 号", "普通会员", 0, NOW)
LINES = (OrderItem("case-a-01", "透明手机壳", Decimal("19.90"), 3, {"颜色": "白色"}),)
FREIGHT, OFF = Decimal("8.00"), Decimal("5.00")
OLD = Order("N1", "C1", OrderStatus.COMPLETED, LINES, "演示路 1 号", NOW - 9 * DAY)
NEW = Order("N2", "C1", OrderStatus.UNPAID, LINES, "演示路 1 号", NOW, FREIGHT, OFF)
OTHER = Order("N3", "C2", OrderStatus.UNPAID, LINES, "演示路 2 号", NOW)


@pytest_asyncio.fixture
async def unit(stocked: Storage) -> AsyncIterator[Unit]:
    async with stocked.unit() as unit:
        await unit.customers.add([ANNE, BERT])
        await unit.orders.add([OLD, NEW, OTHER])
        yield unit


async def test_customers_are_known_by_id(unit: Unit) -> None:
    assert await unit.customers.get("C1") == ANNE
    assert await unit.customers.demo() == [ANNE]
    assert ANNE.masked_phone == "138****0001"
    with pytest.raises(UnknownCustomer):
        await unit.customers.get("C9")


async def test_orders_come_newest_first_and_by_status(unit: Unit) -> None:
    assert await unit.orders.of_customer("C1") == [NEW, OLD]
    assert await unit.orders.of_customer("C1", OrderStatus.COMPLETED) == [OLD]
    assert await unit.orders.of_customer("C1", limit=1) == [NEW]
    assert NEW.amount == Decimal("62.70")
    assert NEW.to_json()["amount"] == 62.7


async def test_nobody_sees_anothers_order(unit: Unit) -> None:
    assert await unit.orders.get("N1", "C1") == OLD
    assert await unit.orders.lookup("N1", "13800000001") == OLD
    with pytest.raises(UnknownOrder):
        await unit.orders.get("N3", "C1")
    with pytest.raises(UnknownOrder):
        await unit.orders.move("N3", "C1", OrderStatus.CANCELLED)
    for phone in ("13800000001", "0002", ""):
        with pytest.raises(UnknownOrder):
            await unit.orders.lookup("N3", phone)


async def test_an_order_moves_only_along_its_path(unit: Unit) -> None:
    cancelled = await unit.orders.move("N2", "C1", OrderStatus.CANCELLED)
    assert cancelled.status is OrderStatus.CANCELLED
    assert cancelled.closed_at is not None
    assert await unit.orders.get("N2", "C1") == cancelled
    with pytest.raises(BadTransition):
        await unit.orders.move("N2", "C1", OrderStatus.PAID)
    with pytest.raises(BadTransition):
        await unit.orders.move("N1", "C1", OrderStatus.CANCELLED)
    refunding = await unit.orders.move("N1", "C1", OrderStatus.REFUNDING)
    assert (refunding.status, refunding.closed_at) == (OrderStatus.REFUNDING, OLD.closed_at)


async def test_adding_again_changes_no_order(unit: Unit) -> None:
    await unit.orders.move("N2", "C1", OrderStatus.CANCELLED)
    await unit.orders.add([NEW])
    assert (await unit.orders.get("N2", "C1")).status is OrderStatus.CANCELLED


async def test_coupons_count_only_in_their_time(unit: Unit) -> None:
    def coupon(name: str, start: int, end: int, scope: str | None = None) -> Coupon:
        span = NOW + start * DAY, NOW + end * DAY
        return Coupon(name, name, Decimal("99.00"), Decimal("9.50"), *span, scope)

    ours = [coupon("soon", -1, 2), coupon("later", -1, 5, "手机"), coupon("food", -1, 3, "食品")]
    await unit.coupons.upsert([*ours, coupon("ended", -9, -1), coupon("not-yet", 1, 9)])
    assert [c.coupon_id for c in await unit.coupons.valid()] == ["soon", "food", "later"]
    fits = await unit.coupons.valid(["手机", "手机数码"])
    assert [c.coupon_id for c in fits] == ["soon", "later"]
    assert await unit.coupons.claim("soon", "C1") == ours[0]
    await unit.coupons.claim("soon", "C1")
    assert await unit.coupons.of_customer("C1") == [ours[0]]
    assert await unit.coupons.of_customer("C2") == []
    for gone in ("ended", "not-yet", "never"):
        with pytest.raises(UnknownCoupon):
            await unit.coupons.claim(gone, "C1")
    with pytest.raises(UnknownCustomer):
        await unit.coupons.claim("soon", "C9")
    assert ours[0].to_json()["off"] == 9.5


async def test_policies_are_found_by_topic(unit: Unit) -> None:
    policies = [Policy("z", "发票", "可开", ("开票",)), Policy("a", "运费", "满 99 元包邮")]
    await unit.policies.upsert(policies)
    assert await unit.policies.all() == policies
    assert await unit.policies.get("z") == policies[0]
    assert await unit.policies.get("gone") is None


async def test_policies_keep_their_questions_until_they_are_replaced(unit: Unit) -> None:
    asked = Policy("z", "发票", "可开", ("开票",), ("能开票吗", "有发票吗"), ("a",))
    await unit.policies.replace([asked, Policy("a", "运费", "8 元")])
    assert (await unit.policies.get("z")) == asked
    await unit.policies.replace([Policy("a", "运费", "9 元")])
    assert [(policy.topic, policy.text) for policy in await unit.policies.all()] == [("a", "9 元")]


async def test_an_event_counts_once(unit: Unit) -> None:
    whose = (await unit.conversations.start())[0].conversation_id
    one, two = (_event(name, whose, EventKind.CLICK) for name in ("e1", "e2"))
    assert await unit.events.record([one, one]) == 1
    assert await unit.events.record([one, two]) == 1
    assert await unit.events.record([]) == 0


async def test_many_events_at_once(unit: Unit) -> None:
    whose = (await unit.conversations.start())[0].conversation_id
    many = [_event(f"e{n}", whose, EventKind.IMPRESSION) for n in range(1200)]
    assert await unit.events.record(many) == 1200


async def test_interests_come_from_acts_of_the_customer(unit: Unit) -> None:
    earlier = (await unit.conversations.start("C1"))[0].conversation_id
    now = (await unit.conversations.start("C1"))[0].conversation_id
    guest = (await unit.conversations.start())[0].conversation_id
    await unit.events.record(
        [
            _event("e1", earlier, EventKind.PURCHASE, "phone-xiaomi-14-02"),
            _event("e2", now, EventKind.CLICK, "case-a-01"),
            _event("e3", now, EventKind.IMPRESSION, "shoe-a-01"),
            _event("e4", now, EventKind.CLICK, "gone"),
        ]
    )
    assert await unit.events.interests(now, limit=5) == [
        Interest("brand", "小米", 1.0),
        Interest("category", "手机", 1.0),
        Interest("tag", "影像", 1.0),
        Interest("tag", "送礼", 1.0),
        Interest("category", "手机壳", 0.2),
    ]
    assert await unit.events.interests(guest) == []


def _event(name: str, whose: str, kind: EventKind, sku: str = "case-a-01") -> Event:
    return Event(name, whose, kind, sku, NOW)
