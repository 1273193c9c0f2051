"""优惠券: which there are, which are mine, claiming one, and why one does not help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.desk.claiming import OFFERED, ClaimForm
from actions.pricing import PriceWords, Pricing
from actions.reply import Reply
from actions.shelf import Shelf
from actions.terms import Rulebook
from actions.turn import Turn
from recsys.query.service import asks_how, cannot_use, wants_to_claim
from shop.desk import Desk
from shop.domain.account import Wallet
from shop.domain.coupon import Coupon
from shop.domain.errors import BackendDown, UnknownCustomer
from shop.domain.refusal import SignInRequired


class ActionCoupons(Action):
    """A guest sees what there is; whose they are, and claiming, wants a customer."""

    def __init__(
        self, desk: Desk, claim: ClaimForm, rulebook: Rulebook, shelf: Shelf, pricing: Pricing
    ) -> None:
        self._desk = desk
        self._claim = claim
        self._rulebook = rulebook
        self._shelf = shelf
        self._pricing = pricing
        self._words = PriceWords()

    def name(self) -> str:
        return "action_coupons"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        if wants_to_claim(turn.text):
            return await self._claim.begin(turn, reply)
        if cannot_use(turn.text):
            if not await self._why_not(turn, reply):
                await self._list(turn, reply)
        elif not (asks_how(turn.text) and await self._rulebook.told(turn.text, reply)):
            await self._list(turn, reply)
        return []

    async def _why_not(self, turn: Turn, reply: Reply) -> bool:
        """What the cart's price makes of every offer; False where the cart is empty."""
        cart, price = await self._pricing.cart(turn.conversation_id)
        if not cart.items:
            return False
        data = self._words.price(price)
        reply.say("utter_coupons_why" if data["unused"] else "utter_coupons_all_used")
        reply.attach("price", data)
        return True

    async def _list(self, turn: Turn, reply: Reply) -> None:
        requester = await self._desk.requester(turn.conversation_id)
        try:
            wallet = await self._desk.read.coupons(requester)
        except SignInRequired:
            await self._public(reply)
        except BackendDown:
            reply.ask("utter_account_unreachable", [worded("human")])
        except UnknownCustomer:
            reply.ask("utter_membership_unknown", [worded("human")])
        else:
            _tell(wallet, reply)

    async def _public(self, reply: Reply) -> None:
        """What anybody may claim after signing in."""
        found = await self._shelf.coupons()
        if not found:
            reply.say("utter_coupons_none")
            return
        reply.say("utter_coupons_guest", count=len(found))
        reply.attach("coupon", _cards(found, None))


def _tell(wallet: Wallet, reply: Reply) -> None:
    held, others = len(wallet.claimed), len(wallet.claimable)
    if not held and not others:
        reply.say("utter_coupons_none")
        return
    response = "utter_coupons_both" if held and others else "utter_coupons_held"
    choices = [worded("coupon", title=one.title) for one in wallet.claimable[:OFFERED]]
    reply.ask(response if held else "utter_coupons_open", choices, held=held, others=others)
    mine, open_ = _cards(wallet.claimed, True), _cards(wallet.claimable, False)
    reply.attach("coupon", {"items": [*mine["items"], *open_["items"]]})


def _cards(coupons: Sequence[Coupon], claimed: bool | None) -> dict[str, Any]:
    return {"items": [{**coupon.to_json(), "claimed": claimed} for coupon in coupons]}
