"""Promotions, coupons that do not stack, and wishes to be told of goods that are back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import create_engine, inspect

from shop.domain import Coupon, Offer
from shop.domain.errors import InStock, UnknownSku
from shop.domain.freight import FreightRule
from shop.domain.promotion import Kind
from shop.storage import Storage
from shop.storage.engine import sync_url
from shop.storage.schema import metadata

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PROMOTION = Offer(
    "phone-100",
    "手机每满 2000 元减 100 元",
    Kind.PROMOTION,
    Decimal("2000.00"),
    Decimal("100.50"),
    NOW - DAY,
    NOW + DAY,
    scope="手机",
    repeats=True,
    stackable=False,
)
COUPON = Coupon(
    "c", "券", Decimal("99.00"), Decimal("9.00"), NOW - DAY, NOW + 2 * DAY, stackable=False
)


async def test_offers_come_back_as_they_were_stored(storage: Storage) -> None:
    ended = replace(PROMOTION, offer_id="old", valid_until=NOW - 40 * DAY)
    lately = replace(PROMOTION, offer_id="lately", valid_until=NOW - 3 * DAY)
    async with storage.unit() as unit:
        await unit.promotions.upsert([PROMOTION, ended, lately])
        await unit.promotions.upsert([replace(PROMOTION, title="手机满减")])
        await unit.coupons.upsert([COUPON])
        await unit.commit()
    async with storage.unit() as unit:
        found = await unit.promotions.offers()
        (coupon,) = await unit.coupons.valid()
    assert found == [lately, replace(PROMOTION, title="手机满减"), Offer.of_coupon(COUPON)]
    assert coupon == COUPON


async def test_a_notice_is_kept_once_and_due_when_the_goods_are_back(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        assert await unit.notices.ask("demo-01", "shoe-a-01")
        assert not await unit.notices.ask("demo-01", "shoe-a-01")
        assert await unit.notices.ask("demo-02", "shoe-a-01")
        assert await unit.notices.due() == []
        await unit.catalog.set_stock("shoe-a-01", 3)
        await unit.commit()
    async with stocked.unit() as unit:
        assert [notice.customer_id for notice in await unit.notices.due()] == ["demo-01", "demo-02"]
        assert [notice.sku for notice in await unit.notices.of_customer("demo-01")] == ["shoe-a-01"]


async def test_what_can_be_bought_or_does_not_exist_is_not_waited_for(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        with pytest.raises(InStock):
            await unit.notices.ask("demo-01", "case-a-01")
        with pytest.raises(UnknownSku):
            await unit.notices.ask("demo-01", "no-such-thing")
        assert await unit.notices.of_customer("demo-01") == []


async def test_the_migrated_tables_are_those_of_the_schema(
    storage: Storage, database_url: str
) -> None:
    engine = create_engine(sync_url(database_url))
    columns = {
        name: {c["name"] for c in inspect(engine).get_columns(name)} for name in metadata.tables
    }
    engine.dispose()
    assert columns == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


async def test_freight_rules_are_replaced_together(storage: Storage) -> None:
    far = FreightRule("far", Decimal("18.00"), Decimal("199.00"), ("新疆", "西藏"))
    usual = FreightRule("usual", Decimal("8.00"))
    async with storage.unit() as unit:
        await unit.freights.replace([far, usual])
        assert await unit.freights.rules() == [far, usual]
        await unit.freights.replace([usual])
        assert await unit.freights.rules() == [usual]
