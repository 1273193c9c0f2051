"""A lane of the test system: a database of its own, made anew for each dialogue."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import jwt
from sqlalchemy import select

from shop.storage import Storage, engine
from shop.storage.schema import metadata
from testing.conversation.model import Setup
from testing.running import fixtures
from testing.running.events import Event, EventLog
from testing.running.world import World

_TOKEN_S = 3600


def sender(lane: int, conversation_id: str) -> str:
    """The name of a conversation towards Rasa, which all lanes share."""
    return f"{lane}:{conversation_id}"


def of_sender(name: str) -> tuple[int, str]:
    """Lane and conversation of such a name."""
    lane, conversation_id = name.split(":", 1)
    return int(lane), conversation_id


class LabLane:
    """Of all lanes: `log`, the `key` that signs customers in, Rasa's own address."""

    shows_inside = True

    def __init__(self, url: str, world: World, log: EventLog, key: str, rasa_url: str) -> None:
        self.url, self.rasa_url = url, rasa_url
        self._world, self._log, self._key = world, log, key

    @property
    def lexicon(self) -> Path:
        """The words of the shop, as the index holds them."""
        return self._world.folder / "index" / "current" / "lexicon.json"

    async def begin(self, setup: Setup) -> None:
        await asyncio.to_thread(self._world.restore)
        self._world.set_clock(setup.date)
        storage = Storage(self._world.database_url, self._world.clock)
        try:
            await fixtures.apply(storage, setup)
        finally:
            await storage.close()

    def customer_token(self, customer: str) -> str:
        claims = {"sub": customer, "exp": int(time.time()) + _TOKEN_S}
        return jwt.encode(claims, self._key, algorithm="HS256")

    async def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """Raises KeyError where there is no such table."""
        database = engine.create(self._world.database_url)
        try:
            async with database.connect() as connection:
                found = await connection.execute(select(metadata.tables[table]))
                return [{k: _plain(v) for k, v in row._mapping.items()} for row in found]
        finally:
            await database.dispose()

    def events(self, conversation_id: str) -> Sequence[Event]:
        return self._log.take(sender(self._world.number, conversation_id))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
