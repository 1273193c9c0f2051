"""会员 and 积分: what the customer has, and in the shop's own words what it is good for."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.reply import Reply
from actions.terms import Rulebook
from recsys.query.service import asks_own
from shop.desk import Desk
from shop.domain.errors import BackendDown, UnknownCustomer
from shop.domain.refusal import SignInRequired

_TERMS = ("member_benefit", "points_use", "points_earn", "membership")


class ActionMembership(Action):
    """A question about terms is answered by the term; all else by level and points."""

    def __init__(self, desk: Desk, rulebook: Rulebook) -> None:
        self._desk = desk
        self._rulebook = rulebook

    def name(self) -> str:
        return "action_membership"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        text, reply = tracker.latest_message.get("text") or "", Reply(dispatcher)
        if asks_own(text) or not await self._rulebook.told(text, reply):
            await self._own(tracker.sender_id, reply)
        return []

    async def _own(self, conversation_id: str, reply: Reply) -> None:
        requester = await self._desk.requester(conversation_id)
        try:
            held = await self._desk.read.membership(requester)
        except SignInRequired:
            reply.ask("utter_membership_sign_in", await self._rulebook.about(*_TERMS))
        except BackendDown:
            reply.ask("utter_account_unreachable", [worded("human")])
        except UnknownCustomer:
            reply.ask("utter_membership_unknown", [worded("human")])
        else:
            terms = await self._rulebook.about(*_TERMS)
            reply.ask("utter_membership", terms, level=held.level, points=held.points)
