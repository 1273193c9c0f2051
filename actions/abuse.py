"""Insults: calm once, then a person is offered, then one is called."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.human import Human
from actions.reply import Reply


class ActionCalm(Action):
    """The slot `insults` counts them; whatever the bot waits for goes on."""

    def __init__(self, human: Human) -> None:
        self._human = human

    def name(self) -> str:
        return "action_calm"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        reply = Reply(dispatcher)
        count = int(tracker.get_slot("insults") or 0) + 1
        if count == 1:
            reply.say("utter_abuse_calm")
        elif count == 2:
            reply.ask("utter_abuse_offer", [worded("human")])
        else:
            await self._human.call(tracker.sender_id, "abuse", reply)
        return [SlotSet("insults", count)]
