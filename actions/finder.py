"""One use case: ask the recommender, read what it names from the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.frame import Frame
from recsys.client import Overview, Recommendation, RecommenderClient
from shop.domain.catalog import Card, Category, ProductDetail
from shop.storage import Storage

LIMIT = 5


@dataclass(frozen=True)
class Found:
    """Cards in the recommender's order, and how it read and bent the constraints. `sort` as asked."""

    cards: tuple[Card, ...]
    constraints: dict[str, Any]
    relaxed: tuple[dict[str, Any], ...]
    total: int
    confident: bool
    sort: str | None = None

    @property
    def skus(self) -> tuple[str, ...]:
        return tuple(card.sku for card in self.cards)

    def to_json(self) -> dict[str, Any]:
        return {
            "items": [card.to_json() for card in self.cards],
            "constraints": self.constraints,
            "relaxed": list(self.relaxed),
            "total": self.total,
        }


class Finder:
    """Finds products for a frame or a free text; prices and stock come from the shop itself."""

    def __init__(self, storage: Storage, recommender: RecommenderClient) -> None:
        self._storage = storage
        self._recommender = recommender

    async def by_frame(
        self,
        frame: Frame,
        sort: str | None = None,
        besides: Sequence[str] = (),
        limit: int = LIMIT,
        named: Sequence[str] = (),
    ) -> Found:
        """Products for a frame, without the families of the SKUs in `besides`; the products in `named` come first."""
        exclude = [card.product_id for card in await self.cards(besides)]
        found = await self._found(
            await self._recommender.recommend(
                constraints=frame, sort=sort, exclude=exclude, limit=limit, named=named
            )
        )
        return replace(found, sort=sort)

    async def by_text(self, text: str) -> Found:
        """Products for a sentence that was not understood as a search."""
        return await self._found(await self._recommender.recommend(text=text, limit=LIMIT))

    async def cards(self, skus: Sequence[str]) -> list[Card]:
        async with self._storage.unit() as unit:
            return await unit.catalog.cards(skus)

    async def only(self, frame: Frame) -> Card | None:
        """The product that alone fits a frame, where nothing has to give way."""
        found = await self.by_frame(frame, limit=2)
        return found.cards[0] if found.total == 1 and found.cards and not found.relaxed else None

    async def product(self, sku: str) -> ProductDetail:
        """Raises UnknownSku."""
        async with self._storage.unit() as unit:
            return await unit.catalog.product(sku)

    async def overview(self, frame: Frame, skus: Sequence[str] = ()) -> Overview:
        """What the shop has for a frame; `skus` are those whose sizes matter."""
        products = [card.product_id for card in await self.cards(skus)]
        return await self._recommender.facets(frame, products)

    async def category(self, name: str) -> Category | None:
        async with self._storage.unit() as unit:
            categories = await unit.catalog.categories()
        return next((category for category in categories if category.name == name), None)

    async def model(self, card: Card) -> str:
        """The model that a product is, as the catalogue names it."""
        async with self._storage.unit() as unit:
            products = await unit.catalog.products([card.product_id])
        return products[0].model if products else ""

    async def departments(self, limit: int = 6) -> list[str]:
        """Departments in the shop's own order."""
        async with self._storage.unit() as unit:
            categories = await unit.catalog.categories()
        return list(dict.fromkeys(category.department for category in categories))[:limit]

    async def _found(self, recommendation: Recommendation) -> Found:
        reasons = {item.sku: item.reasons for item in recommendation.items}
        cards = await self.cards([item.sku for item in recommendation.items])
        return Found(
            tuple(replace(card, reasons=reasons[card.sku]) for card in cards),
            recommendation.constraints,
            recommendation.relaxed,
            recommendation.total,
            recommendation.confident,
        )
