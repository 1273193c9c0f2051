"""From whoever has news of a conversation to every socket that listens to it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

Frame = dict[str, Any]
BACKLOG = 256


class Subscription:
    """Frames for one socket, in order; a socket that falls too far behind is cut off."""

    def __init__(self) -> None:
        self._frames: asyncio.Queue[Frame | None] = asyncio.Queue(BACKLOG)
        self._cut = False

    def put(self, frame: Frame) -> None:
        if self._cut:
            return
        if self._frames.full():
            self._cut = True
            while not self._frames.empty():
                self._frames.get_nowait()
        self._frames.put_nowait(None if self._cut else frame)

    async def frames(self) -> AsyncIterator[Frame]:
        """Ends where the socket has been cut off; it reconnects and asks for what it missed."""
        while (frame := await self._frames.get()) is not None:
            yield frame


class Hub(Protocol):
    """One gateway has a LocalHub; several would share one that crosses processes."""

    def subscribe(self, conversation_id: str) -> AbstractContextManager[Subscription]: ...

    async def publish(self, conversation_id: str, frame: Frame) -> None: ...


class LocalHub:
    """A hub within one process."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[Subscription]] = defaultdict(set)

    @contextmanager
    def subscribe(self, conversation_id: str) -> Iterator[Subscription]:
        subscription = Subscription()
        self._listeners[conversation_id].add(subscription)
        try:
            yield subscription
        finally:
            self._listeners[conversation_id].discard(subscription)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    async def publish(self, conversation_id: str, frame: Frame) -> None:
        for subscription in self._listeners.get(conversation_id, ()):
            subscription.put(frame)
