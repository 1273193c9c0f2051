"""The files of the photos that shoppers send: one folder, which nothing serves as it is."""

import asyncio
import secrets
import time
from collections.abc import Sequence
from pathlib import Path

from shop.storage.unit import Storage

# A file that no conversation knows is being added, or was left by a crash or an erasure.
_ORPHANED_S = 3600.0
_MODE = 0o600


class PhotoFolder:
    """Files under the photos' ids. An Eraser (`shop.ports`)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, photo_id: str) -> Path:
        """Of an id from the database, never from a request."""
        return self._folder / photo_id

    def write(self, content: bytes) -> Path:
        """A file that has no photo's name yet; blocks."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._folder / f"{secrets.token_hex(16)}.new"
        draft.touch(_MODE)
        draft.write_bytes(content)
        return draft

    async def erase(self, conversation_ids: Sequence[str], photo_ids: Sequence[str]) -> None:
        await asyncio.to_thread(self._unlink, photo_ids)

    async def sweep(self, storage: Storage) -> None:
        """Remove files that have been no conversation's for an hour."""
        old = await asyncio.to_thread(self._old)
        async with storage.unit() as unit:
            known = await unit.photos.known(old)
        await asyncio.to_thread(self._unlink, [name for name in old if name not in known])

    def _unlink(self, names: Sequence[str]) -> None:
        for name in names:
            self.path(name).unlink(missing_ok=True)

    def _old(self) -> list[str]:
        before = time.time() - _ORPHANED_S
        if not self._folder.is_dir():
            return []
        return [file.name for file in self._folder.iterdir() if file.stat().st_mtime < before]
