"""Filling a database with the demo shop."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shop.demo import business, catalog, sizes
from shop.storage import Storage


@dataclass(frozen=True)
class Seeded:
    """How much the demo shop holds."""

    categories: int
    products: int
    skus: int
    customers: int
    orders: int


async def seed_demo(storage: Storage, catalog_dir: Path) -> Seeded:
    """Load the demo shop, all or nothing; again, it changes only what the files changed.

    Customers and orders that exist stay as they are. Raises BadCatalog, naming file and line.
    """
    goods = await asyncio.to_thread(catalog.read, catalog_dir)
    people = await asyncio.to_thread(
        business.read, catalog_dir / "demo", goods.products, datetime.now(UTC)
    )
    charts = await asyncio.to_thread(
        sizes.read, catalog_dir / "demo" / "size_charts.json", goods.products
    )
    async with storage.unit() as unit:
        await unit.catalog.define(goods.categories)
        await unit.catalog.upsert(goods.products)
        await unit.size_charts.upsert(charts)
        await unit.customers.add(people.customers)
        await unit.orders.add(people.orders)
        for served in people.served:
            await unit.parcels.add(served.parcels)
            await unit.payments.add(served.payments)
            await unit.tickets.add(served.tickets)
            await unit.refunds.add(served.refunds)
            await unit.invoices.add(served.invoices)
        await unit.coupons.upsert(people.coupons)
        await unit.promotions.upsert(people.promotions)
        await unit.freights.replace(people.freights)
        await unit.policies.replace(people.policies)
        await unit.commit()
    return Seeded(
        categories=len(goods.categories),
        products=len(goods.products),
        skus=sum(len(product.skus) for product in goods.products),
        customers=len(people.customers),
        orders=len(people.orders),
    )
