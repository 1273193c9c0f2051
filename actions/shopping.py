"""The shopping actions: search, refine, more, start over."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import frame as frames
from actions.finder import Finder, Found
from actions.frame import Frame
from actions.reply import Reply
from actions.turn import Turn
from shop.domain.catalog import Card

ENOUGH = 3
_SORTS = {"cheaper": "price_asc", "dearer": "price_desc"}


class Search:
    """From a turn to a list of products; shared by every action that may end in one."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    async def run(self, turn: Turn, reply: Reply, *, new_search: bool) -> list[EventType]:
        frame = merged(turn, new_search=new_search)
        if not frames.searchable(frame):
            return await self.ask_category(reply, "utter_ask_category", frame)
        compared = await self._compared(turn, frame)
        if compared:
            return await self._move_price(turn, reply, frame, compared)
        found = await self._finder.by_frame(frame, order(turn, frame))
        return show(turn, reply, frame, found, _heading(turn, frame, found))

    async def ask_category(self, reply: Reply, response: str, frame: Frame) -> list[EventType]:
        """One question, with the shop's departments as answers."""
        reply.offer(response, await self._finder.departments())
        return [SlotSet("frame", frame)]

    async def _compared(self, turn: Turn, frame: Frame) -> list[Card]:
        """What 便宜点的 compares with: the list shown last; a price that was named says more."""
        reading = turn.reading
        if not reading.relative or reading.names_a_price or not _continues(turn, frame):
            return []
        return await self._finder.cards(turn.latest)

    async def _move_price(
        self, turn: Turn, reply: Reply, frame: Frame, shown: Sequence[Card]
    ) -> list[EventType]:
        """Past the median shown where enough that is new is left, else past all, else the little that is new."""
        cheaper = turn.reading.relative == "cheaper"
        prices = [card.price for card in shown]
        half, beyond = (frames.cheaper if cheaper else frames.dearer)(frame, prices)
        fresh = await self._finder.by_frame(half, turn.sort, besides=turn.latest)
        if len(fresh.cards) >= ENOUGH and not fresh.relaxed:
            return show(turn, reply, half, fresh, "utter_refined")
        found = await self._finder.by_frame(beyond, turn.sort)
        if _obeys_price(found):
            return show(turn, reply, beyond, found, _heading(turn, frame, found))
        if fresh.cards and not fresh.relaxed:
            return show(turn, reply, half, fresh, "utter_refined")
        last = (min if cheaper else max)(shown, key=lambda card: card.price)
        reply.about(f"utter_no_{turn.reading.relative}", last)
        return [SlotSet("frame", frame)]


def merged(turn: Turn, *, new_search: bool) -> Frame:
    reading = turn.reading
    return frames.merge(
        turn.frame,
        reading.constraints,
        allowed=reading.allowed,
        lifted=reading.lifted,
        new_search=new_search,
    )


def order(turn: Turn, frame: Frame) -> str | None:
    """The order that is asked for now or, while the search goes on, was before."""
    reading = turn.reading
    said = reading.sort or _SORTS.get(reading.relative or "")
    if said or not _continues(turn, frame):
        return said
    indifferent = "price" in reading.lifted and turn.sort in _SORTS.values()
    return None if indifferent else turn.sort


def show(turn: Turn, reply: Reply, frame: Frame, found: Found, response: str) -> list[EventType]:
    """Cards, or that there are none; the frame stays as the shopper said it."""
    if not found.cards:
        reply.say("utter_nothing_found")
        return [SlotSet("frame", frame)]
    reply.products(response, found)
    return turn.after_showing(frame, found.skus, found.sort)


def _continues(turn: Turn, frame: Frame) -> bool:
    """Whether the list shown last belongs to the search that goes on."""
    old = turn.frame
    same_category = old.get("category") == frame.get("category")
    same_need = frame.get("need", "").startswith(old.get("need", ""))
    return bool(turn.shown) and same_category and same_need


def _obeys_price(found: Found) -> bool:
    given_way = {change["constraint"] for change in found.relaxed}
    return bool(found.cards) and not {"price_min", "price_max"} & given_way


def _heading(turn: Turn, frame: Frame, found: Found) -> str:
    if found.relaxed:
        return "utter_closest"
    if not found.confident:
        return "utter_guessed"
    if _continues(turn, frame):
        return "utter_refined"
    return "utter_products" if found.constraints.get("category") else "utter_products_any"


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
            return await self._search.ask_category(reply, "utter_ask_category", frame)
        seen = [sku for batch in turn.shown for sku in batch]
        found = await self._finder.by_frame(frame, order(turn, frame), besides=seen)
        # Giving way would show what was not asked for, when all that was asked for has been seen.
        if not found.cards or found.relaxed:
            reply.say("utter_no_more")
            return [SlotSet("frame", frame)]
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
        reply = Reply(dispatcher)
        forgotten = await self._search.ask_category(reply, "utter_start_over", {})
        return [*forgotten, *(SlotSet(name, None) for name in ("sort", "shown", "focus"))]
