"""Policies in the database."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.policy import Policy
from shop.storage.schema import policies
from shop.storage.statements import run_many, upsert

_LISTS = ("keywords", "questions", "related")


class Policies:
    """The shop's rules."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, topic: str) -> Policy | None:
        return next((policy for policy in await self.all() if policy.topic == topic), None)

    async def all(self) -> list[Policy]:
        query = select(policies).order_by(policies.c.position)
        return [
            Policy(row.topic, row.title, row.text, *(tuple(row[name]) for name in _LISTS))
            for row in (await self._connection.execute(query)).mappings()
        ]

    async def replace(self, wanted: Iterable[Policy]) -> None:
        """These and no others: what is no longer a rule of the shop must not be told."""
        wanted = list(wanted)
        topics = [policy.topic for policy in wanted]
        await self._connection.execute(delete(policies).where(policies.c.topic.not_in(topics)))
        await self.upsert(wanted)

    async def upsert(self, wanted: Iterable[Policy]) -> None:
        rows = [
            {
                **vars(policy),
                **{name: list(getattr(policy, name)) for name in _LISTS},
                "position": n,
            }
            for n, policy in enumerate(wanted)
        ]
        await run_many(self._connection, upsert(self._connection, policies), rows)
