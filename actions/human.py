"""Handing over to a person: the place in the queue, and when people are there."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Reply
from shop.desk import Desk


class Human:
    """Calls one, whatever else goes on; asked twice the place is kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def call(self, conversation_id: str, reason: str, reply: Reply) -> None:
        """`reason` is a stable word, for the agents."""
        requester = await self._desk.requester(conversation_id)
        reply.handoff(await self._desk.call_human(requester, reason))


class ActionHandoff(Action):
    """Put the conversation into the agents' queue; what was begun stays as it is."""

    def __init__(self, human: Human) -> None:
        self._human = human

    def name(self) -> str:
        return "action_handoff"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        await self._human.call(tracker.sender_id, "asked", Reply(dispatcher))
        return []
