"""The demo shop as shipped, in a database."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shop.domain import OrderStatus
from shop.seed import seed_demo
from shop.storage import Storage

pytestmark = pytest.mark.asyncio

CATALOG = Path(__file__).parents[3] / "data" / "catalog"


async def test_the_demo_shop_has_something_of_everything(storage: Storage) -> None:
    started = time.monotonic()
    seeded = await seed_demo(storage, CATALOG)
    assert time.monotonic() - started < 5
    assert seeded.customers >= 12
    assert seeded.orders >= 40
    async with storage.unit() as unit:
        counts = await unit.catalog.counts()
        customers = await unit.customers.demo()
        orders = [o for c in customers for o in await unit.orders.of_customer(c.customer_id)]
        assert len(await unit.coupons.valid()) >= 8
        assert len(await unit.policies.all()) >= 15
    assert (counts.categories, counts.products, counts.skus) == (
        seeded.categories,
        seeded.products,
        seeded.skus,
    )
    assert {order.status for order in orders} == set(OrderStatus)
    assert len(orders) == seeded.orders
    assert all(order.amount > 0 for order in orders)


async def test_moments_of_demo_orders_are_past_and_in_order(storage: Storage) -> None:
    await seed_demo(storage, CATALOG)
    async with storage.unit() as unit:
        for customer in await unit.customers.demo():
            for order in await unit.orders.of_customer(customer.customer_id):
                moments = (order.placed_at, order.paid_at, order.shipped_at, order.delivered_at)
                reached = [moment for moment in (*moments, order.closed_at) if moment]
                assert reached == sorted(reached)
                assert reached[-1] <= datetime.now(UTC)


async def test_seeding_again_keeps_what_customers_did(storage: Storage) -> None:
    first = await seed_demo(storage, CATALOG)
    async with storage.unit() as unit:
        unpaid = await unit.orders.of_customer("demo-02", OrderStatus.UNPAID)
        number = unpaid[0].order_no
        await unit.orders.move(number, "demo-02", OrderStatus.CANCELLED)
        await unit.commit()
    assert await seed_demo(storage, CATALOG) == first
    async with storage.unit() as unit:
        assert (await unit.orders.get(number, "demo-02")).status is OrderStatus.CANCELLED
        assert (await unit.catalog.counts()).skus == first.skus
