"""Looking into the cart and changing it by word of mouth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import pending
from actions.add_to_cart import PRODUCT, QUANTITY, named
from actions.described import fits
from actions.pricing import PriceWords, Pricing
from actions.reference import Unresolved, resolve
from actions.reply import Reply, yuan
from actions.shelf import mention_of
from actions.turn import Turn
from shop.domain.cart import Cart, CartItem
from shop.domain.catalog import Card
from shop.domain.errors import BadQuantity, OutOfStock
from shop.storage import Storage

CONFIRMATION = "确认"
PURCHASE = "action_add_to_cart"
YES, NO = "确定清空", "先留着"


class ActionViewCart(Action):
    """What is in the cart, and what it costs after the offers."""

    def __init__(self, pricing: Pricing, words: PriceWords) -> None:
        self._pricing = pricing
        self._words = words

    def name(self) -> str:
        return "action_view_cart"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        await self.show(turn, reply, "utter_cart")
        waits = turn.pending or {}
        if waits.get("action") == PURCHASE and waits.get("choices"):
            # 下单, while something is still to be chosen before it can be put into the cart.
            reply.offer("utter_still_needed", waits["choices"], missing=waits["missing"])
            return []
        # 多少钱, said of a cart that was just shown, means the cart.
        return [SlotSet("focus", None)]

    async def show(self, turn: Turn, reply: Reply, response: str, **values: Any) -> None:
        """The cart under a response, or that it is empty."""
        cart, price = await self._pricing.cart(turn.conversation_id)
        if not cart.items:
            reply.say("utter_cart_empty")
            return
        count = sum(item.quantity for item in cart.items)
        payable, freight = yuan(price.quote.payable), self._words.freight(price)
        reply.say(response, count=count, payable=payable, freight=freight, **values)
        reply.attach("cart", self._words.cart(price))


class ActionChangeCart(Action):
    """Other quantities, lines taken out, or all of them once that is confirmed."""

    def __init__(self, storage: Storage, view: ActionViewCart) -> None:
        self._storage = storage
        self._view = view

    def name(self) -> str:
        return "action_change_cart"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        cart = await self._cart(turn)
        if not cart.items:
            reply.say("utter_cart_empty")
            return [pending.done()]
        if turn.reading.edit == "clear":
            reply.offer("utter_confirm_clear", [YES, NO], count=len(cart.items))
            return [pending.ask(self.name(), CONFIRMATION, [YES, NO])]
        return await self._change(turn, reply, cart, turn.reading.edit, turn.reading.quantity)

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        waits = turn.pending or {}
        if heard == "action_deny" or pending.chosen(turn, waits["choices"]) == NO:
            reply.say("utter_cart_kept")
            return [pending.done()]
        if waits["missing"] == CONFIRMATION:
            return await self._confirmed(turn, heard, reply)
        cart = await self._cart(turn)
        if waits["missing"] == QUANTITY:
            item = _line(cart, waits["sku"])
            quantity = turn.reading.quantity or turn.reading.alone
            return await self._set(turn, reply, item, quantity) if item and quantity else None
        if turn.reading.edit or isinstance(_target(turn, cart), Unresolved):
            return None
        return await self._change(turn, reply, cart, waits["edit"], waits["quantity"])

    async def _confirmed(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        if heard != "action_affirm" and pending.chosen(turn, [YES]) is None:
            return None
        async with self._storage.unit() as unit:
            for item in (await unit.carts.get(turn.conversation_id)).items:
                await unit.carts.remove(turn.conversation_id, item.card.sku)
            await unit.commit()
        reply.say("utter_cart_cleared")
        return [pending.done(), SlotSet("focus", None)]

    async def _change(
        self, turn: Turn, reply: Reply, cart: Cart, edit: str | None, quantity: int | None
    ) -> list[EventType]:
        target = _target(turn, cart)
        if isinstance(target, Unresolved):
            return await self._which(turn, reply, edit, quantity)
        item = next(item for item in cart.items if item.card.sku == target)
        if edit == "remove":
            wanted: int | None = 0
        elif quantity is None:
            wanted = None
        else:
            change = {"more": item.quantity + quantity, "less": item.quantity - quantity}
            wanted = max(0, change.get(edit or "", quantity))
        if wanted is None:
            reply.say("utter_cart_how_many", name=named(item.card), quantity=item.quantity)
            return [pending.ask(self.name(), QUANTITY, sku=item.card.sku)]
        return await self._set(turn, reply, item, wanted)

    async def _which(
        self, turn: Turn, reply: Reply, edit: str | None, quantity: int | None
    ) -> list[EventType]:
        await self._view.show(turn, reply, "utter_cart_which")
        return [pending.ask(self.name(), PRODUCT, edit=edit, quantity=quantity)]

    async def _set(
        self, turn: Turn, reply: Reply, item: CartItem, quantity: int
    ) -> list[EventType]:
        name = named(item.card)
        try:
            async with self._storage.unit() as unit:
                await unit.carts.set(turn.conversation_id, item.card.sku, quantity)
                await unit.commit()
        except OutOfStock as refusal:
            reply.say("utter_cart_too_many", name=name, available=refusal.available)
        except BadQuantity:
            reply.say("utter_cart_limit")
        else:
            response = "utter_cart_changed" if quantity else "utter_cart_removed"
            await self._changed(turn, reply, response, name, quantity)
        return [SlotSet("focus", item.card.sku if quantity else None), pending.done()]

    async def _changed(
        self, turn: Turn, reply: Reply, response: str, name: str, quantity: int
    ) -> None:
        cart = await self._cart(turn)
        if not cart.items:
            reply.say("utter_cart_removed_last", name=name)
            return
        await self._view.show(turn, reply, response, name=name, quantity=quantity)

    async def _cart(self, turn: Turn) -> Cart:
        async with self._storage.unit() as unit:
            return await unit.carts.get(turn.conversation_id)


def _line(cart: Cart, sku: str) -> CartItem | None:
    return next((item for item in cart.items if item.card.sku == sku), None)


def _target(turn: Turn, cart: Cart) -> str | Unresolved:
    """The line that is meant; 不要手机壳了 names it by what is refused."""
    cards = [item.card for item in cart.items]
    refused = _refused(turn, cards)
    if len(refused) == 1:
        return refused[0].sku
    described = [card for card in cards if _is_described(card, turn)]
    if len(described) == 1 and not turn.reading.ordinals:
        return described[0].sku
    focus = turn.focus if turn.focus in [card.sku for card in cards] else None
    return resolve(mention_of(turn), refused or cards, None if refused else focus)


def _is_described(card: Card, turn: Turn) -> bool:
    """把黑的删了 · 大号那个改成两件: the line with these options."""
    said = {k: v for k, v in turn.reading.constraints.items() if k in ("colours", "attributes")}
    return bool(said) and fits(said, card)


def _refused(turn: Turn, cards: Sequence[Card]) -> list[Card]:
    said = turn.reading.constraints
    words = [*said.get("not_words", ()), *said.get("not_brands", ())]
    return [c for c in cards if any(w in (c.category, c.brand) or w in c.title for w in words)]
