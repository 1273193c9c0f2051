"""What to do when it is not clear which product is meant: look for it, or ask with the candidates as choices."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import EventType

from actions.finder import Finder
from actions.reference import Unclear, Unresolved
from actions.reply import Reply
from actions.search import Search
from actions.turn import Turn
from shop.domain.catalog import Card

_CHOICES = 5
_TITLE = 18


class Which:
    """Shared by every action that is about a product that was shown."""

    def __init__(self, finder: Finder) -> None:
        self._search = Search(finder)

    async def ask(
        self,
        unclear: Unclear,
        turn: Turn,
        reply: Reply,
        response: str = "utter_which_product",
        waits: EventType | None = None,
    ) -> list[EventType]:
        """`waits` is the slot of an action that hears the answer; without one the question is asked again with it."""
        nothing_shown = unclear.why is Unresolved.NOTHING_SHOWN
        elsewhere = nothing_shown or unclear.why is Unresolved.OTHER
        # 小米14怎么样, before or beside any list, asks for a product that is yet to be found.
        if elsewhere and turn.reading.looks_for_something:
            return await self._search.run(turn.afresh(), reply, new_search=True)
        if nothing_shown:
            return await self._search.ask_category(turn, reply, "utter_nothing_shown", turn.frame)
        again = not waits and unclear.why is Unresolved.AMBIGUOUS and not turn.reading.ordinals
        choices = _choices(unclear.candidates, turn, turn.text if again else "")
        if unclear.why is Unresolved.AMBIGUOUS:
            reply.which(response, choices)
        else:
            reply.which("utter_no_such_product", choices, count=len(turn.latest))
        return [waits] if waits else []


def _choices(cards: Sequence[Card], turn: Turn, question: str) -> list[tuple[str, str]]:
    """Title and sentence; the question is asked again of the one that is chosen."""
    said = [(card, pointer(card, turn)) for card in cards]
    return [
        (_short(card.title), f"{words}，{question}" if question else words)
        for card, words in said
        if words
    ][:_CHOICES]


def pointer(card: Card, turn: Turn) -> str:
    """How a shopper would point at a card that was shown: 第2个, 上一批的第3个."""
    for back, batch in enumerate(reversed(turn.shown)):
        if card.sku in batch:
            before = f"{'上' * back}一批的" if back else ""
            return f"{before}第{batch.index(card.sku) + 1}个"
    return ""


def _short(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
