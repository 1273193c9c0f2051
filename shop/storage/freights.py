"""Freight rules in the database."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.freight import FreightRule
from shop.storage.schema import freight_rules
from shop.storage.statements import run_many


class Freights:
    """What the shop charges for sending."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rules(self) -> list[FreightRule]:
        query = select(freight_rules).order_by(freight_rules.c.position)
        return [
            FreightRule(row.rule_id, row.fee, row.free_from, tuple(row.regions))
            for row in await self._connection.execute(query)
        ]

    async def replace(self, wanted: Iterable[FreightRule]) -> None:
        """All rules at once: a region left over from before would still be charged."""
        await self._connection.execute(delete(freight_rules))
        rows = [
            {**vars(rule), "regions": list(rule.regions), "position": n}
            for n, rule in enumerate(wanted)
        ]
        await run_many(self._connection, insert(freight_rules), rows)
