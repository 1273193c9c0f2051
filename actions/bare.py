"""A number that is all that is said, where nothing was asked: 42 beside shoes is a size, 3000 a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rasa_sdk.events import EventType, SlotSet

from actions.answers import Answers, Question
from actions.finder import Finder
from actions.reply import Reply
from actions.search import Search
from actions.shelf import Shelf
from actions.turn import Turn
from actions.variants import option_values
from shop.domain.catalog import Card, Product

# What a number alone is taken for where no more is known.
_GUESSES = frozenset(
    {
        "action_fallback",
        "action_out_of_scope",
        "action_product_detail",
        "action_refine",
        "action_search_products",
    }
)
# With nothing spoken of, less than this is no budget; otherwise the goods shown say what is.
_LEAST_BUDGET = 100
_CHEAPER, _DEARER = Decimal("0.2"), Decimal(5)


class BareNumber:
    """Takes the number as a size of what is spoken of, leaves a likely price alone, and otherwise asks."""

    def __init__(self, finder: Finder, shelf: Shelf) -> None:
        self._shelf = shelf
        self._search = Search(finder)

    async def heard(self, name: str, turn: Turn, reply: Reply) -> list[EventType] | None:
        """None where the number is no size and may be a price."""
        number = turn.reading.alone
        if number is None or name not in _GUESSES:
            return None
        cards = await self._shelf.cards([turn.focus] if turn.focus else turn.latest)
        products = await self._shelf.products(cards)
        sized = [product for product in products if _has(product, number)]
        if sized and turn.focus:
            question = Question.of(turn, sized[0], None)
            Answers(reply).stock(cards[0], sized[0], question)
            return [SlotSet("focus", cards[0].sku)]
        if sized:
            return await self._search.run(_sized(turn, number), reply, new_search=False)
        if _may_be_a_price(number, cards):
            return None
        reply.offer("utter_number_unclear", [f"{number}元左右", f"{number}码"], number=number)
        return []


def _has(product: Product, number: int) -> bool:
    return any(str(number) in values for values in option_values(product).values())


def _sized(turn: Turn, number: int) -> Turn:
    """The same as 42码."""
    size = {"name": "尺码", "op": "=", "value": float(number), "unit": "码"}
    return replace(turn, reading=replace(turn.reading, constraints={"attributes": [size]}))


def _may_be_a_price(number: int, cards: Sequence[Card]) -> bool:
    if not cards:
        return number >= _LEAST_BUDGET
    prices = [card.price for card in cards]
    return min(prices) * _CHEAPER <= number <= max(prices) * _DEARER
