"""The shopping actions: search, refine, more, start over."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import frame as frames
from actions.finder import Finder
from actions.heard import Heard
from actions.reply import Reply
from actions.search import Search, merged, order, show
from actions.turn import Turn


class ActionSearchProducts(Heard):
    """A new wish: merge it into the frame and show what fits."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    def name(self) -> str:
        return "action_search_products"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        return await self._search.run(turn, reply, new_search=True)


class ActionRefine(Heard):
    """A condition added to the frame, changed or taken back."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    def name(self) -> str:
        return "action_refine"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        if not turn.reading.says_something:
            reply.say("utter_ask_condition")
            return []
        return await self._search.run(turn, reply, new_search=False)


class ActionMoreProducts(Action):
    """Other products for the same frame, none of them shown before."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._search = Search(finder)

    def name(self) -> str:
        return "action_more_products"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker).without_need(), Reply(dispatcher)
        frame = merged(turn, new_search=False)
        if not frames.searchable(frame):
            return await self._search.ask_category(turn, reply, "utter_ask_category", frame)
        seen = [sku for batch in turn.shown for sku in batch]
        found = await self._finder.by_frame(frame, order(turn, frame), besides=seen)
        # Giving way would show what was not asked for, when all that was asked for has been seen.
        if not found.cards or found.relaxed:
            reply.say("utter_no_more")
            return turn.after_asking(frame)
        return show(turn, reply, frame, found, "utter_more_products")


class ActionStartOver(Action):
    """Forget the frame and what was shown."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    def name(self) -> str:
        return "action_start_over"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        await self._search.ask_category(turn, reply, "utter_start_over", {})
        forgotten = ("sort", "shown", "focus", "past", "pending", "clarified", "spoken", "question")
        return [SlotSet("frame", {}), *(SlotSet(name, None) for name in forgotten)]
