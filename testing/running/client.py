"""A shopper's page: the public HTTP interface, nothing else."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

TIMEOUT_S = 30


class NoAnswer(Exception):
    """The system cannot be spoken to; the message says why."""


@dataclass(frozen=True)
class Reply:
    """Status and body of one call; how long it took."""

    status: int
    body: Any
    seconds: float


class Client:
    """Connections to one system; use as an async context manager."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        self._session = aiohttp.ClientSession(timeout=timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def start(self, customer_token: str | None = None, token: str | None = None) -> Chat:
        """A conversation, that of `token` if it may be gone on with; raises NoAnswer."""
        body = {} if customer_token is None else {"customer_token": customer_token}
        reply = await self.call("POST", "/api/session", body, token)
        if reply.status != 200:
            raise NoAnswer(f"没能开始会话：{_problem(reply)}")
        return Chat(self, reply.body["token"], reply.body["conversation_id"])

    async def call(
        self,
        method: str,
        path: str,
        json: Any = None,
        token: str | None = None,
        data: bytes | None = None,
    ) -> Reply:
        """With a body of `json` or of raw `data`; raises NoAnswer."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        began = time.perf_counter()
        try:
            async with self._session.request(
                method, self._url + path, json=json, data=data, headers=headers
            ) as response:
                is_json = "json" in response.content_type
                body = await response.json(content_type=None) if is_json else await response.text()
                return Reply(response.status, body, time.perf_counter() - began)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NoAnswer(f"{method} {path}: {type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class Chat:
    """One conversation."""

    client: Client
    token: str
    conversation_id: str

    async def say(
        self, text: str, photos: Sequence[str] = ()
    ) -> tuple[list[Mapping[str, Any]], float]:
        """The bot's messages and the seconds they took; `photos` are ids. Raises NoAnswer."""
        body = {"text": text, **({"photos": list(photos)} if photos else {})}
        reply = await self.call("POST", "/api/chat", body)
        if reply.status != 200:
            raise NoAnswer(_problem(reply))
        return [m for m in reply.body["messages"] if m["from"] != "shopper"], reply.seconds

    async def upload(self, picture: bytes) -> str:
        """The id of the photo; raises NoAnswer."""
        reply = await self.client.call("POST", "/api/photos", token=self.token, data=picture)
        if reply.status != 201:
            raise NoAnswer(_problem(reply))
        return str(reply.body["photo_id"])

    async def call(
        self, method: str, path: str, json: Any = None, anonymous: bool = False
    ) -> Reply:
        """As the conversation's shopper, or as nobody; raises NoAnswer."""
        return await self.client.call(method, path, json, None if anonymous else self.token)


def _problem(reply: Reply) -> str:
    detail = reply.body.get("detail", "") if isinstance(reply.body, dict) else ""
    return f"状态码 {reply.status} {detail}".strip()
