"""Another size or colour of what is in the cart: 换成藏青的 · 他好像穿43."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions.add_to_cart import named
from actions.cart import ActionViewCart
from actions.options import Options, names, values_of
from actions.reply import Reply
from actions.smalltalk import SMALL_TALK
from actions.turn import Turn
from shop.domain.cart import CartItem
from shop.domain.catalog import Card
from shop.domain.errors import BadQuantity, OutOfStock
from shop.storage import Storage

_MEANT_FOR = frozenset(
    {
        *SMALL_TALK,
        "action_advise_size",
        "action_change_cart",
        "action_correct",
        "action_fallback",
        "action_product_detail",
        "action_refine",
        "action_search_products",
    }
)
_INSTEAD = re.compile(r"[换改]|还是|应该|好像|错|不对|不是|等[下等一]")


class Swap:
    """The line that is spoken of gets other options; what is not said of it stays."""

    def __init__(self, storage: Storage, chooser: Options, view: ActionViewCart) -> None:
        self._storage = storage
        self._options = chooser
        self._view = view

    async def heard(self, name: str, turn: Turn, reply: Reply) -> list[EventType] | None:
        """None where the sentence, meant for the action `name`, is about something else."""
        if name not in _MEANT_FOR or not _may_swap(turn):
            return None
        item, family = await self._line(turn)
        card = item and await self._other(turn, item, family)
        if not item or not card:
            return None
        return await self._swap(turn, reply, item, card)

    async def _line(self, turn: Turn) -> tuple[CartItem | None, tuple[Card, ...]]:
        async with self._storage.unit() as unit:
            cart = await unit.carts.get(turn.conversation_id)
            item = next((one for one in cart.items if one.card.sku == turn.focus), None)
            if item is None:
                return None, ()
            return item, (await unit.catalog.product(item.card.sku)).skus

    async def _other(self, turn: Turn, item: CartItem, family: Sequence[Card]) -> Card | None:
        """The one SKU that has the options said, and else those of the line."""
        left = (await self._options.narrow(family, turn.text, turn.reading.constraints)).cards
        told = [n for n in names(family) if values_of(left, n) != values_of(family, n)]
        own = item.card.options
        fits = [c for c in left if all(c.options[n] == own[n] for n in c.options if n not in told)]
        other = bool(told) and len(fits) == 1 and fits[0].sku != item.card.sku
        return fits[0] if other else None

    async def _swap(self, turn: Turn, reply: Reply, item: CartItem, card: Card) -> list[EventType]:
        try:
            async with self._storage.unit() as unit:
                await unit.carts.add(turn.conversation_id, card.sku, item.quantity)
                await unit.carts.remove(turn.conversation_id, item.card.sku)
                await unit.commit()
        except OutOfStock as refusal:
            response = "utter_cart_too_many" if refusal.available else "utter_cart_sold_out"
            reply.say(response, name=named(card), available=refusal.available)
            return []
        except BadQuantity:
            reply.say("utter_cart_limit")
            return []
        await self._view.show(turn, reply, "utter_cart_swapped", name=named(card))
        return [SlotSet("focus", card.sku)]


def _may_swap(turn: Turn) -> bool:
    reading = turn.reading
    other = reading.quantity or reading.ordinals or reading.names_a_product or reading.asks
    return bool(turn.focus) and not (other or turn.pending) and bool(_INSTEAD.search(turn.text))
