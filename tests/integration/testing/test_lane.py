"""A lane's shop is new for every dialogue, has what its setup asks for, and keeps its own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import jwt
import pytest

from shop.domain import Customer, Product, Sku
from shop.storage import Storage, migrate
from testing.conversation.model import Setup
from testing.running.events import EventLog
from testing.running.lab import LabLane, of_sender, sender
from testing.running.lane import CannotPrepare
from testing.running.world import World

KEY = "k" * 32
PHONE = Product(
    product_id="p1",
    title="小米14",
    category="手机",
    department="数码",
    sales=1,
    launched=date(2024, 1, 1),
    skus=(Sku("s1", Decimal("3999.00"), Decimal("4319.00"), 5, {"颜色": "黑色"}),),
)
CUSTOMER = Customer("c1", "陈小满", "13800000001", "北京", "普通会员", 0, datetime(2024, 1, 1, tzinfo=UTC), True)  # fmt: skip
ORDER = {"order_no": "D1", "customer": "c1", "status": "已发货", "placed_days_ago": 3,
         "items": [{"sku": "s1", "quantity": 2}], "carrier": "顺丰速运"}  # fmt: skip


@pytest.fixture
async def lane(tmp_path: Path) -> LabLane:
    world = World(tmp_path, 2)
    url = f"sqlite:///{world.template}"
    migrate(url)
    storage = Storage(url)
    async with storage.unit() as unit:
        await unit.catalog.upsert([PHONE])
        await unit.customers.add([CUSTOMER])
        await unit.commit()
    await storage.close()
    return LabLane("http://lane", world, EventLog(tmp_path / "events"), KEY, "http://rasa")


async def test_the_setup_is_there_and_gone_with_the_next(lane: LabLane) -> None:
    coupon = {"coupon_id": "k1", "off": 20, "threshold": "99", "ends_in_days": 1}
    await lane.begin(Setup(customer="c1", stock={"s1": 0}, orders=(ORDER,), coupons=(coupon,)))
    (sku,) = await lane.rows("skus")
    (order,), (item,) = await lane.rows("orders"), await lane.rows("order_items")
    assert sku["stock"] == 0 and sku["price"] == "3999.00"
    assert (order["status"], order["customer_id"], order["carrier"]) == ("已发货", "c1", "顺丰速运")
    assert (item["sku"], item["quantity"], item["price"]) == ("s1", 2, "3999.00")
    assert [row["off"] for row in await lane.rows("coupons")] == ["20.00"]
    await lane.begin(Setup())
    assert (await lane.rows("skus"))[0]["stock"] == 5
    assert await lane.rows("orders") == await lane.rows("coupons") == []


async def test_the_clock_goes_on_from_the_date(lane: LabLane, tmp_path: Path) -> None:
    moment = datetime(2030, 11, 11, 4, tzinfo=UTC)
    await lane.begin(Setup(date=moment, orders=(ORDER,)))
    shown = World(tmp_path, 2).clock()
    assert moment <= shown < moment + timedelta(minutes=1)
    placed = datetime.fromisoformat((await lane.rows("orders"))[0]["placed_at"])
    assert timedelta(0) <= placed - (moment - timedelta(days=3)) < timedelta(minutes=1)
    await lane.begin(Setup())
    assert abs(World(tmp_path, 2).clock() - datetime.now(UTC)) < timedelta(minutes=1)


async def test_whoever_has_the_database_open_sees_it_anew(lane: LabLane, tmp_path: Path) -> None:
    await lane.begin(Setup())
    storage = Storage(World(tmp_path, 2).database_url)
    try:
        async with storage.unit() as unit:
            await unit.conversations.start()
            await unit.commit()
        assert len(await lane.rows("conversations")) == 1
        await lane.begin(Setup())
        async with storage.unit() as unit:
            await unit.conversations.start("c1")
            await unit.commit()
        assert [row["customer_id"] for row in await lane.rows("conversations")] == ["c1"]
    finally:
        await storage.close()


@pytest.mark.parametrize(
    ("setup", "told"),
    [
        (Setup(stock={"none": 1}), "没有这个 SKU：none"),
        (Setup(customer="nobody"), "没有这个客户"),
        (Setup(orders=({**ORDER, "customer": "nobody"},)), "没有这个客户"),
        (Setup(orders=({**ORDER, "items": [{"sku": "none"}]},)), "没有这个 SKU：none"),
    ],
)
async def test_a_setup_that_cannot_be_made(lane: LabLane, setup: Setup, told: str) -> None:
    with pytest.raises(CannotPrepare, match=told):
        await lane.begin(setup)


def test_a_customer_is_signed_in_for_a_while(tmp_path: Path) -> None:
    lane = LabLane("", World(tmp_path, 0), EventLog(tmp_path / "e"), KEY, "")
    claims = jwt.decode(lane.customer_token("c1"), KEY, algorithms=["HS256"])
    assert claims["sub"] == "c1" and claims["exp"] > datetime.now(UTC).timestamp()


def test_a_conversation_names_its_lane() -> None:
    assert of_sender(sender(3, "01J")) == (3, "01J")
