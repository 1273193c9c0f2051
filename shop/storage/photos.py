"""References to photos that shoppers sent; the files lie elsewhere, outside the web root."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.errors import TooManyPhotos
from shop.domain.photo import MOST_PHOTOS, Photo
from shop.domain.refusal import UnknownPhoto
from shop.domain.text import is_writable
from shop.domain.ulid import new_ulid
from shop.storage.conversations import lock
from shop.storage.rows import record, values
from shop.storage.service_schema import photos


class Photos:
    """Which photo belongs to which conversation."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def add(self, conversation_id: str, media_type: str, size: int, sha256: str) -> Photo:
        """The same picture again is the one that is there. Raises TooManyPhotos, UnknownConversation."""
        # Two uploads at once are counted one after the other.
        await lock(self._connection, conversation_id)
        held = await self.of_conversation(conversation_id)
        if same := next((one for one in held if one.sha256 == sha256), None):
            return same
        if len(held) >= MOST_PHOTOS:
            raise TooManyPhotos
        photo = Photo(new_ulid(), conversation_id, media_type, size, sha256, self._clock())
        await self._connection.execute(photos.insert().values(**values(photo)))
        return photo

    async def of_conversation(self, conversation_id: str) -> list[Photo]:
        """Oldest first."""
        mine = photos.c.conversation_id == conversation_id
        rows = await self._connection.execute(
            select(photos).where(mine).order_by(photos.c.photo_id)
        )
        return [record(Photo, row) for row in rows]

    async def known(self, photo_ids: Iterable[str]) -> frozenset[str]:
        """Those of the ids that there are."""
        there = photos.c.photo_id.in_(list(photo_ids))
        rows = await self._connection.execute(select(photos.c.photo_id).where(there))
        return frozenset(row.photo_id for row in rows)

    async def get(self, photo_id: str) -> Photo:
        """Raises UnknownPhoto."""
        query = select(photos).where(photos.c.photo_id == photo_id)
        row = (await self._connection.execute(query)).first()
        if row is None:
            raise UnknownPhoto
        return record(Photo, row)

    async def check(self, conversation_id: str, photo_ids: Iterable[str]) -> None:
        """All of them of this conversation; raises UnknownPhoto."""
        wanted = set(photo_ids)
        if not all(map(is_writable, wanted)):
            raise UnknownPhoto
        mine = (photos.c.conversation_id == conversation_id, photos.c.photo_id.in_(wanted))
        count = await self._connection.scalar(select(func.count()).where(*mine))
        if count != len(wanted):
            raise UnknownPhoto

    async def of_conversations(self, conversation_ids: Iterable[str]) -> list[str]:
        """Their ids."""
        mine = photos.c.conversation_id.in_(list(conversation_ids))
        rows = await self._connection.execute(select(photos.c.photo_id).where(mine))
        return [row.photo_id for row in rows]
