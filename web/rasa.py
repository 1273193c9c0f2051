"""Client of Rasa's REST channel."""

import json
from types import TracebackType
from typing import Any, Self

import aiohttp

Reply = dict[str, Any]


class RasaError(Exception):
    """Rasa gave no usable answer; the message never holds what was said."""


class RasaUnavailable(RasaError):
    """Rasa cannot be reached, is too slow, or fails."""


class RasaSilent(RasaError):
    """Rasa answered nothing: that is how its REST channel shows a failed action."""


class RasaUnusable(RasaError):
    """An answer outside the contract between actions and gateway."""


class RasaClient:
    """Pooled connections to one Rasa server; use as an async context manager."""

    def __init__(self, base_url: str, timeout_s: float = 2.5) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        # A conversation is a connection's worth of waiting: the default of 100 would be a queue.
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(timeout=self._timeout, connector=connector)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def answer(self, conversation_id: str, text: str) -> list[Reply]:
        """What Rasa says to a sentence, never nothing.

        Raises RasaUnavailable, RasaUnusable, RasaSilent.
        """
        body = {"sender": conversation_id, "message": text}
        replies = await self._request("POST", "/webhooks/rest/webhook", body)
        if not isinstance(replies, list) or not all(isinstance(r, dict) for r in replies):
            raise RasaUnusable("not a list of messages")
        if not _is_writable(replies):
            raise RasaUnusable("what no database holds: NaN or half a character")
        if not replies:
            raise RasaSilent("an empty answer")
        return replies

    async def ready(self) -> None:
        """Raises RasaUnavailable; Rasa opens its port when its model is loaded."""
        await self._request("GET", "/webhooks/rest/", None)

    async def _request(self, method: str, path: str, body: object) -> Any:
        if self._session is None:
            raise RuntimeError("use `async with`")
        try:
            async with self._session.request(method, self._base_url + path, json=body) as response:
                response.raise_for_status()
                return await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise RasaUnavailable(type(error).__name__) from error


def _is_writable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return False
    return True
