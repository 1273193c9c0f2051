"""Forgetting a customer: what the law wants kept stays, under a name that leads nowhere."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.ticket import TicketKind
from shop.domain.ulid import new_ulid
from shop.storage.audits import Audits
from shop.storage.schema import (
    cart_items,
    conversations,
    coupon_claims,
    customers,
    events,
    handoffs,
    messages,
    orders,
    stock_notices,
)
from shop.storage.service_schema import (
    callers,
    operations,
    photos,
    reviews,
    satisfaction,
    tickets,
    verified_orders,
)

# What a conversation leaves behind, besides its row.
_OF_CONVERSATIONS = (messages, events, handoffs, verified_orders, callers, photos, satisfaction)
# Requests that hold what the customer wrote.
_WORDS = {TicketKind.COMPLAINT: "text", TicketKind.REPAIR: "fault"}


class Erasing:
    """Two halves: the shop's records, and the conversations."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def records(self, customer_id: str) -> None:
        """Profile, coupons, wishes go; orders and requests stay without name, phone and address."""
        pseudonym = await self._pseudonym(customer_id)
        await self._blank_words(tickets.c.customer_id == customer_id)
        owned = select(orders.c.order_no).where(orders.c.customer_id == customer_id)
        await self._set(reviews, reviews.c.order_no.in_(owned), text="")
        if pseudonym is not None:
            await self._set(orders, orders.c.customer_id == customer_id, address="")
            mine = orders.c.customer_id == customer_id
            await self._set(orders, mine, customer_id=pseudonym)
        await self._set(tickets, tickets.c.customer_id == customer_id, customer_id=pseudonym)
        for table in (coupon_claims, stock_notices, customers):
            await self._drop(table, table.c.customer_id == customer_id)
        name = f"customer:{pseudonym}" if pseudonym else "customer:erased"
        await Audits(self._connection).rename(f"customer:{customer_id}", name)

    async def guest_records(self, conversation_id: str) -> None:
        """What a guest wrote in requests."""
        await self._blank_words(tickets.c.conversation_id == conversation_id)

    async def conversations_of(self, conversation_id: str, customer_id: str | None) -> list[str]:
        """All of a customer's, or the one of a guest."""
        if customer_id is None:
            return [conversation_id]
        same = conversations.c.customer_id == customer_id
        rows = await self._connection.execute(select(conversations.c.conversation_id).where(same))
        return sorted({conversation_id, *(row.conversation_id for row in rows)})

    async def talk(self, ids: Sequence[str], customer_id: str | None, kept: str) -> None:
        """Messages, events, carts and proposals; of the operation `kept` the name alone goes."""
        for table in _OF_CONVERSATIONS:
            await self._drop(table, table.c.conversation_id.in_(ids))
        others = (operations.c.conversation_id.in_(ids), operations.c.operation_id != kept)
        await self._drop(operations, *others)
        await self._set(operations, operations.c.operation_id == kept, customer_id=None)
        owners = [f"conversation:{conversation_id}" for conversation_id in ids]
        if customer_id is not None:
            owners.append(f"customer:{customer_id}")
        await self._drop(cart_items, cart_items.c.owner.in_(owners))
        mine = conversations.c.conversation_id.in_(ids)
        await self._set(conversations, mine, customer_id=None, last_message_id=None)

    async def _pseudonym(self, customer_id: str) -> str | None:
        """A customer who is nobody; None for one whom the shop does not know."""
        same = customers.c.customer_id == customer_id
        row = (await self._connection.execute(select(customers).where(same))).first()
        if row is None:
            return None
        pseudonym = f"gone-{new_ulid()}"
        blank = {"customer_id": pseudonym, "name": "", "phone": "", "address": "", "points": 0}
        await self._connection.execute(
            customers.insert().values(**{**row._mapping, **blank, "demo": False, "level": ""})
        )
        return pseudonym

    async def _blank_words(self, condition: Any) -> None:
        for kind, word in _WORDS.items():
            query = select(tickets).where(condition, tickets.c.kind == kind.value)
            for row in (await self._connection.execute(query)).all():
                same = tickets.c.ticket_no == row.ticket_no
                await self._set(tickets, same, details={**row.details, word: ""})

    async def _set(self, table: Any, *condition: Any, **values: Any) -> None:
        await self._connection.execute(update(table).where(*condition).values(**values))

    async def _drop(self, table: Any, *condition: Any) -> None:
        await self._connection.execute(delete(table).where(*condition))
