"""What something costs after all offers, step by step."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions.finder import Finder
from actions.heard import Heard
from actions.options import Options
from actions.pointing import pointed
from actions.pricing import Price, PriceWords, Pricing
from actions.reference import Unclear, Unresolved
from actions.reply import Reply, yuan
from actions.search import Search
from actions.shelf import Shelf
from actions.turn import Turn
from actions.which import Which
from shop.domain.cart import MAX_QUANTITY
from shop.domain.errors import UnknownSku

TOLD = 4
_LOOKED_AT = 100


class ActionQuotePrice(Heard):
    """The product that is meant, or the cart; where neither is, the offers of today."""

    def __init__(
        self,
        finder: Finder,
        shelf: Shelf,
        chooser: Options,
        pricing: Pricing,
        words: PriceWords,
    ) -> None:
        self._finder = finder
        self._shelf = shelf
        self._options = chooser
        self._pricing = pricing
        self._words = words
        self._search = Search(finder)
        self._which = Which(finder)

    def name(self) -> str:
        return "action_quote_price"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        cart, price = await self._pricing.cart(turn.conversation_id)
        if (turn.reading.whole or turn.reading.cart) and cart.items:
            return self._tell(reply, "utter_price_cart", price)
        if turn.reading.cart:
            reply.say("utter_cart_empty")
            return []
        target = await pointed(turn, self._shelf)
        if not isinstance(target, Unclear):
            target = await self._with_options(turn, target)
            held = next((i.quantity for i in cart.items if i.card.sku == target), 1)
            return await self._item(turn, reply, target, turn.reading.quantity or held)
        if target.why is Unresolved.OUT_OF_RANGE:
            reply.say("utter_no_such_product", count=len(turn.latest))
            return []
        if turn.reading.offers and turn.reading.constraints.get("category"):
            return await self._offers_for(turn, reply)
        if turn.reading.names_a_product:
            return await self._search.run(turn.afresh(), reply, new_search=True)
        if cart.items:
            return self._tell(reply, "utter_price_cart", price)
        if "价格" in turn.reading.asked and not turn.reading.offers:
            return await self._which.ask(target, turn, reply)
        return await self._offers(turn.latest, reply)

    async def _with_options(self, turn: Turn, sku: str) -> str:
        """256G的一台多少: the SKU that has the options said and most of those that were spoken of."""
        try:
            family = (await self._finder.product(sku)).skus
        except UnknownSku:
            return sku
        said = turn.reading.constraints
        narrowed = await self._options.narrow(family, turn.text, said)
        if narrowed.conflict or narrowed.cards == family:
            return sku
        own = {pair for card in family if card.sku == sku for pair in card.options.items()}
        best = max(narrowed.cards, key=lambda card: len(own & card.options.items()))
        return best.sku

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

    async def _offers_for(self, turn: Turn, reply: Reply) -> list[EventType]:
        """买耳机有优惠吗: the offers that some goods of this kind have."""
        kind = {"category": turn.reading.constraints["category"]}
        found = await self._finder.by_frame(kind, limit=_LOOKED_AT)
        return await self._offers(found.skus, reply)

    async def _offers(self, skus: Sequence[str], reply: Reply) -> list[EventType]:
        """Which offers there are, soonest to end first; no haggling."""
        offers = await self._pricing.current(skus)
        if not offers:
            reply.say("utter_no_offers")
            return []
        soonest = sorted(offers, key=lambda offer: offer.valid_until)[:TOLD]
        reply.say("utter_offers", offers="；".join(offer.title for offer in soonest))
        return []
