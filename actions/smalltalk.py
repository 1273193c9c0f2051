"""What is said to nothing in particular; while the bot waits for something, it may be an answer."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Reply


class _Say(Action):
    """Utters one response."""

    response: str

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        Reply(dispatcher).say(self.response)
        return []


class ActionAffirm(_Say):
    """A yes."""

    response = "utter_affirm"

    def name(self) -> str:
        return "action_affirm"


class ActionDeny(_Say):
    """A no."""

    response = "utter_deny"

    def name(self) -> str:
        return "action_deny"


class ActionReceivePhoto(_Say):
    """A photo without words; nobody here sees what is on it."""

    response = "utter_photo_received"

    def name(self) -> str:
        return "action_receive_photo"


class ActionWait(_Say):
    """The shopper wants time."""

    response = "utter_wait"

    def name(self) -> str:
        return "action_wait"


class ActionOutOfScope(_Say):
    """Nothing to do with the shop."""

    response = "utter_out_of_scope"

    def name(self) -> str:
        return "action_out_of_scope"
