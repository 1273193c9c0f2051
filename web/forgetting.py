"""Erased is erased: once more when the turn has ended, and in the files of the databases too."""

import logging

from shop.storage import Storage
from shop.storage.trackers import Trackers

log = logging.getLogger(__name__)


class Forgetting:
    """Finishes what `erase_data` began."""

    def __init__(self, storage: Storage, trackers: Trackers) -> None:
        self._storage = storage
        self._trackers = trackers

    async def turn_ended(self, conversation_id: str) -> None:
        """Rasa has saved the conversation; what cannot be erased now is erased later."""
        try:
            if await self._trackers.turn_ended(conversation_id):
                await self._scrub()
        except Exception as error:  # the shopper is answered all the same
            log.warning("not erased yet: %s", type(error).__name__)

    async def finish(self) -> None:
        """Every minute: turns of which no end was heard of."""
        if await self._trackers.finish():
            await self._scrub()

    async def _scrub(self) -> None:
        await self._trackers.scrub()
        await self._storage.scrub()
