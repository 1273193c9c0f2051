"""Whose cart it is: the customer's where known, else the conversation's."""

from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.storage.schema import cart_items
from shop.storage.statements import run_many, upsert


class Shopper(Protocol):
    @property
    def conversation_id(self) -> str: ...
    @property
    def customer_id(self) -> str | None: ...


def name(shopper: Shopper) -> str:
    if shopper.customer_id is not None:
        return f"customer:{shopper.customer_id}"
    return f"conversation:{shopper.conversation_id}"


async def move(connection: AsyncConnection, old: str, new: str) -> None:
    """Pour one cart into another; of a SKU that is in both the greater quantity stays."""
    if old == new:
        return
    lines = (await connection.execute(select(cart_items).where(cart_items.c.owner == old))).all()
    mine = select(cart_items.c.sku, cart_items.c.quantity).where(cart_items.c.owner == new)
    present = {row.sku: row.quantity for row in await connection.execute(mine)}
    rows = [
        {**line._mapping, "owner": new, "quantity": max(line.quantity, present.get(line.sku, 0))}
        for line in lines
    ]
    await run_many(connection, upsert(connection, cart_items), rows)
    await connection.execute(delete(cart_items).where(cart_items.c.owner == old))
