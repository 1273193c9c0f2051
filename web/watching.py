"""What a gateway does by itself, again and again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)

Look = Callable[[], Awaitable[object]]


@asynccontextmanager
async def watching(looks: Iterable[tuple[str, Look, float | None]]) -> AsyncIterator[None]:
    """Run each named look every so many seconds, one of None never, as long as the block runs."""
    tasks = [
        asyncio.create_task(_watch(name, look, every_s))
        for name, look, every_s in looks
        if every_s is not None
    ]
    yield
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


async def _watch(name: str, look: Look, every_s: float) -> None:
    """For ever; a database that does not answer is asked again later."""
    while True:
        try:
            await look()
        except Exception as error:  # one bad look must not end all looking
            log.warning("no %s: %s", name, type(error).__name__)
        await asyncio.sleep(every_s)
