"""Conditions relative to what was shown: 便宜点的 · 再大一点 · 换个牌子."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from rasa_sdk.events import EventType, SlotSet

from actions import frame as frames
from actions.clarify import asking
from actions.finder import Finder, Found
from actions.frame import Frame
from actions.reply import Reply
from actions.turn import Turn
from recsys.client import Overview
from shop.domain.catalog import Card

ENOUGH = 3
SORTS = {"cheaper": "price_asc", "dearer": "price_desc"}


class Moves:
    """From the list shown, or one product of it, towards cheaper, dearer, bigger, smaller or simply other ones."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    async def price(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType] | None:
        """Past the median shown where enough that is new is left, else past all, else the little that is new.

        None where there is nothing to compare with.
        """
        shown = await self._compared(turn)
        if not shown:
            return None
        cheaper = turn.reading.relative == "cheaper"
        prices = [card.price for card in shown]
        half, beyond = (frames.cheaper if cheaper else frames.dearer)(frame, prices)
        fresh = await self._finder.by_frame(half, turn.sort, besides=turn.latest)
        if len(fresh.cards) >= ENOUGH and not fresh.relaxed:
            return _show(turn, reply, half, fresh)
        found = await self._finder.by_frame(beyond, turn.sort)
        if _obeys_price(found):
            response = "utter_closest" if found.relaxed else "utter_refined"
            return _show(turn, reply, beyond, found, response)
        if fresh.cards and not fresh.relaxed:
            return _show(turn, reply, half, fresh)
        others = await self._beyond_model(turn, frame, shown, cheaper)
        if others is not None:
            return _show(turn, reply, *others)
        last = (min if cheaper else max)(shown, key=lambda card: card.price)
        reply.about(f"utter_no_{turn.reading.relative}", last)
        # 就它了 means the one that was told.
        return [*turn.after_asking(frame), SlotSet("focus", last.sku)]

    async def _beyond_model(
        self, turn: Turn, frame: Frame, shown: Sequence[Card], cheaper: bool
    ) -> tuple[Frame, Found] | None:
        """有便宜点的吗, after one model was named, asks for other models of the kind."""
        model = frame.get("need", "").split()
        title = shown[0].title.casefold()
        if len(shown) > 1 or not (model and all(word in title for word in model)):
            return None
        kind = {k: v for k, v in frame.items() if k not in ("brands", "need")}
        wanted = (frames.cheaper if cheaper else frames.dearer)(kind, [shown[0].price])[1]
        found = await self._finder.by_frame(wanted, turn.sort)
        return (wanted, found) if found.cards and not found.relaxed else None

    async def size(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType]:
        """Past the median size shown, or past that of the product spoken of."""
        compared = [card.sku for card in await self._compared(turn)]
        overview = await self._finder.overview(frame, compared)
        said = _said_size(frame, overview)
        if said:
            rest = [a for a in frame["attributes"] if a not in said]
            overview = await self._finder.overview({**frame, "attributes": rest}, compared)
        bigger = turn.reading.relative == "bigger"
        moved = _resized(frame, overview, bigger, [a["value"] for a in said if a["op"] == "="])
        if moved is None:
            _no_size(reply, overview, bigger)
            return turn.after_asking(frame)
        found = await self._finder.by_frame(moved, turn.sort)
        return _show(turn, reply, moved, found)

    async def brand(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType]:
        """Without the brands that were wanted or shown; they are not disliked for ever, only not asked for now."""
        tired = await self._brands(turn)
        base = {key: value for key, value in frame.items() if key != "brands"}
        found = await self._finder.by_frame(_refusing(base, "not_brands", tired), turn.sort)
        if not found.cards or found.relaxed:
            reply.say("utter_no_other_brand", brands="、".join(tired))
            return turn.after_asking(frame)
        return _show(turn, reply, base, found)

    async def colour(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType]:
        """Other colours than the one wanted; where none was, a question."""
        base = {key: value for key, value in frame.items() if key != "colours"}
        if frame.get("colours"):
            other = _refusing(base, "not_colours", frame["colours"])
            found = await self._finder.by_frame(other, turn.sort)
            if found.cards and not found.relaxed:
                return _show(turn, reply, base, found)
        overview = await self._finder.overview(base)
        colours = next((facet for facet in overview.facets if facet.kind == "colour"), None)
        if colours is None:
            reply.say("utter_no_other_colour")
        else:
            reply.ask("utter_ask_colour", asking(colours).choices[:-1])
        return turn.after_asking(frame)

    async def _compared(self, turn: Turn) -> list[Card]:
        """比第一个便宜的 compares with the first; after talk of one product with that; else with the whole list."""
        shown = await self._finder.cards(turn.latest)
        for ordinal in turn.reading.ordinals:
            place = ordinal - 1 if ordinal > 0 else ordinal
            if -len(shown) <= place < len(shown):
                return [shown[place]]
        if turn.focus is not None:
            return await self._finder.cards([turn.focus])
        return shown

    async def _brands(self, turn: Turn) -> list[str]:
        if turn.frame.get("brands"):
            return list(turn.frame["brands"])
        return list(dict.fromkeys(card.brand for card in await self._compared(turn) if card.brand))


def _said_size(frame: Frame, overview: Overview) -> list[dict[str, Any]]:
    """Conditions on the size itself; they must not hide what lies past them."""
    if overview.size is None:
        return []
    unit = overview.size.answers[0].constraints["attributes"][0]["unit"]
    return [a for a in frame.get("attributes", ()) if a.get("unit") == unit]


def _resized(
    frame: Frame, overview: Overview, bigger: bool, named: Sequence[float]
) -> Frame | None:
    """The frame with a bound just past the size that was `named`, else past the median of the sizes compared with."""
    if overview.size is None:
        return None
    stated = {
        float(a.constraints["attributes"][0]["value"]): a.constraints["attributes"][0]
        for a in overview.size.answers
    }
    middle = median(named or overview.sizes_of.values() or stated)
    past = [value for value in stated if (value > middle if bigger else value < middle)]
    if not past:
        return None
    bound = stated[min(past) if bigger else max(past)]
    attribute = {**bound, "op": ">=" if bigger else "<="}
    return frames.merge(frame, {"attributes": [attribute]}, new_search=False)


def _no_size(reply: Reply, overview: Overview, bigger: bool) -> None:
    if overview.size is None:
        reply.say("utter_size_unknown")
        return
    last = overview.size.answers[-1 if bigger else 0]
    reply.say("utter_biggest" if bigger else "utter_smallest", size=last.label)


def _refusing(frame: Frame, field: str, values: Sequence[str]) -> Frame:
    return {**frame, field: list(dict.fromkeys([*frame.get(field, ()), *values]))}


def _obeys_price(found: Found) -> bool:
    given_way = {change["constraint"] for change in found.relaxed}
    return bool(found.cards) and not {"price_min", "price_max"} & given_way


def _show(
    turn: Turn, reply: Reply, frame: Frame, found: Found, response: str = "utter_refined"
) -> list[EventType]:
    reply.products(response, found)
    return turn.after_showing(frame, found.skus, found.sort)
