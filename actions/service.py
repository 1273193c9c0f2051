"""What was not understood."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.finder import Finder
from actions.reply import Reply
from actions.search import Search, show, tells_a_story
from actions.turn import Turn


class ActionFallback(Action):
    """No intent was certain: search if the sentence names a product or matches one well."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._search = Search(finder)

    def name(self) -> str:
        return "action_fallback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        if tells_a_story(turn):
            reply.say("utter_fallback")
            return []
        if turn.reading.names_a_product or turn.reading.absent:
            return await self._search.run(turn, reply, new_search=True)
        if turn.frame and turn.reading.constraints.keys() - {"need"}:
            return await self._search.run(turn, reply, new_search=False)
        if _is_babble(turn.text):
            reply.say("utter_fallback")
            return []
        found = await self._finder.by_text(turn.text)
        if found.confident and found.cards:
            return show(turn, reply, found.constraints, found, "utter_guessed")
        reply.say("utter_fallback")
        return []


def _is_babble(text: str) -> bool:
    """qwertyuiop: one run of Latin letters in which nothing was read; something is always similar to it."""
    return text.strip().isascii() and text.strip().isalpha()
