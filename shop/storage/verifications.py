"""Guests who show that an order is theirs, and how often they may try."""

from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.storage.service_schema import callers, verification_tries, verified_orders
from shop.storage.statements import insert, insert_new, upsert


class Verifications:
    """Orders that were shown to be a guest's, and tries."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def orders(self, conversation_id: str) -> frozenset[str]:
        """Numbers of the orders verified in a conversation."""
        mine = verified_orders.c.conversation_id == conversation_id
        rows = await self._connection.execute(select(verified_orders.c.order_no).where(mine))
        return frozenset(row.order_no for row in rows)

    async def bind(self, conversation_id: str, order_no: str) -> None:
        """The order is the conversation's from now on."""
        row = {"conversation_id": conversation_id, "order_no": order_no, "at": self._clock()}
        await self._connection.execute(insert_new(self._connection, verified_orders), row)

    async def seen_from(self, conversation_id: str, address_key: str) -> None:
        """Where the conversation comes from (`shop.domain.requester.address_key`)."""
        row = {"conversation_id": conversation_id, "address_key": address_key}
        row_now = {**row, "seen_at": self._clock()}
        await self._connection.execute(upsert(self._connection, callers), row_now)

    async def address_key(self, conversation_id: str) -> str | None:
        same = callers.c.conversation_id == conversation_id
        return await self._connection.scalar(select(callers.c.address_key).where(same))

    async def forget_callers(self, before: datetime) -> None:
        """Keys and tries that count no longer."""
        await self._connection.execute(delete(callers).where(callers.c.seen_at < before))
        old = verification_tries.c.started_at < before
        await self._connection.execute(delete(verification_tries).where(old))

    async def count_try(self, key: str, since: datetime) -> int:
        """Count one more; how many there have been since. Two at once count twice."""
        table, moment = verification_tries, self._clock()
        statement = insert(self._connection, table).values(key=key, tries=1, started_at=moment)
        ended = table.c.started_at < since
        change = {
            "tries": case((ended, 1), else_=table.c.tries + 1),
            "started_at": case((ended, moment), else_=table.c.started_at),
        }
        counted = statement.on_conflict_do_update(index_elements=[table.c.key], set_=change)
        tries = await self._connection.scalar(counted.returning(table.c.tries))
        return int(tries or 0)

    async def forgive(self, key: str) -> None:
        """One try that was none."""
        table = verification_tries
        less = update(table).where(table.c.key == key, table.c.tries > 0)
        await self._connection.execute(less.values(tries=table.c.tries - 1))
