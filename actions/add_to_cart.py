"""Putting goods into the cart by word of mouth, once it is clear which and how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import options, pending
from actions.finder import Finder
from actions.options import Options
from actions.pointing import pointed
from actions.reference import Unclear
from actions.reply import Reply, yuan
from actions.shelf import Shelf
from actions.turn import Turn
from actions.which import Which
from shop.domain.cart import Cart
from shop.domain.catalog import Card
from shop.domain.errors import BadQuantity, OutOfStock, UnknownSku
from shop.storage import Storage

PRODUCT = "商品"
QUANTITY = "数量"
SIZE = "尺码"
_WHOLE_COUNT = re.compile(r"[那我就直接改成一共总共]*要[^再多加]{1,5}$")
_OF_OPTIONS = ("action_answer_stock", "action_answer_attribute")


@dataclass(frozen=True)
class Wish:
    """The SKUs of a family that are still possible, and how many of one are wanted."""

    cards: tuple[Card, ...]
    quantity: int

    @property
    def title(self) -> str:
        return self.cards[0].title


class ActionAddToCart(Action):
    """Resolve the product, ask for the options that are open, then add."""

    def __init__(self, storage: Storage, finder: Finder, chooser: Options) -> None:
        self._storage = storage
        self._finder = finder
        self._options = chooser
        self._which = Which(finder)
        self._shelf = Shelf(storage)

    def name(self) -> str:
        return "action_add_to_cart"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = await self._without_option(Turn.of(tracker)), Reply(dispatcher)
        target = await pointed(turn, self._shelf)
        if isinstance(target, Unclear):
            target = await self._described(turn) or target
        if isinstance(target, Unclear):
            waits = pending.ask(self.name(), PRODUCT, said=[_saying(turn)])
            # The words around 加入购物车 describe no goods.
            asking = turn.without_need()
            return await self._which.ask(target, asking, reply, "utter_add_which", waits)
        return await self._wished(turn, reply, target, [_saying(turn)])

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        if heard == "action_deny":
            reply.say("utter_cart_left")
            return [pending.done()]
        if (turn.pending or {})["missing"] == PRODUCT:
            return await self._product_named(turn, reply)
        # 第一个改成一双 speaks of the cart's first line, 第一个加购 of the list's: neither is an answer.
        elsewhere = heard in (self.name(), "action_change_cart") and turn.reading.ordinals
        if turn.reading.names_a_product or elsewhere:
            return None
        again = heard == self.name() and await self._same_product(turn)
        return await self._option_named(turn, heard, reply, again=again)

    async def _without_option(self, turn: Turn) -> Turn:
        """黑色 小米15的 来一个: of the case that is spoken of, the name of a phone is an option."""
        said = turn.reading.constraints
        values = [str(one["value"]) for one in said.get("attributes", ())]
        tells = bool(said.get("colours")) or any(f"{value}的" in turn.text for value in values)
        if not (turn.focus and turn.reading.named and values and tells):
            return turn
        named = await self._shelf.named(turn)
        spoken = {card.category for card in await self._shelf.cards([turn.focus])}
        if not spoken or any(card.category in spoken for card in named):
            return turn
        return replace(turn, reading=replace(turn.reading, named=()))

    async def _described(self, turn: Turn) -> str | None:
        """The product that alone has all that is said: 许翠花猫砂 绿茶味 加购, shown or not."""
        described = turn.without_need().reading.constraints
        known = {k: v for k, v in turn.frame.items() if k == "category"} | described
        if turn.reading.ordinals or not described or not known.keys() & {"category", "brands"}:
            return None
        kind = {k: v for k, v in known.items() if k in ("category", "brands")}
        card = await self._finder.only(known)
        if card is None and len(kind) == 2:
            card = await self._finder.only(kind)  # its options are asked for
        return card.sku if card else None

    async def put(self, turn: Turn, reply: Reply, card: Card, quantity: int) -> list[EventType]:
        """So many of a SKU that is known."""
        return await self._settle(turn, reply, Wish((card,), quantity))

    async def _product_named(self, turn: Turn, reply: Reply) -> list[EventType] | None:
        reading = turn.reading
        if not (reading.ordinals or reading.sort or reading.names_a_product):
            return None
        target = await pointed(replace(turn, focus=None), self._shelf)
        if isinstance(target, Unclear):
            return None
        said = (turn.pending or {})["said"]
        return await self._wished(turn, reply, target, [*said, _saying(turn)])

    async def _same_product(self, turn: Turn) -> bool:
        """Whether what was spoken of since is still the product that the question is about."""
        waits = turn.pending or {}
        cards = await self._finder.cards([waits["left"][0], turn.focus or ""])
        return len({card.product_id for card in cards}) == 1

    async def _option_named(
        self, turn: Turn, heard: str, reply: Reply, *, again: bool
    ) -> list[EventType] | None:
        """`again`: where no option is named the question is asked once more."""
        waits = turn.pending or {}
        cards = tuple(await self._finder.cards(waits["left"]))
        if not cards:
            return None
        count = await self._options.pieces(cards, turn.text, turn.reading.quantity)
        if waits["missing"] == QUANTITY:
            count = count or turn.reading.alone
        wish = Wish(cards, count or waits["quantity"])
        said = pending.answered(turn)
        left = await self._options.narrow(cards, said, turn.reading.constraints)
        if left.conflict:
            return self._no_such_option(reply, wish, left.conflict)
        if turn.reading.size and (option := _without(cards, said)):
            return self._no_such_option(reply, wish, option)
        if left.cards == cards and count is None and not again:
            return self._other_option(turn, heard, reply, wish)
        if left.cards == cards:
            return await self._settle(turn, reply, await self._as_asked(turn, wish))
        return await self._settle(turn, reply, replace(wish, cards=left.cards))

    def _other_option(
        self, turn: Turn, heard: str, reply: Reply, wish: Wish
    ) -> list[EventType] | None:
        """A colour or a measure that this product does not come in is an answer, too."""
        said = {"colours", "attributes"} & turn.reading.constraints.keys()
        waits = turn.pending or {}
        if heard != "action_refine" or not said or waits["missing"] == QUANTITY:
            return None
        return self._no_such_option(reply, wish, waits["missing"])

    async def _wished(
        self, turn: Turn, reply: Reply, sku: str, said: Sequence[dict[str, Any]]
    ) -> list[EventType]:
        try:
            family = (await self._finder.product(sku)).skus
        except UnknownSku:
            reply.say("utter_product_gone")
            return [SlotSet("focus", None), pending.done()]
        wish = Wish(family, 1)
        for one in said:
            count = await self._options.pieces(family, one["text"], one["quantity"])
            wish = replace(wish, quantity=count or wish.quantity)
            left = await self._options.narrow(wish.cards, one["text"], one["constraints"])
            if left.conflict:
                return self._no_such_option(reply, wish, left.conflict)
            wish = replace(wish, cards=left.cards)
        if wish.cards == family:
            wish = await self._as_held(turn, wish, sku)
        if wish.cards == family:
            wish = await self._as_asked(turn, wish)
        return await self._settle(turn, reply, await self._as_searched(turn, wish))

    async def _as_held(self, turn: Turn, wish: Wish, sku: str) -> Wish:
        """再来两件, said of what is in the cart already, means the same options."""
        async with self._storage.unit() as unit:
            cart = await unit.carts.get(turn.conversation_id)
        held = tuple(item.card for item in cart.items if item.card.sku == sku)
        return replace(wish, cards=held) if held else wish

    async def _as_asked(self, turn: Turn, wish: Wish) -> Wish:
        """就它吧, after 有白色42的吗, means what was asked about."""
        asked = turn.question or {}
        if asked.get("action") not in _OF_OPTIONS:
            return wish
        left = await self._options.narrow(wish.cards, asked["text"], asked["constraints"])
        return replace(wish, cards=left.cards) if any(c.stock for c in left.cards) else wish

    async def _as_searched(self, turn: Turn, wish: Wish) -> Wish:
        """What was asked for in the search goes without saying, unless it leaves nothing to buy."""
        left = (await self._options.narrow(wish.cards, "", turn.frame)).cards
        return replace(wish, cards=left) if any(card.stock for card in left) else wish

    async def _settle(self, turn: Turn, reply: Reply, wish: Wish) -> list[EventType]:
        """Add what is clear by now, or ask for what is not."""
        buyable = options.by_the_piece([card for card in wish.cards if card.stock > 0], turn.text)
        if not buyable:
            card = wish.cards[0]
            reply.say("utter_cart_sold_out", name=named(card))
            return [SlotSet("focus", card.sku), pending.done()]
        option = options.missing(buyable)
        if option is not None:
            return self._ask_option(reply, "utter_ask_option", wish, option)
        return await self._add(turn, reply, buyable[0], wish.quantity)

    def _no_such_option(self, reply: Reply, wish: Wish, option: str) -> list[EventType]:
        return self._ask_option(reply, "utter_no_such_option", wish, option)

    def _ask_option(self, reply: Reply, response: str, wish: Wish, option: str) -> list[EventType]:
        buyable = [card for card in wish.cards if card.stock > 0]
        choices = options.values_of(buyable, option)
        reply.offer(response, choices, title=wish.title, option=option)
        left = [card.sku for card in wish.cards]
        waits = pending.ask(self.name(), option, choices, left=left, quantity=wish.quantity)
        return [SlotSet("focus", left[0]), waits]

    async def _add(self, turn: Turn, reply: Reply, card: Card, quantity: int) -> list[EventType]:
        try:
            cart = await self._put(turn, card.sku, quantity)
        except OutOfStock as refusal:
            return await self._refused(turn, reply, card, refusal.available)
        except BadQuantity:
            reply.say("utter_cart_limit")
        else:
            total = yuan(cart.total)
            reply.say("utter_added_to_cart", name=named(card), quantity=quantity, total=total)
        return [SlotSet("focus", card.sku), pending.done()]

    async def _put(self, turn: Turn, sku: str, quantity: int) -> Cart:
        """要两双, of what is in the cart already, says how many it is to be; 再要两双 how many more."""
        async with self._storage.unit() as unit:
            cart = await unit.carts.get(turn.conversation_id)
            held = any(item.card.sku == sku for item in cart.items)
            whole = held and turn.focus == sku and _WHOLE_COUNT.match(turn.text)
            put = unit.carts.set if whole else unit.carts.add
            await put(turn.conversation_id, sku, quantity)
            await unit.commit()
            return await unit.carts.get(turn.conversation_id)

    async def _refused(
        self, turn: Turn, reply: Reply, card: Card, available: int
    ) -> list[EventType]:
        """More than there is: how many are there, and how many shall it be?"""
        async with self._storage.unit() as unit:
            cart = await unit.carts.get(turn.conversation_id)
        held = next((item.quantity for item in cart.items if item.card.sku == card.sku), 0)
        response = "utter_cart_too_many" if held == 0 else "utter_cart_too_many_more"
        reply.say(response, name=named(card), available=available, held=held)
        waits = pending.ask(self.name(), QUANTITY, left=[card.sku], quantity=available)
        return [SlotSet("focus", card.sku), waits]


def named(card: Card) -> str:
    """A SKU in words: title and options."""
    return f"{card.title} {options.label(card)}".strip()


def _without(cards: Sequence[Card], said: str) -> str | None:
    """The option of sizes where none of its values is said: L码 of shoes."""
    values = options.values_of(cards, SIZE)
    return SIZE if values and options.literal(said, values) is None else None


def _saying(turn: Turn) -> dict[str, Any]:
    reading = turn.reading
    return {"text": turn.text, "constraints": reading.constraints, "quantity": reading.quantity}
