"""The log of changes in the database; nothing is ever taken out of it."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.audit import AuditEntry, Change
from shop.domain.clock import Clock, now
from shop.domain.ulid import new_ulid
from shop.storage.service_schema import audit


class Audits:
    """Who did what to what, why and when."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def log(
        self, operation_id: str, operation: str, actor: str, reason: str, *changes: Change
    ) -> None:
        """One entry a change."""
        last: str | None = None
        for change in changes:
            last = new_ulid(after=last)
            row = {**vars(change), "operation_id": operation_id, "operation": operation}
            row |= {"audit_id": last, "actor": actor, "reason": reason, "at": self._clock()}
            await self._connection.execute(audit.insert().values(**row))

    async def of_operation(self, operation_id: str) -> list[AuditEntry]:
        """Oldest first."""
        query = select(audit).where(audit.c.operation_id == operation_id)
        return [
            AuditEntry(
                row.audit_id,
                row.operation_id,
                row.operation,
                row.actor,
                Change(row.subject, row.before, row.after),
                row.reason,
                row.at,
            )
            for row in await self._connection.execute(query.order_by(audit.c.audit_id))
        ]

    async def rename(self, actor: str, pseudonym: str) -> None:
        """What an erased customer did stays, under a name that leads nowhere."""
        same = audit.c.actor == actor
        await self._connection.execute(update(audit).where(same).values(actor=pseudonym))
