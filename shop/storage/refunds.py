"""Refunds in the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.refund import Refund, RefundState
from shop.storage.rows import record, values
from shop.storage.service_schema import refunds
from shop.storage.statements import insert_new, run_many


class Refunds:
    """Money on its way back."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, refund_no: str) -> Refund | None:
        found = await self._refunds(refunds.c.refund_no == refund_no)
        return found[0] if found else None

    async def of_order(self, order_no: str) -> tuple[Refund, ...]:
        """Oldest first."""
        return tuple(await self._refunds(refunds.c.order_no == order_no))

    async def add(self, wanted: Iterable[Refund]) -> None:
        """Refunds that exist stay as they are."""
        rows = [values(refund) for refund in wanted]
        await run_many(self._connection, insert_new(self._connection, refunds), rows)

    async def move(self, refund_no: str, wanted: RefundState, moment: datetime) -> None:
        sent = {"sent_at": moment} if wanted is RefundState.SENT else {}
        same = refunds.c.refund_no == refund_no
        change = update(refunds).where(same).values(state=wanted.value, **sent)
        await self._connection.execute(change)

    async def _refunds(self, condition: Any) -> list[Refund]:
        query = select(refunds).where(condition)
        ordered = query.order_by(refunds.c.requested_at, refunds.c.refund_no)
        rows = await self._connection.execute(ordered)
        return [record(Refund, row, state=RefundState(row.state)) for row in rows]
