"""到货提醒: who wants to hear when sold-out goods are back."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import options, pending
from actions.add_to_cart import named
from actions.finder import Finder
from actions.options import Options
from actions.pointing import pointed
from actions.reference import Unclear
from actions.reply import Reply
from actions.shelf import Shelf
from actions.turn import Turn
from shop.domain.catalog import Card
from shop.domain.errors import InStock, UnknownSku
from shop.storage import Storage


class ActionNotifyStock(Action):
    """Keep the wish of a signed-in customer for one sold-out SKU."""

    def __init__(self, storage: Storage, finder: Finder, chooser: Options) -> None:
        self._storage = storage
        self._finder = finder
        self._options = chooser
        self._shelf = Shelf(storage)

    def name(self) -> str:
        return "action_notify_stock"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        target = await pointed(turn, self._shelf)
        if isinstance(target, Unclear):
            reply.say("utter_notice_which")
            return []
        try:
            family = (await self._finder.product(target)).skus
        except UnknownSku:
            reply.say("utter_product_gone")
            return [SlotSet("focus", None)]
        left = await self._options.narrow(family, turn.text, turn.reading.constraints)
        return await self._choose(turn, reply, family, left.cards, target)

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        waits = turn.pending or {}
        if heard == "action_deny":
            reply.say("utter_notice_left")
            return [pending.done()]
        cards = await self._finder.cards(waits["left"])
        said = pending.answered(turn)
        left = (await self._options.narrow(cards, said, turn.reading.constraints)).cards
        if not left or len(left) == len(cards):
            return None
        return await self._choose(turn, reply, cards, left, left[0].sku)

    async def _choose(
        self,
        turn: Turn,
        reply: Reply,
        family: Sequence[Card],
        left: Sequence[Card],
        target: str,
    ) -> list[EventType]:
        """The one sold-out SKU among those left; said in so many words, it need not be sold out."""
        sold_out = [card for card in left if card.stock == 0]
        if not sold_out:
            cards = left or family
            card = next((card for card in cards if card.sku == target), cards[0])
            reply.say("utter_notice_in_stock", name=named(card), stock=card.stock)
            return [SlotSet("focus", card.sku), pending.done()]
        same = next((card for card in sold_out if card.sku == target), None)
        if same is None and len(sold_out) > 1:
            return self._ask(reply, sold_out)
        return await self._register(turn, reply, same or sold_out[0])

    def _ask(self, reply: Reply, sold_out: Sequence[Card]) -> list[EventType]:
        option = options.missing(sold_out) or ""
        choices = options.values_of(sold_out, option)
        reply.offer("utter_notice_option", choices, title=sold_out[0].title, option=option)
        left = [card.sku for card in sold_out]
        return [pending.ask(self.name(), option, choices, left=left)]

    async def _register(self, turn: Turn, reply: Reply, card: Card) -> list[EventType]:
        events = [SlotSet("focus", card.sku), pending.done()]
        async with self._storage.unit() as unit:
            customer = (await unit.conversations.get(turn.conversation_id)).customer_id
            if customer is None:
                reply.say("utter_notice_sign_in", name=named(card))
                return events
            try:
                new = await unit.notices.ask(customer, card.sku)
            except (InStock, UnknownSku):
                reply.say("utter_notice_in_stock", name=named(card), stock=card.stock)
                return events
            await unit.commit()
        reply.say("utter_notice_kept" if new else "utter_notice_already", name=named(card))
        return events
