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


@dataclass(frozen=True)
class Answer:
    """One answer to a question: a sentence that is read as `constraints`, and how many products it leaves."""

    label: str
    constraints: dict[str, Any]
    count: int


@dataclass(frozen=True)
class Facet:
    """One question: about category, price, brand, colour, an attribute, a number, or the size in general."""

    name: str
    kind: str
    answers: tuple[Answer, ...]
    expected_remaining: float = 0.0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Facet:
        answers = tuple(Answer(v["label"], v["constraints"], v["count"]) for v in data["values"])
        return cls(data["name"], data["kind"], answers, data["expected_remaining"])


@dataclass(frozen=True)
class WayOut:
    """Giving up `lifted` leaves `count` products at prices from `low` to `high`."""

    lifted: str
    count: int
    low: float
    high: float


@dataclass(frozen=True)
class Overview:
    """What the shop has for some constraints. `low` and `high` are the prices, None where there is nothing."""

    total: int
    low: float | None = None
    high: float | None = None
    facets: tuple[Facet, ...] = ()
    size: Facet | None = None
    sizes_of: Mapping[str, float] = field(default_factory=dict)
    ways: tuple[WayOut, ...] = ()
    unfilterable: tuple[dict[str, Any], ...] = ()
    unmentioned: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Overview:
        prices = data["prices"] or {"min": None, "max": None}
        ways = tuple(
            WayOut(w["lifted"], w["count"], w["prices"]["min"], w["prices"]["max"])
            for w in data["ways"]
        )
        return cls(
            data["total"], prices["min"], prices["max"],
            tuple(map(Facet.from_json, data["facets"])),
            Facet.from_json(data["size"]) if data["size"] else None, data["sizes_of"],
            ways, tuple(data["unfilterable"]), tuple(data["unmentioned"]),
        )  # fmt: skip


@dataclass(frozen=True)
class FaqMatch:
    """A topic of the FAQ, how it is asked, and the probability that it is the one meant."""

    topic: str
    question: str
    probability: float


@dataclass(frozen=True)
class FaqFound:
    """The likeliest topics, best first; `confident` when the first may be answered without asking back."""

    matches: tuple[FaqMatch, ...]
    confident: bool


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
        named: Sequence[str] = (),
    ) -> Recommendation:
        """Ranked products. Raises RecommenderUnavailable or BadRequest."""
        body = {
            "text": text, "constraints": None if constraints is None else dict(constraints), "limit": limit,
            "exclude": list(exclude), "sort": sort, "context": context, "product_id": product_id,
            "named": list(named),
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

    async def facets(
        self, constraints: Mapping[str, Any], products: Sequence[str] = ()
    ) -> Overview:
        """How many products there are and what tells them apart; the sizes of `products` besides."""
        body = {"constraints": dict(constraints), "products": list(products)}
        return Overview.from_json(await self._request("POST", "/internal/facets", body))

    async def understand(self, text: str, category: str | None = None) -> dict[str, Any]:
        """The parsed query as JSON: constraints, sort, relative, ordinals, need; `category` is what is talked of."""
        body = {"text": text, "category": category}
        return await self._request("POST", "/internal/understand", body)

    async def faq(self, text: str) -> FaqFound:
        """Which of the shop's terms a sentence asks about. Raises RecommenderUnavailable or BadRequest."""
        answer = await self._request("POST", "/internal/faq", {"text": text})
        matches = tuple(FaqMatch(**match) for match in answer["matches"])
        return FaqFound(matches, answer["confident"])

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
