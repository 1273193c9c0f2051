"""Freight in what the bot says a cart or a product costs."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest_asyncio

from shop.domain import Customer
from shop.domain.freight import FreightRule
from tests.unit.actions.shop import Counter, open_shop

RULES = [
    FreightRule("far", Decimal("18.00"), Decimal("199.00"), ("新疆", "西藏")),
    FreightRule("usual", Decimal("8.00"), Decimal("99.00")),
]
FAR = Customer(
    "u", "阿依", "13800000001", "新疆喀什 1 号", "普通会员", 0, datetime(2026, 1, 1, tzinfo=UTC)
)


async def charging(counter: Counter) -> Counter:
    async with counter.storage.unit() as unit:
        await unit.freights.replace(RULES)
        await unit.customers.add([FAR])
        await unit.commit()
    return counter


@pytest_asyncio.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = await charging(await open_shop(tmp_path))
    yield counter
    await counter.storage.close()


async def test_a_small_order_pays_freight(counter: Counter) -> None:
    out = await counter.say("action_quote_price", "第二个 1包的用完券多少钱")
    data = out.typed["data"]
    assert data["lines"][-1] == {"label": "运费（满 99 元包邮），寄往新疆、西藏另算", "amount": 8}
    assert data["payable"] == 28 == sum(line["amount"] for line in data["lines"])
    assert out.messages[0]["freight"] == "含运费 8 元"


async def test_a_big_order_is_sent_free(counter: Counter) -> None:
    await counter.say("action_add_to_cart", "第一个 黑色 42码 来两双")
    out = await counter.say("action_view_cart", "看看购物车")
    assert out.typed["data"]["freight"]["amount"] == 0
    assert (out.typed["data"]["payable"], out.messages[0]["freight"]) == (468, "包邮")


async def test_the_address_of_the_customer_counts(tmp_path: Path) -> None:
    counter = await charging(await open_shop(tmp_path, "u"))
    out = await counter.say("action_quote_price", "第二个 3包的来两份多少钱")
    assert out.typed["data"]["lines"][-1] == {
        "label": "新疆、西藏运费（满 199 元包邮）",
        "amount": 18,
    }
    await counter.storage.close()


async def test_without_a_rule_nothing_is_said_of_it(tmp_path: Path) -> None:
    counter = await open_shop(tmp_path)
    await counter.say("action_add_to_cart", "第二个 1包的来一份")
    out = await counter.say("action_view_cart", "看看购物车")
    assert (out.typed["data"]["freight"], out.messages[0]["freight"]) == (None, "不含运费")
    await counter.storage.close()
