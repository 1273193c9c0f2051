"""Invoices in the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.invoice import Invoice, InvoiceKind, InvoiceState
from shop.storage.rows import record, values
from shop.storage.service_schema import invoices
from shop.storage.statements import insert_new, run_many


class Invoices:
    """Invoices, the replaced ones too."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, invoice_no: str) -> Invoice | None:
        found = await self._invoices(invoices.c.invoice_no == invoice_no)
        return found[0] if found else None

    async def of_order(self, order_no: str) -> tuple[Invoice, ...]:
        """Oldest first."""
        return tuple(await self._invoices(invoices.c.order_no == order_no))

    async def add(self, wanted: Iterable[Invoice]) -> None:
        """Invoices that exist stay as they are."""
        rows = [values(invoice) for invoice in wanted]
        await run_many(self._connection, insert_new(self._connection, invoices), rows)

    async def move(self, invoice_no: str, wanted: InvoiceState, moment: datetime) -> None:
        issued = {"issued_at": moment} if wanted is InvoiceState.ISSUED else {}
        same = invoices.c.invoice_no == invoice_no
        change = update(invoices).where(same).values(state=wanted.value, **issued)
        await self._connection.execute(change)

    async def _invoices(self, condition: Any) -> list[Invoice]:
        query = select(invoices).where(condition)
        ordered = query.order_by(invoices.c.requested_at, invoices.c.invoice_no)
        return [_invoice(row) for row in await self._connection.execute(ordered)]


def _invoice(row: Row[Any]) -> Invoice:
    return record(Invoice, row, kind=InvoiceKind(row.kind), state=InvoiceState(row.state))
