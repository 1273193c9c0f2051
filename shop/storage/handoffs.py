"""Requests for a human, in the database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.handoff import Handoff
from shop.domain.ulid import new_ulid
from shop.storage.conversations import lock
from shop.storage.schema import handoffs

_OPEN = handoffs.c.closed_at.is_(None)


class Handoffs:
    """The queue of shoppers who wait for an agent."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def request(self, conversation_id: str, reason: str) -> Handoff:
        """Join the queue, or keep the place already held; raises UnknownConversation."""
        await lock(self._connection, conversation_id)
        held = await self.current(conversation_id)
        if held is not None:
            return held
        await self._connection.execute(
            handoffs.insert().values(
                handoff_id=new_ulid(),
                conversation_id=conversation_id,
                reason=reason,
                requested_at=self._clock(),
            )
        )
        return (await self._open(conversation_id))[0]

    async def current(self, conversation_id: str) -> Handoff | None:
        """The open request of this conversation."""
        found = await self._open(conversation_id)
        return found[0] if found else None

    async def waiting(self) -> list[Handoff]:
        """The queue, next one first."""
        return await self._open()

    async def note(self, handoff_id: str, summary: Mapping[str, Any]) -> None:
        """What the agent is to be told; a later note takes the place of an earlier one."""
        same = handoffs.c.handoff_id == handoff_id
        await self._connection.execute(update(handoffs).where(same).values(summary=dict(summary)))

    async def noted(self, handoff_id: str) -> dict[str, Any] | None:
        same = handoffs.c.handoff_id == handoff_id
        return await self._connection.scalar(select(handoffs.c.summary).where(same))

    async def close(self, conversation_id: str) -> bool:
        """Leave the queue, served or not; False where no request was open."""
        mine = (handoffs.c.conversation_id == conversation_id, _OPEN)
        change = update(handoffs).where(*mine).values(closed_at=self._clock())
        return bool((await self._connection.execute(change)).rowcount)

    async def _open(self, conversation_id: str | None = None) -> list[Handoff]:
        place = func.row_number().over(order_by=handoffs.c.handoff_id).label("place")
        queue = select(handoffs, place).where(_OPEN).subquery()
        query = select(queue).order_by(queue.c.place)
        if conversation_id is not None:
            query = query.where(queue.c.conversation_id == conversation_id)
        return [
            Handoff(row.handoff_id, row.conversation_id, row.reason, row.requested_at, row.place)
            for row in await self._connection.execute(query)
        ]
