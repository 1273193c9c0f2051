"""A photo that nobody has asked for: what is on it the bot cannot see."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Reply
from shop.desk import Desk


class ActionReceivePhoto(Action):
    """Asks what it is about; what was only said to have been sent, as 照片发你了, is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def name(self) -> str:
        return "action_receive_photo"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        requester = await self._desk.requester(tracker.sender_id)
        sent = await self._desk.photos(requester)
        Reply(dispatcher).say("utter_receive_photo" if sent else "utter_no_photo")
        return []
