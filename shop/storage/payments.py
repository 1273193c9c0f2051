"""What payment providers recorded, in the database."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.payment import Payment, PaymentState
from shop.storage.rows import record, values
from shop.storage.service_schema import payments
from shop.storage.statements import insert_new, run_many


class Payments:
    """Attempts to pay."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_order(self, order_no: str) -> tuple[Payment, ...]:
        """Oldest first."""
        query = select(payments).where(payments.c.order_no == order_no)
        ordered = query.order_by(payments.c.at, payments.c.payment_no)
        rows = await self._connection.execute(ordered)
        return tuple(record(Payment, row, state=PaymentState(row.state)) for row in rows)

    async def add(self, wanted: Iterable[Payment]) -> None:
        """Payments that exist stay as they are."""
        rows = [values(payment) for payment in wanted]
        await run_many(self._connection, insert_new(self._connection, payments), rows)
