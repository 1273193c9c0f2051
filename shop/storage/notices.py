"""Wishes to be told when goods are back, in the database."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.errors import InStock, UnknownSku
from shop.domain.notice import Notice
from shop.storage.schema import skus, stock_notices
from shop.storage.statements import insert_new


class Notices:
    """Who is to be told of what."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def ask(self, customer_id: str, sku: str) -> bool:
        """False where it was asked before; raises UnknownSku, InStock."""
        stock = await self._connection.scalar(select(skus.c.stock).where(skus.c.sku == sku))
        if stock is None:
            raise UnknownSku(sku)
        if stock > 0:
            raise InStock(sku)
        row = {"customer_id": customer_id, "sku": sku, "asked_at": self._clock()}
        # What came back tells a new row from a kept one; the count of rows does not everywhere.
        statement = insert_new(self._connection, stock_notices).returning(stock_notices.c.sku)
        return (await self._connection.scalar(statement, row)) is not None

    async def due(self) -> list[Notice]:
        """Those whose goods can be bought again, who asked first comes first."""
        back = select(skus.c.sku).where(skus.c.stock > 0)
        return await self._notices(stock_notices.c.sku.in_(back))

    async def take(self, notice: Notice) -> bool:
        """End a notice that is due; False where it was ended elsewhere or the goods are gone again."""
        back = select(skus.c.sku).where(skus.c.sku == notice.sku, skus.c.stock > 0)
        taken = delete(stock_notices).where(
            stock_notices.c.customer_id == notice.customer_id,
            stock_notices.c.sku == notice.sku,
            back.exists(),
        )
        statement = taken.returning(stock_notices.c.sku)
        return (await self._connection.scalar(statement)) is not None

    async def of_customer(self, customer_id: str) -> list[Notice]:
        return await self._notices(stock_notices.c.customer_id == customer_id)

    async def _notices(self, condition: Any) -> list[Notice]:
        query = select(stock_notices).where(condition)
        query = query.order_by(stock_notices.c.asked_at, stock_notices.c.sku)
        return [Notice(**row._mapping) for row in await self._connection.execute(query)]
