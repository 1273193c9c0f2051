"""What is said to nothing in particular; while the bot waits for something, it may be an answer."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Reply

# action -> response
_SAYINGS = {
    "action_affirm": "utter_affirm",
    "action_bot_challenge": "utter_bot_challenge",
    "action_complain_bot": "utter_complain_bot",
    "action_deny": "utter_deny",
    "action_how_are_you": "utter_how_are_you",
    "action_out_of_scope": "utter_out_of_scope",
    "action_praise_bot": "utter_praise_bot",
    "action_wait": "utter_wait",
}
# The actions of what says nothing about goods; insults and partings have actions of their own.
SMALL_TALK = frozenset({*_SAYINGS, "action_calm", "action_goodbye", "action_thanks"})


class ActionSay(Action):
    """Answers one kind of small talk with its response."""

    def __init__(self, name: str, response: str) -> None:
        self._name = name
        self._response = response

    def name(self) -> str:
        return self._name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        Reply(dispatcher).say(self._response)
        return []


def small_talk() -> list[Action]:
    """One action a kind, so that each may be an answer to what the bot has asked."""
    return [ActionSay(name, response) for name, response in _SAYINGS.items()]
