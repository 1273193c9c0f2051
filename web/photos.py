"""Photos that shoppers send: kept as files, known to their conversation alone."""

import asyncio
import hashlib

from shop.domain.photo import Photo
from shop.domain.refusal import UnknownPhoto
from shop.storage import Storage
from shop.storage.photo_folder import PhotoFolder
from web.imaging import MEDIA_TYPE, Picture, read_picture

# A picture of many pixels takes a few hundred megabytes while it is decoded.
_AT_ONCE = 2


class Photos:
    """Takes photos in and gives them out again."""

    def __init__(self, storage: Storage, folder: PhotoFolder) -> None:
        self._storage = storage
        self._folder = folder
        self._decoders = asyncio.Semaphore(_AT_ONCE)

    async def add(self, conversation_id: str, raw: bytes) -> tuple[Photo, Picture]:
        """Raises PhotoUnreadable, PhotoTooLarge, TooManyPhotos; then nothing is kept."""
        async with self._decoders:
            picture = await asyncio.to_thread(read_picture, raw)
        draft = await asyncio.to_thread(self._folder.write, picture.content)
        digest = hashlib.sha256(picture.content).hexdigest()
        try:
            async with self._storage.unit() as unit:
                photo = await unit.photos.add(
                    conversation_id, MEDIA_TYPE, len(picture.content), digest
                )
                draft.replace(self._folder.path(photo.photo_id))
                await unit.commit()
        finally:
            draft.unlink(missing_ok=True)
        return photo, picture

    async def content(self, conversation_id: str, photo_id: str) -> bytes:
        """The JPEG; raises UnknownPhoto for another's as for none."""
        async with self._storage.unit() as unit:
            await unit.photos.check(conversation_id, [photo_id])
        try:
            return await asyncio.to_thread(self._folder.path(photo_id).read_bytes)
        except FileNotFoundError as error:
            raise UnknownPhoto from error

    async def sweep(self) -> None:
        """Every hour: remove files that are nobody's."""
        await self._folder.sweep(self._storage)
