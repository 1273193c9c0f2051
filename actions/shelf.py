"""What the shop itself knows of products: families with every SKU, schemas, policies."""

from __future__ import annotations

import re
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
        named = () if mention.ordinals else await self.named(turn)
        if named:
            return named
        compared = compared_skus(turn)
        wanted = [sku for batch in turn.shown for sku in batch] + [*compared, *turn.spoken]
        cards = {card.sku: card for card in await self.cards(list(dict.fromkeys(wanted)))}
        lists = [[cards[sku] for sku in batch if sku in cards] for batch in turn.shown]
        pair = [cards[sku] for sku in compared if sku in cards]
        spoken = [cards[sku] for sku in turn.spoken if sku in cards]
        meant = resolve_all(mention, lists, turn.focus, pair, spoken)
        return meant if isinstance(meant, Unclear) else tuple(await self.cards(meant))

    async def named(self, turn: Turn) -> tuple[Card, ...]:
        """The products that the sentence names, by model or by the part of it that tells them from what was shown (16的);
        of each the SKU that was shown last, else the one that stands for it."""
        ids = [group[0] for group in turn.reading.named if len(group) == 1]
        shown = await self._shown_by_product(turn)
        async with self._storage.unit() as unit:
            products = await unit.catalog.products(
                ids or (list(shown) if turn.reading.part else ())
            )
        told = products if ids else _with_part(turn.reading.part or "", products)
        cards = [shown.get(p.product_id) or p.card(p.face()) for p in told]
        return tuple(card for card in cards if _of_the_kind(card, turn))

    async def _shown_by_product(self, turn: Turn) -> dict[str, Card]:
        skus = [sku for batch in turn.shown for sku in batch] + list(turn.spoken)
        cards = await self.cards(
            list(dict.fromkeys([*skus, *([turn.focus] if turn.focus else [])]))
        )
        return {card.product_id: card for card in cards}

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


def _with_part(part: str, products: Sequence[Product]) -> list[Product]:
    """The one whose model has this part as a word of its own."""
    word = re.compile(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", re.IGNORECASE)
    found = [product for product in products if part and word.search(product.model)]
    return found if len(found) == 1 else []


def _of_the_kind(card: Card, turn: Turn) -> bool:
    """In 小米15的手机壳 the phone is named, but a case is meant: the head of a noun stands last."""
    category = turn.reading.constraints.get("category")
    return category is None or category.endswith(card.category) or card.category.endswith(category)


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
        place=pointed.get("place"),
    )


def compared_skus(turn: Turn) -> tuple[str, ...]:
    """What was set side by side last, until another list is shown."""
    pending = turn.pending or {}
    skus = pending.get("skus", ()) if pending.get("action") == "action_compare" else ()
    return tuple(skus) if pending.get("beside") == list(turn.latest) else ()
