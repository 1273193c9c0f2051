"""What the dialogue engine remembers of conversations: its own table, in a database of its own."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Column, Integer, MetaData, String, Table, delete, inspect, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.errors import BackendDown
from shop.storage import engine
from shop.storage.columns import Moment
from shop.storage.statements import chunks, upsert

# A turn of which nothing is heard has ended by then.
LONGEST_TURN = timedelta(minutes=1)

# As much of Rasa's table as is needed; Rasa makes it.
_events = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
)
_ours = MetaData()
_unfinished = Table(
    "unfinished_erasures",
    _ours,
    Column("sender_id", String(255), primary_key=True),
    Column("at", Moment, nullable=False),
)


class Trackers:
    """Rasa's trackers. An Eraser (`shop.ports`) that is finished when the turn has ended.

    Rasa saves a conversation at the end of a turn, all of it where nothing is stored: what is erased
    within a turn has to be erased once more after it. Until then it is noted down.
    """

    def __init__(
        self, database_url: str, sender: Callable[[str], str] = str, clock: Clock = now
    ) -> None:
        """`sender`: the name of a conversation towards Rasa."""
        self._engine = engine.create(database_url)
        self._sender = sender
        self._clock = clock
        self._prepared = False

    async def erase(self, conversation_ids: Sequence[str], photo_ids: Sequence[str]) -> None:
        """Raises BackendDown."""
        senders = [self._sender(one) for one in conversation_ids]
        async with self._connect() as connection:
            for sender in senders:
                row = {"sender_id": sender, "at": self._clock()}
                await connection.execute(upsert(connection, _unfinished), row)
            await _forget(connection, senders)
            await connection.commit()

    async def turn_ended(self, conversation_id: str) -> bool:
        """Whether it was erased in its last turn, and now once more. Raises BackendDown."""
        sender = self._sender(conversation_id)
        async with self._connect() as connection:
            noted = select(_unfinished).where(_unfinished.c.sender_id == sender)
            if (await connection.execute(noted)).first() is None:
                return False
            await _finish(connection, [sender])
        return True

    async def finish(self) -> bool:
        """Erase once more where no end of a turn was heard of; whether there was any. Raises BackendDown."""
        async with self._connect() as connection:
            old = _unfinished.c.at < self._clock() - LONGEST_TURN
            rows = await connection.execute(select(_unfinished.c.sender_id).where(old))
            senders = [row.sender_id for row in rows]
            if senders:
                await _finish(connection, senders)
        return bool(senders)

    async def scrub(self) -> None:
        """Take what was erased out of the files too."""
        await engine.scrub(self._engine)

    async def aclose(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def _connect(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._engine.connect() as connection:
                if not self._prepared:
                    await connection.run_sync(_ours.create_all)
                    await connection.commit()
                    self._prepared = True
                yield connection
        except (InterfaceError, OperationalError) as cause:
            raise BackendDown from cause


async def _finish(connection: AsyncConnection, senders: Sequence[str]) -> None:
    await _forget(connection, senders)
    await connection.execute(delete(_unfinished).where(_unfinished.c.sender_id.in_(senders)))
    await connection.commit()


async def _forget(connection: AsyncConnection, senders: Collection[str]) -> None:
    """Nothing where Rasa has stored nothing yet."""
    if await connection.run_sync(lambda plain: inspect(plain).has_table(_events.name)):
        for some in chunks(senders):
            await connection.execute(delete(_events).where(_events.c.sender_id.in_(some)))
