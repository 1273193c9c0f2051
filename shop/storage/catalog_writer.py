"""The catalogue in the database: writing it, thousands of products at a time."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.catalog import Category, Product, Sku
from shop.domain.errors import UnknownSku
from shop.storage.schema import categories, products, skus
from shop.storage.statements import chunks, insert_new, run_many
from shop.storage.statements import upsert as upsert_into


async def upsert(connection: AsyncConnection, wanted: Iterable[Product]) -> int:
    """Store products with exactly these SKUs; returns how many products."""
    count = 0
    for chunk in chunks(wanted):
        await run_many(connection, upsert_into(connection, products), [_row(p) for p in chunk])
        await _drop_old_skus(connection, chunk)
        rows = [_sku_row(p, n, sku) for p in chunk for n, sku in enumerate(p.skus)]
        await run_many(connection, upsert_into(connection, skus), rows)
        count += len(chunk)
    return count


async def retain(connection: AsyncConnection, product_ids: set[str]) -> int:
    """Remove every other product, and categories left empty; returns how many products."""
    stored = set((await connection.scalars(select(products.c.product_id))).all())
    for chunk in chunks(stored - product_ids):
        await connection.execute(delete(products).where(products.c.product_id.in_(chunk)))
    used = select(products.c.category)
    await connection.execute(delete(categories).where(categories.c.name.not_in(used)))
    return len(stored - product_ids)


async def set_stock(connection: AsyncConnection, sku: str, stock: int) -> None:
    """Units left; raises UnknownSku."""
    change = update(skus).where(skus.c.sku == sku).values(stock=stock)
    if not (await connection.execute(change)).rowcount:
        raise UnknownSku(sku)


async def define(
    connection: AsyncConnection, wanted: Iterable[Category], *, overwrite: bool
) -> None:
    """Store category schemas; without `overwrite` those that exist stay as they are."""
    statement = (upsert_into if overwrite else insert_new)(connection, categories)
    rows = [{**asdict(category), "position": n} for n, category in enumerate(wanted)]
    await run_many(connection, statement, rows)


async def _drop_old_skus(connection: AsyncConnection, chunk: list[Product]) -> None:
    """Kept SKUs are not deleted and written again: that would empty carts."""
    ids = [product.product_id for product in chunk]
    stored = await connection.scalars(select(skus.c.sku).where(skus.c.product_id.in_(ids)))
    kept = {sku.sku for product in chunk for sku in product.skus}
    for gone in chunks(set(stored.all()) - kept):
        await connection.execute(delete(skus).where(skus.c.sku.in_(gone)))


def _row(product: Product) -> dict[str, Any]:
    row = {name: value for name, value in vars(product).items() if name != "skus"}
    return {**row, "tags": list(product.tags), "attributes": dict(product.attributes)}


def _sku_row(product: Product, position: int, sku: Sku) -> dict[str, Any]:
    place = {"product_id": product.product_id, "position": position}
    return {**vars(sku), **place, "options": dict(sku.options)}
