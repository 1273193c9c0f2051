"""Words that must name what this very shop sells: the greeting, and what the bot can do."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.choices import worded
from actions.finder import Finder
from actions.reply import Reply

OFFERED = 4


class _Welcome(Action):
    """A response with the shop's departments as choices."""

    _response: str

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        departments = await self._finder.departments(OFFERED)
        choices = [worded("department", name=name) for name in departments]
        Reply(dispatcher).ask(self._response, choices, departments="、".join(departments))
        return []


class ActionGreet(_Welcome):
    """Greet back."""

    _response = "utter_greet"

    def name(self) -> str:
        return "action_greet"


class ActionCapabilities(_Welcome):
    """Say what the bot can do."""

    _response = "utter_capabilities"

    def name(self) -> str:
        return "action_capabilities"
