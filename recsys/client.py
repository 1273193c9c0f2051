"""HTTP client of the recommender: the only door through which other rooms reach `recsys`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal

import aiohttp

Context = Literal["chat", "search", "home", "product", "cart"]


class RecommenderUnavailable(Exception):
    """The recommender did not answer in time, or answered with a server error."""


class BadRequest(Exception):
    """The recommender refused the request; the message says why."""


@dataclass(frozen=True)
class Recommended:
    """One product: the best matching SKU of a family, its score and reasons a shopper can read."""

    product_id: str
    sku: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recommendation:
    """`constraints` as applied; `relaxed` says which of them had to give way: constraint, from, to."""

    items: tuple[Recommended, ...]
    constraints: dict[str, Any] = field(default_factory=dict)
    relaxed: tuple[dict[str, Any], ...] = ()
    total: int = 0
    confident: bool = True


class RecommenderClient:
    """Pooled connections to one recommender; use as an async context manager."""

    def __init__(self, base_url: str, timeout_s: float = 2.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, connect=0.5)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> RecommenderClient:
        self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def recommend(
        self,
        text: str | None = None,
        constraints: Mapping[str, Any] | None = None,
        *,
        limit: int = 5,
        exclude: Sequence[str] = (),
        sort: str | None = None,
        context: Context = "chat",
        product_id: str | None = None,
    ) -> Recommendation:
        """Ranked products. Raises RecommenderUnavailable or BadRequest."""
        body = {
            "text": text, "constraints": None if constraints is None else dict(constraints), "limit": limit,
            "exclude": list(exclude), "sort": sort, "context": context, "product_id": product_id,
        }  # fmt: skip
        answer = await self._request("POST", "/internal/recommend", body)
        items = tuple(
            Recommended(i["product_id"], i["sku"], i["score"], tuple(i["reasons"]))
            for i in answer["items"]
        )
        return Recommendation(
            items,
            answer["constraints"],
            tuple(answer["relaxed"]),
            answer["total"],
            answer["confident"],
        )

    async def understand(self, text: str) -> dict[str, Any]:
        """The parsed query as JSON: constraints, sort, relative, ordinals, need."""
        return await self._request("POST", "/internal/understand", {"text": text})

    async def update_products(
        self, upsert: Sequence[Mapping[str, Any]], delete: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Make changed documents searchable at once."""
        return await self._request(
            "POST",
            "/internal/products",
            {"upsert": [dict(d) for d in upsert], "delete": list(delete)},
        )

    async def record_events(self, events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        return await self._request(
            "POST", "/internal/events", {"events": [dict(e) for e in events]}
        )

    async def ready(self) -> dict[str, Any]:
        return await self._request("GET", "/readyz", None)

    async def _request(self, method: str, path: str, body: object) -> dict[str, Any]:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        try:
            async with self._session.request(method, self._base_url + path, json=body) as response:
                answer: dict[str, Any] = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise RecommenderUnavailable(f"{method} {path}: {type(error).__name__}") from error
        if response.status >= 500:
            raise RecommenderUnavailable(f"{method} {path}: status {response.status}")
        if response.status >= 400:
            raise BadRequest(str(answer.get("detail", response.status)))
        return answer
