"""Many writers at once: `python writers.py DATABASE_URL CONVERSATION_ID`."""

import asyncio
import sys

from shop.domain import Draft, Sender
from shop.storage import Storage

WRITERS = 16
MESSAGES = 10


async def write_all(database_url: str, conversation_id: str) -> None:
    """Each writer appends its messages, reading before it writes."""
    storage = Storage(database_url)
    await asyncio.gather(*(_write(storage, conversation_id) for _ in range(WRITERS)))
    await storage.close()


async def _write(storage: Storage, conversation_id: str) -> None:
    for n in range(MESSAGES):
        async with storage.unit() as unit:
            await unit.conversations.get(conversation_id)
            await unit.conversations.append(conversation_id, Draft(Sender.BOT, text=str(n)))
            await unit.commit()


if __name__ == "__main__":
    asyncio.run(write_all(*sys.argv[1:]))
