"""One product in full."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions.finder import Finder
from actions.heard import Heard
from actions.reference import Unclear, Unresolved
from actions.reply import Reply
from actions.search import Search
from actions.shelf import Shelf, mention_of
from actions.turn import Turn
from actions.which import Which
from shop.domain.errors import UnknownSku


class ActionProductDetail(Heard):
    """The one product that the shopper points at."""

    def __init__(self, finder: Finder, shelf: Shelf) -> None:
        self._finder = finder
        self._shelf = shelf
        self._which = Which(finder)
        self._search = Search(finder)

    def name(self) -> str:
        return "action_product_detail"

    async def hear(self, turn: Turn, reply: Reply) -> list[EventType]:
        if turn.reading.absent and not turn.reading.ordinals:
            return await self._search.absent(turn, reply, turn.reading.absent)
        meant = await self._shelf.meant(turn, mention_of(turn))
        if isinstance(meant, Unclear):
            return await self._which.ask(meant, turn, reply)
        if len(meant) > 1:
            return await self._which.ask(Unclear(Unresolved.AMBIGUOUS, meant), turn, reply)
        events = await show_detail(self._finder, meant[0].sku if meant else turn.focus, reply)
        if turn.shown or not meant:
            return events
        return [*events, SlotSet("shown", [[meant[0].sku]])]  # 第一个 is it


async def show_detail(finder: Finder, sku: str | None, reply: Reply) -> list[EventType]:
    """The product as a message; one that has left the shop is told."""
    try:
        detail = await finder.product(sku or "")
    except UnknownSku:
        reply.say("utter_product_gone")
        return [SlotSet("focus", None)]
    reply.product(detail)
    return [SlotSet("focus", detail.card.sku)]
