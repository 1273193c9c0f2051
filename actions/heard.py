"""An action that can be told a turn, however the turn was read."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.reply import Reply
from actions.turn import Turn


class Heard(Action, ABC):
    """Reads the turn from the tracker and hears it; another action may hand one over (actions/forward.py)."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        return await self.hear(Turn.of(tracker), Reply(dispatcher))

    @abstractmethod
    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        """Answer the turn and return what changed."""
