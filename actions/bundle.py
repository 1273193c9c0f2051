"""What goes with a product: the accessories of its category; that one fits is said only where a field says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import frame as frames
from actions.choices import worded
from actions.finder import LIMIT, Finder, Found
from actions.heard import Heard
from actions.reference import Unclear
from actions.reply import Reply
from actions.search import Search
from actions.shelf import Shelf, mention_of
from actions.turn import Turn
from shop.domain.catalog import Card

_FIT = "适用"  # fields that name what a product fits begin so: 适用机型
_LOOKED_AT = 50


class ActionBundle(Heard):
    """再配个手机壳 · 有什么配件."""

    def __init__(self, finder: Finder, shelf: Shelf) -> None:
        self._finder = finder
        self._shelf = shelf
        self._search = Search(finder)

    def name(self) -> str:
        return "action_bundle"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        if turn.reading.absent and not turn.reading.names_a_product:
            return await self._search.absent(turn, reply, turn.reading.absent)
        turn = await self._of_what(turn)
        if turn.reading.constraints.get("category"):
            return await self._accessory(turn, reply)
        return await self._choices(turn, reply)

    async def _of_what(self, turn: Turn) -> Turn:
        """给第一个配个壳: the product that is pointed at, which is spoken of from now on."""
        if not (turn.reading.ordinals or turn.reading.named):
            return turn
        bare = replace(turn, reading=replace(turn.reading, constraints={}, reference={}))
        meant = await self._shelf.meant(bare, mention_of(bare))
        if isinstance(meant, Unclear) or len(meant) != 1:
            return turn
        return replace(turn, focus=meant[0].sku)

    async def _choices(self, turn: Turn, reply: Reply) -> list[EventType]:
        """Which kinds of accessories there are for what is looked at."""
        looked_at = await self._finder.cards([turn.focus] if turn.focus else turn.latest[:1])
        name = looked_at[0].category if looked_at else turn.frame.get("category")
        category = await self._finder.category(name) if name else None
        if category is None:
            return await self._search.ask_category(turn, reply, "utter_bundle_for_what", turn.frame)
        if not category.accessories:
            reply.say("utter_no_accessories", category=category.name)
            return []
        choices = [worded("accessory", name=one) for one in category.accessories]
        names = "、".join(category.accessories)
        reply.ask("utter_accessories", choices, category=category.name, names=names)
        return [SlotSet("focus", looked_at[0].sku)] if looked_at else []

    async def _accessory(self, turn: Turn, reply: Reply) -> list[EventType]:
        frame = frames.merge(turn.frame, turn.reading.constraints, new_search=True)
        main = await self._finder.cards([turn.focus] if turn.focus else [])
        if not main or main[0].category == frame["category"]:
            return await self._search.run(turn, reply, new_search=True)
        found = await self._finder.by_frame(frame, limit=_LOOKED_AT)
        if found.relaxed or not found.cards:
            return await self._search.show(turn, reply, frame)
        model = await self._finder.model(main[0])
        fitting = [card for card in found.cards if _fits(card, model)]
        stated = [card for card in found.cards if _stated(card)]
        if fitting:
            fit = {"name": f"{_FIT}机型", "op": "=", "value": model, "unit": ""}
            found = replace(found, constraints={**found.constraints, "attributes": [fit]})
            return _show(turn, reply, found, fitting, "utter_bundle_fits", main[0])
        unstated = [card for card in found.cards if card not in stated]
        if not unstated:
            reply.say("utter_bundle_nothing", title=main[0].title, category=frame["category"])
            return turn.after_asking(turn.frame)
        if stated:
            return _show(turn, reply, found, unstated, "utter_bundle_none_fits", main[0])
        return _show(turn, reply, found, found.cards, "utter_bundle_unknown", main[0])


def _stated(card: Card) -> list[str]:
    """What a product's own fields and options say that it fits."""
    fields = [value for name, value in card.attributes.items() if name.startswith(f"{_FIT}机型")]
    return [str(one) for value in fields for one in (value if isinstance(value, list) else [value])]


def _fits(card: Card, model: str) -> bool:
    """Named as a whole: a case for iPhone 16 is none for iPhone 16 Pro."""
    return _plain(model) in map(_plain, _stated(card))


def _plain(model: str) -> str:
    return model.replace(" ", "").casefold()


def _show(
    turn: Turn, reply: Reply, found: Found, cards: Sequence[Card], response: str, main: Card
) -> list[EventType]:
    shown = replace(found, cards=tuple(cards[:LIMIT]), total=len(cards))
    reply.products(response, shown, title=main.title)
    return turn.after_showing(found.constraints, shown.skus, None)
