"""What the shop itself knows of products: families with every SKU, schemas, policies."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reference import Mention, Unclear, resolve_all
from actions.turn import Turn
from shop.domain.catalog import Card, Category, Product
from shop.domain.coupon import Coupon
from shop.domain.policy import Policy
from shop.storage import Storage


class Shelf:
    """Reads the shop, and finds on it what a turn points at."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def meant(self, turn: Turn, mention: Mention) -> tuple[Card, ...] | Unclear:
        """The products that a mention points at among all that was shown."""
        compared = compared_skus(turn)
        wanted = [sku for batch in turn.shown for sku in batch] + list(compared)
        cards = {card.sku: card for card in await self.cards(list(dict.fromkeys(wanted)))}
        lists = [[cards[sku] for sku in batch if sku in cards] for batch in turn.shown]
        pair = [cards[sku] for sku in compared if sku in cards]
        meant = resolve_all(mention, lists, turn.focus, pair)
        return meant if isinstance(meant, Unclear) else tuple(await self.cards(meant))

    async def cards(self, skus: Sequence[str]) -> list[Card]:
        async with self._storage.unit() as unit:
            return await unit.catalog.cards(skus)

    async def products(self, cards: Sequence[Card]) -> list[Product]:
        """The families of these cards, in their order."""
        async with self._storage.unit() as unit:
            return await unit.catalog.products([card.product_id for card in cards])

    async def category(self, name: str) -> Category | None:
        async with self._storage.unit() as unit:
            categories = await unit.catalog.categories()
        return next((category for category in categories if category.name == name), None)

    async def policies(self, topics: Sequence[str]) -> list[Policy]:
        """Those of these topics that there are, in this order."""
        async with self._storage.unit() as unit:
            known = {policy.topic: policy for policy in await unit.policies.all()}
        return [known[topic] for topic in topics if topic in known]

    async def coupons(self) -> list[Coupon]:
        """Those that count today."""
        async with self._storage.unit() as unit:
            return await unit.coupons.valid()

    async def policy(self, topic: str) -> Policy | None:
        async with self._storage.unit() as unit:
            return await unit.policies.get(topic)


def mention_of(turn: Turn) -> Mention:
    """How the sentence of a turn points."""
    reading, pointed = turn.reading, turn.reading.reference
    return Mention(
        ordinals=reading.ordinals,
        sort=reading.sort,
        category=pointed.get("category", reading.constraints.get("category")),
        brands=tuple(reading.constraints.get("brands", ())),
        batch=pointed.get("batch", 0),
        several=pointed.get("several"),
        described=pointed.get("described", {}),
        extremes=tuple(pointed.get("extremes", ())),
    )


def compared_skus(turn: Turn) -> tuple[str, ...]:
    """What was set side by side last, until another list is shown."""
    pending = turn.pending or {}
    skus = pending.get("skus", ()) if pending.get("action") == "action_compare" else ()
    return tuple(skus) if pending.get("beside") == list(turn.latest) else ()
