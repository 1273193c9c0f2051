"""Policies in the database."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.policy import Policy
from shop.storage.schema import policies
from shop.storage.statements import run_many, upsert


class Policies:
    """The shop's rules."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, topic: str) -> Policy | None:
        return next((policy for policy in await self.all() if policy.topic == topic), None)

    async def all(self) -> list[Policy]:
        query = select(policies).order_by(policies.c.position)
        return [
            Policy(row.topic, row.title, row.text, tuple(row.keywords))
            for row in await self._connection.execute(query)
        ]

    async def upsert(self, wanted: Iterable[Policy]) -> None:
        rows = [
            {**vars(policy), "keywords": list(policy.keywords), "position": n}
            for n, policy in enumerate(wanted)
        ]
        await run_many(self._connection, upsert(self._connection, policies), rows)
