"""Requests in the database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.refusal import UnknownTicket
from shop.domain.text import is_writable
from shop.domain.ticket import Ticket, TicketKind, TicketStatus
from shop.storage.rows import record, values
from shop.storage.service_schema import tickets
from shop.storage.statements import insert_new, run_many

_VOID = (TicketStatus.REJECTED, TicketStatus.WITHDRAWN)


class Tickets:
    """Requests of customers and guests."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, ticket_no: str) -> Ticket:
        """Raises UnknownTicket."""
        if not is_writable(ticket_no):
            raise UnknownTicket
        found = await self._tickets(tickets.c.ticket_no == ticket_no)
        if not found:
            raise UnknownTicket
        return found[0]

    async def hold(self, ticket_no: str) -> Ticket:
        """The same, locked for the rest of the unit."""
        same = tickets.c.ticket_no == ticket_no
        unchanged = update(tickets).where(same).values(status=tickets.c.status)
        await self._connection.execute(unchanged)
        return await self.get(ticket_no)

    async def of_order(self, order_no: str) -> tuple[Ticket, ...]:
        """Oldest first."""
        return tuple(await self._tickets(tickets.c.order_no == order_no))

    async def of_customer(self, customer_id: str) -> list[Ticket]:
        """Oldest first."""
        return await self._tickets(tickets.c.customer_id == customer_id)

    async def of_conversation(self, conversation_id: str) -> list[Ticket]:
        """Oldest first."""
        return await self._tickets(tickets.c.conversation_id == conversation_id)

    async def open(self, ticket: Ticket, once: str | None = None) -> None:
        """A new one; the database refuses a second one with the same `once`."""
        await self._connection.execute(tickets.insert().values(**values(ticket, once=once)))

    async def add(self, wanted: Iterable[Ticket]) -> None:
        """Requests that exist stay as they are."""
        rows = [values(ticket) for ticket in wanted]
        await run_many(self._connection, insert_new(self._connection, tickets), rows)

    async def move(self, ticket_no: str, wanted: TicketStatus) -> None:
        """A request that came to nothing may be made again."""
        freed = {"once": None} if wanted in _VOID else {}
        same = tickets.c.ticket_no == ticket_no
        change = update(tickets).where(same).values(status=wanted.value, **freed)
        await self._connection.execute(change)

    async def _tickets(self, condition: Any) -> list[Ticket]:
        query = select(tickets).where(condition)
        ordered = query.order_by(tickets.c.opened_at, tickets.c.ticket_no)
        return [_ticket(row) for row in await self._connection.execute(ordered)]


def _ticket(row: Row[Any]) -> Ticket:
    return record(Ticket, row, kind=TicketKind(row.kind), status=TicketStatus(row.status))
