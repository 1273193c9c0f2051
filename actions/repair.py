"""Indifference and slips of the tongue: 随便 · 说错了，是平板."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import frame as frames
from actions.clarify import IN_A_ROW
from actions.finder import Finder
from actions.reply import Reply
from actions.search import Search, merged, order
from actions.topics import settled
from actions.turn import Turn


class ActionIndifferent(Action):
    """随便 is an answer: the question is dropped, none is asked again in this search, and something is shown."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._search = Search(finder)

    def name(self) -> str:
        return "action_indifferent"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        if turn.pending and turn.pending.get("action") != self.name():
            choices, missing = turn.pending.get("choices", ()), turn.pending.get("missing", "")
            reply.offer("utter_still_needed", choices, missing=missing)
            return []
        turn = turn.without_need()
        if turn.reading.says_something:
            return await self._search.run(settled(turn), reply, new_search=False)
        frame = merged(turn, new_search=False)
        fresh = await self._finder.by_frame(frame, order(turn, frame), besides=turn.latest)
        found = fresh if fresh.cards and not fresh.relaxed else None
        found = found or await self._finder.by_frame(frame, order(turn, frame))
        reply.products("utter_indifferent", found)
        later = settled(turn.having_shown(frame, found.skus, found.sort))
        return turn.changes_to(
            replace(later, clarified=IN_A_ROW), always=("frame", "sort", "shown", "focus")
        )


class ActionCorrect(Action):
    """What was said wrongly is replaced, not added to."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    def name(self) -> str:
        return "action_correct"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        reading = turn.reading
        if reading.relative or reading.absent or reading.wishes:
            return await self._search.run(turn, reply, new_search=False)
        if not reading.says_something:
            reply.say("utter_ask_correction")
            return []
        before = turn.past[-1]["frame"] if turn.past else {}
        frame = frames.corrected(turn.frame, before, reading.constraints)
        if not frames.searchable(frame):
            return await self._search.ask_category(turn, reply, "utter_ask_category", frame)
        return await self._search.show(turn, reply, frame)
