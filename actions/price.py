"""What something costs after all offers, step by step."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.finder import Finder
from actions.pointing import pointed
from actions.pricing import Price, PriceWords, Pricing
from actions.reference import Unresolved
from actions.reply import Reply, yuan
from actions.search import Search
from actions.turn import Turn
from shop.domain.cart import MAX_QUANTITY
from shop.domain.errors import UnknownSku

TOLD = 4


class ActionQuotePrice(Action):
    """The product that is meant, or the cart; where neither is, the offers of today."""

    def __init__(self, finder: Finder, pricing: Pricing, words: PriceWords) -> None:
        self._finder = finder
        self._pricing = pricing
        self._words = words
        self._search = Search(finder)

    def name(self) -> str:
        return "action_quote_price"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        cart, price = await self._pricing.cart(turn.conversation_id)
        if turn.reading.whole and cart.items:
            return self._tell(reply, "utter_price_cart", price)
        target = pointed(turn, await self._finder.cards(turn.latest), turn.focus)
        if not isinstance(target, Unresolved):
            held = next((i.quantity for i in cart.items if i.card.sku == target), 1)
            return await self._item(turn, reply, target, turn.reading.quantity or held)
        if target is Unresolved.OUT_OF_RANGE:
            reply.say("utter_no_such_product", count=len(turn.latest))
            return []
        if turn.reading.names_a_product:
            return await self._search.run(turn.afresh(), reply, new_search=True)
        # 便宜点吧, said of a list and of nothing in it, asks for other goods.
        if turn.reading.relative and turn.shown:
            return await self._search.run(turn, reply, new_search=False)
        if cart.items:
            return self._tell(reply, "utter_price_cart", price)
        return await self._offers(turn, reply)

    async def _item(self, turn: Turn, reply: Reply, sku: str, quantity: int) -> list[EventType]:
        if quantity > MAX_QUANTITY:
            reply.say("utter_cart_limit")
            return []
        try:
            price = await self._pricing.item(turn.conversation_id, sku, quantity)
        except UnknownSku:
            reply.say("utter_product_gone")
            return [SlotSet("focus", None)]
        self._tell(reply, "utter_price", price)
        return [SlotSet("focus", sku)]

    def _tell(self, reply: Reply, response: str, price: Price) -> list[EventType]:
        if not price.quote.applied:
            response = "utter_price_plain"
        count = sum(item.quantity for item in price.items)
        title = price.items[0].card.title
        payable, freight = yuan(price.quote.payable), self._words.freight(price)
        reply.say(response, title=title, count=count, payable=payable, freight=freight)
        reply.attach("price", self._words.price(price))
        return []

    async def _offers(self, turn: Turn, reply: Reply) -> list[EventType]:
        """Which offers there are, soonest to end first; no haggling."""
        offers = await self._pricing.current(turn.latest)
        if not offers:
            reply.say("utter_no_offers")
            return []
        soonest = sorted(offers, key=lambda offer: offer.valid_until)[:TOLD]
        reply.say("utter_offers", offers="；".join(offer.title for offer in soonest))
        return []
