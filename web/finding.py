"""Lists of products: the recommender ranks, the shop tells what they are and cost now."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from recsys.client import Context, Recommendation, RecommenderClient, RecommenderUnavailable
from shop.domain import Card
from shop.storage import Storage

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """Cards in order; how the wish was read and bent; how many there are in all."""

    cards: Sequence[Card]
    total: int
    constraints: dict[str, Any] = field(default_factory=dict)
    relaxed: Sequence[dict[str, Any]] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "items": [card.to_json() for card in self.cards],
            "constraints": self.constraints,
            "relaxed": list(self.relaxed),
            "total": self.total,
        }


class Finding:
    """Search and recommendations for pages; the chat has its own way to the recommender."""

    def __init__(self, storage: Storage, recommender: RecommenderClient) -> None:
        self._storage = storage
        self._recommender = recommender

    async def search(self, text: str, limit: int) -> Found:
        """Raises RecommenderUnavailable, BadRequest."""
        found = await self._recommender.recommend(text, limit=limit, context="search")
        return await self._render(found)

    async def recommend(self, context: Context, limit: int, sku: str | None = None) -> Found:
        """What goes with a SKU or with nothing; popular products when the recommender is down.

        Raises UnknownSku.
        """
        seen = None if sku is None else await self._card(sku)
        try:
            found = await self._ask(context, limit, seen)
        except RecommenderUnavailable as error:
            log.warning("popular products instead of recommendations: %s", error)
        else:
            if found.items:
                return await self._render(found)
        return await self._popular(limit, seen)

    async def _ask(self, context: Context, limit: int, seen: Card | None) -> Recommendation:
        """A product's page asks for its like: of its category, the nearest to its title first."""
        if seen is None:
            return await self._recommender.recommend(limit=limit, context=context)
        alike = context == "product"
        return await self._recommender.recommend(
            seen.title if alike else None,
            {"category": seen.category} if alike else None,
            limit=limit,
            context=context,
            product_id=seen.product_id,
        )

    async def _card(self, sku: str) -> Card:
        async with self._storage.unit() as unit:
            return await unit.catalog.card(sku)

    async def _popular(self, limit: int, seen: Card | None) -> Found:
        """What sells best, of the same category and never the product itself."""
        category = None if seen is None else seen.category
        async with self._storage.unit() as unit:
            cards = await unit.catalog.popular(limit + 1, category)
        others = [c for c in cards if seen is None or c.product_id != seen.product_id][:limit]
        return Found(others, len(others))

    async def _render(self, found: Recommendation) -> Found:
        reasons = {item.sku: item.reasons for item in found.items}
        async with self._storage.unit() as unit:
            cards = await unit.catalog.cards(list(reasons))
        explained = [replace(card, reasons=reasons[card.sku]) for card in cards]
        return Found(explained, found.total, found.constraints, found.relaxed)
