"""Operations that were proposed, and those confirmed that are still to be delivered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.command import Command, all_commands
from shop.domain.operation import Operation
from shop.domain.pending import Pending, PendingState
from shop.domain.refusal import UnknownOperation
from shop.domain.requester import Requester
from shop.storage.service_schema import operations
from shop.wire import dump, load


class Operations:
    """From a proposal to its end; a confirmed one is an entry of the outbox."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def add(self, pending: Pending) -> None:
        who = pending.requester
        await self._connection.execute(
            operations.insert().values(
                operation_id=pending.operation_id,
                conversation_id=who.conversation_id,
                customer_id=who.customer_id,
                agent_id=who.agent_id,
                verified=sorted(who.verified),
                operation=pending.command.operation.value,
                command=dump(pending.command),
                facts=None if pending.facts is None else dict(pending.facts),
                state=pending.state.value,
                attempts=0,
                created_at=self._clock(),
                due_at=self._clock(),
            )
        )

    async def hold(self, operation_id: str) -> Pending:
        """Locked for the rest of the unit; raises UnknownOperation."""
        same = operations.c.operation_id == operation_id
        unchanged = update(operations).where(same).values(state=operations.c.state)
        row = (await self._connection.execute(unchanged.returning(operations))).first()
        if row is None:
            raise UnknownOperation
        return _pending(row)

    async def confirm(self, operation_id: str) -> None:
        """It is to be delivered from now on."""
        same = operations.c.operation_id == operation_id
        confirmed = update(operations).where(same).values(state=PendingState.CONFIRMED.value)
        await self._connection.execute(confirmed)

    async def end(
        self, operation_id: str, state: PendingState, refusal: Mapping[str, Any] | None = None
    ) -> None:
        """Done, declined, or refused and why; what the customer wrote is not needed here any more."""
        same = operations.c.operation_id == operation_id
        row = (await self._connection.execute(select(operations).where(same))).one()
        private = all_commands()[Operation(row.operation)].private
        values = {
            "state": state.value,
            "refusal": None if refusal is None else dict(refusal),
            "command": {**row.command, **dict.fromkeys(private, "")},
            "facts": null(),
        }
        await self._connection.execute(update(operations).where(same).values(**values))

    async def defer(self, operation_id: str, until: datetime) -> None:
        """Nobody else tries before then."""
        same = operations.c.operation_id == operation_id
        later = {"attempts": operations.c.attempts + 1, "due_at": until}
        await self._connection.execute(update(operations).where(same).values(**later))

    async def due(self, limit: int = 50) -> list[Pending]:
        """Confirmed and not yet delivered, oldest first."""
        query = select(operations).where(
            operations.c.state == PendingState.CONFIRMED.value,
            operations.c.due_at <= self._clock(),
        )
        rows = await self._connection.execute(
            query.order_by(operations.c.operation_id).limit(limit)
        )
        return [_pending(row) for row in rows]

    async def expired(self, before: datetime) -> list[str]:
        """Ids of what was proposed before then, and neither confirmed nor declined."""
        old = (
            operations.c.state == PendingState.PROPOSED.value,
            operations.c.created_at < before,
        )
        rows = await self._connection.execute(select(operations.c.operation_id).where(*old))
        return [row.operation_id for row in rows]

    async def of_conversation(self, conversation_id: str) -> list[Pending]:
        """Oldest first."""
        query = select(operations).where(operations.c.conversation_id == conversation_id)
        rows = await self._connection.execute(query.order_by(operations.c.operation_id))
        return [_pending(row) for row in rows]


def _pending(row: Row[Any]) -> Pending:
    verified = frozenset(row.verified)
    kind: type[Command] = all_commands()[Operation(row.operation)]
    return Pending(
        operation_id=row.operation_id,
        requester=Requester(row.conversation_id, row.customer_id, verified, row.agent_id),
        command=load(kind, row.command),
        facts=row.facts,
        state=PendingState(row.state),
        created_at=row.created_at,
        attempts=row.attempts,
        refusal=row.refusal,
    )
