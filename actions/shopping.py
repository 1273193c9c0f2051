"""The shopping actions: search, refine, more, detail, start over."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import frame as frames
from actions.finder import Finder
from actions.reference import Mention, Unresolved, resolve
from actions.reply import Reply
from actions.search import Search, merged, order, show
from actions.turn import Turn
from shop.domain.errors import UnknownSku

__all__ = ["Search", "show"]


class ActionSearchProducts(Action):
    """A new wish: merge it into the frame and show what fits."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    def name(self) -> str:
        return "action_search_products"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        reply = Reply(dispatcher)
        return await self._search.run(Turn.of(tracker), reply, new_search=True)


class ActionRefine(Action):
    """A condition added to the frame, changed or taken back."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    def name(self) -> str:
        return "action_refine"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
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


class ActionProductDetail(Action):
    """One product in full: the one that the shopper points at."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._search = Search(finder)

    def name(self) -> str:
        return "action_product_detail"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        if turn.reading.absent and not turn.reading.ordinals:
            return await self._search.absent(turn, reply, turn.reading.absent)
        shown = await self._finder.cards(turn.latest)
        target = resolve(_mention(turn), shown, turn.focus)
        if isinstance(target, Unresolved):
            return await self._unresolved(target, turn, reply)
        return await self._show(target, reply)

    async def _show(self, sku: str, reply: Reply) -> list[EventType]:
        try:
            detail = await self._finder.product(sku)
        except UnknownSku:
            reply.say("utter_product_gone")
            return [SlotSet("focus", None)]
        reply.product(detail)
        return [SlotSet("focus", detail.card.sku)]

    async def _unresolved(self, why: Unresolved, turn: Turn, reply: Reply) -> list[EventType]:
        # 小米14怎么样, before or beside any list, asks for a product that is yet to be found.
        nothing_shown = why is Unresolved.NOTHING_SHOWN
        if why is Unresolved.OTHER or (nothing_shown and turn.reading.looks_for_something):
            return await self._search.run(turn.afresh(), reply, new_search=True)
        if nothing_shown:
            return await self._search.ask_category(turn, reply, "utter_nothing_shown", turn.frame)
        if why is Unresolved.OUT_OF_RANGE:
            reply.say("utter_no_such_product", count=len(turn.latest))
        else:
            reply.say("utter_which_product")
        return []


def _mention(turn: Turn) -> Mention:
    reading = turn.reading
    return Mention(
        ordinals=reading.ordinals,
        sort=reading.sort,
        category=reading.constraints.get("category"),
        brands=tuple(reading.constraints.get("brands", ())),
    )


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
        forgotten = ("sort", "shown", "focus", "past", "pending", "clarified")
        return [SlotSet("frame", {}), *(SlotSet(name, None) for name in forgotten)]
