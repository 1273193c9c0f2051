"""How many, which brands, the cheapest and the dearest: answered from the catalogue's own counts."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import EventType

from actions.choices import Choice, of_answer, worded
from actions.clarify import OFFERED
from actions.finder import LIMIT, Finder
from actions.frame import Frame
from actions.heard import Heard
from actions.reply import Reply
from actions.search import Search, merged
from actions.turn import Turn
from recsys.client import Facet, Overview

_EXTREMES = {"price_asc": "utter_cheapest", "price_desc": "utter_dearest"}
_NAMED = 8


class ActionCountProducts(Heard):
    """有多少种 · 有哪些品牌 · 最贵的多少钱, of what is looked at or of what the sentence names."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._search = Search(finder)

    def name(self) -> str:
        return "action_count_products"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        turn = turn.without_need()
        if turn.reading.absent:
            return await self._search.absent(turn, reply, turn.reading.absent)
        # 最贵的手机 is the dearest of all phones, 最贵的是哪个 of what is looked at.
        anew = turn.reading.sort in _EXTREMES and turn.reading.constraints.get("category")
        frame = merged(turn.afresh() if anew else turn, new_search=True)
        if turn.reading.sort in _EXTREMES:
            return await self._extreme(turn, reply, frame)
        if turn.reading.sort:
            return await self._search.show(turn, reply, frame)
        if turn.reading.counts == "brands":
            frame = {key: value for key, value in frame.items() if key != "brands"}
        overview = await self._finder.overview(frame)
        if not overview.total:
            return await self._search.show(turn, reply, frame)
        _count(turn, reply, frame, overview)
        return turn.after_asking(frame)

    async def _extreme(self, turn: Turn, reply: Reply, frame: Frame) -> list[EventType]:
        """Led by the SKU at the lowest or highest price there is: the dearest product's cheapest size is not the dearest."""
        sort = str(turn.reading.sort)
        overview = await self._finder.overview(frame)
        key, price = {
            "price_asc": ("price_max", overview.low),
            "price_desc": ("price_min", overview.high),
        }[sort]
        first = await self._finder.by_frame({**frame, key: price}, sort, limit=1)
        if not first.cards or first.relaxed:
            return await self._search.show(turn, reply, frame)
        rest = await self._finder.by_frame(frame, sort, besides=first.skus, limit=LIMIT - 1)
        card = first.cards[0]
        found = replace(rest, cards=(card, *rest.cards), total=overview.total)
        reply.products(
            _EXTREMES[sort], found, title=card.title, price=f"{card.price.normalize():f}"
        )
        shown = replace(turn.having_shown(frame, found.skus, sort), focus=card.sku)
        return turn.changes_to(shown, always=("frame", "sort", "shown", "focus"))


def _count(turn: Turn, reply: Reply, frame: Frame, overview: Overview) -> None:
    named = {"category": frame.get("category", ""), "total": overview.total}
    brands = next((facet for facet in overview.facets if facet.kind == "brand"), None)
    if turn.reading.counts == "brands" and brands:
        choices = [of_answer(answer) for answer in brands.answers[:OFFERED]]
        names = "、".join(answer.label for answer in brands.answers[:_NAMED])
        reply.ask("utter_count_brands", choices, count=len(brands.answers), names=names, **named)
        return
    if turn.reading.counts == "brands":
        reply.say("utter_one_brand", **named)
        return
    prices = {"low": _yuan(overview.low), "high": _yuan(overview.high)}
    reply.ask("utter_count_products", _best(overview.facets), **prices, **named)


def _best(facets: tuple[Facet, ...]) -> list[Choice]:
    if not facets:
        return [worded("more")]
    return [of_answer(answer) for answer in facets[0].answers[:OFFERED]]


def _yuan(amount: float | None) -> str:
    return f"{amount or 0:.2f}".rstrip("0").rstrip(".")
