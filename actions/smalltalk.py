"""What is said to nothing in particular; while the bot waits for something, it may be an answer."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Reply

_TALK = (
    "affirm", "bot_challenge", "complain_bot", "deny", "goodbye", "how_are_you", "out_of_scope", "praise_bot",
    "receive_photo", "thanks", "wait",
)  # fmt: skip


class ActionSay(Action):
    """Answers one kind of small talk with its response."""

    def __init__(self, talk: str) -> None:
        self._talk = talk

    def name(self) -> str:
        return f"action_{self._talk}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        Reply(dispatcher).say(f"utter_{self._talk}")
        return []


def small_talk() -> list[Action]:
    """One action a kind, so that each may be an answer to what the bot has asked."""
    return [ActionSay(talk) for talk in _TALK]
