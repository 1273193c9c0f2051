"""Calls to a shop's system: with a time limit, repeated where that is safe, broken off where it is hopeless."""

import asyncio
import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from shop.domain import saying_no
from shop.domain.errors import BackendDown, BadBackendAnswer
from shop.remote.breaker import Breaker

# It may work in a moment: too busy, or a gateway whose server is being restarted.
_BUSY = frozenset({429, 500, 502, 503, 504})
_SEGMENT = re.compile(r"[^/\\\x00-\x1f\ud800-\udfff]{1,120}")
_MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Patience:
    """`timeout_s` for one try, `tries` in all; waits grow from `pause_s`, with jitter."""

    timeout_s: float = 5.0
    tries: int = 3
    pause_s: float = 0.2


class Client:
    """One system. Every call of the contract may be repeated: writes carry their operation id."""

    def __init__(
        self, session: aiohttp.ClientSession, base: URL, patience: Patience, breaker: Breaker
    ) -> None:
        self._session = session
        self._base = base
        self._patience = patience
        self._breaker = breaker

    async def get(self, *path: str, **query: str | int | None) -> Any:
        """The JSON answer. Raises what the system refuses with, BackendDown, BadBackendAnswer."""
        given = {name: str(value) for name, value in query.items() if value is not None}
        return await self._call("GET", path, query=given)

    async def put(self, *path: str, body: Mapping[str, Any]) -> Any:
        """Raises like `get`."""
        return await self._call("PUT", path, body=body)

    async def post(self, *path: str, body: Mapping[str, Any]) -> Any:
        """For questions whose words do not belong into an address. Raises like `get`."""
        return await self._call("POST", path, body=body)

    async def _call(
        self,
        method: str,
        path: tuple[str, ...],
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        url = self._url(path)
        for tried in range(self._patience.tries):
            if not self._breaker.allows():
                break
            if tried:
                await asyncio.sleep(self._patience.pause_s * 2**tried * random.random())
            answer = await self._try(method, url, query, body)
            if answer is not None:
                self._breaker.succeeded()
                return _read(*answer)
            self._breaker.failed()
        raise BackendDown

    async def _try(
        self,
        method: str,
        url: URL,
        query: Mapping[str, str] | None,
        body: Mapping[str, Any] | None,
    ) -> tuple[int, bytes] | None:
        """Status and content; None where it may work another time."""
        limit = aiohttp.ClientTimeout(total=self._patience.timeout_s)
        try:
            async with self._session.request(
                method, url, params=query, json=body, timeout=limit, allow_redirects=False
            ) as answer:
                content = await answer.content.read(_MAX_BYTES + 1)
                return None if answer.status in _BUSY else (answer.status, content)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return None

    def _url(self, path: tuple[str, ...]) -> URL:
        """Ids come from shoppers too: each stays within its own segment."""
        segments = []
        for segment in path:
            if not _SEGMENT.fullmatch(segment) or segment.strip(".") == "":
                raise UnsafeId
            segments.append(quote(segment, safe=""))
        return URL(f"{str(self._base).rstrip('/')}/{'/'.join(segments)}", encoded=True)


class UnsafeId(BadBackendAnswer):
    """An id that cannot be part of an address; there is nothing of that id."""


def _read(status: int, content: bytes) -> Any:
    if len(content) > _MAX_BYTES:
        raise BadBackendAnswer("too long")
    try:
        answer: Any = json.loads(content) if content else None
        if status in (404, 409):
            raise saying_no.load(answer)
    except (ValueError, KeyError, TypeError) as cause:
        raise BadBackendAnswer(f"status {status}") from cause
    if status not in (200, 201):
        raise BadBackendAnswer(f"status {status}")
    return answer
