"""鼠标加回来: what was taken out of the cart is put in again, with the options that it had."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions.add_to_cart import ActionAddToCart
from actions.reply import Reply
from actions.shelf import Shelf
from actions.turn import Turn
from shop.domain.catalog import Card
from shop.storage import Storage

_BACK = re.compile(r"(?:加|放|捡|要)回(?:来|去|购物车)")


class BringBack:
    """Looks among the SKUs that were spoken of, the newest first, for one that is in the cart no more."""

    def __init__(self, storage: Storage, shelf: Shelf, purchase: ActionAddToCart) -> None:
        self._storage = storage
        self._shelf = shelf
        self._purchase = purchase

    async def heard(self, name: str, turn: Turn, reply: Reply) -> list[EventType] | None:
        if not _BACK.search(turn.text) or turn.reading.asks:
            return None
        card = await self._meant(turn)
        if card is None:
            return None
        return await self._purchase.put(turn, reply, card, turn.reading.quantity or 1)

    async def _meant(self, turn: Turn) -> Card | None:
        async with self._storage.unit() as unit:
            cart = await unit.carts.get(turn.conversation_id)
        held = {item.card.sku for item in cart.items}
        gone = await self._shelf.cards([s for s in reversed(turn.spoken) if s not in held])
        return next((card for card in gone if _is_named(card, turn)), None)


def _is_named(card: Card, turn: Turn) -> bool:
    said = turn.reading.constraints
    category, brands = said.get("category"), said.get("brands")
    kind = category is None or card.category.endswith(category) or category.endswith(card.category)
    return kind and (not brands or card.brand in brands)
