"""Which SKUs of a family a shopper's words leave: 黑色, 256G的, 42, 大号的."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recsys.client import RecommenderClient
from shop.domain.catalog import Card

Constraints = Mapping[str, Any]
_SINGLE = re.compile(r"(?<![\d.])1([袋包瓶盒罐支条桶箱片])$")
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda value, wanted: value == wanted,
    "!=": lambda value, wanted: value != wanted,
    ">=": lambda value, wanted: value >= wanted,
    "<=": lambda value, wanted: value <= wanted,
    "~": lambda value, wanted: abs(value - wanted) <= abs(wanted) * 0.1,
}


@dataclass(frozen=True)
class Narrowed:
    """`cards` that are left; `conflict`: the option of which no value is what was said."""

    cards: tuple[Card, ...]
    conflict: str | None = None


class Options:
    """Compares words with option values as the parser reads both."""

    def __init__(self, recommender: RecommenderClient) -> None:
        self._recommender = recommender
        self._readings: dict[str, Constraints] = {}

    async def narrow(self, cards: Sequence[Card], text: str, said: Constraints) -> Narrowed:
        """The cards that fit a sentence that was read as `said`."""
        left = tuple(cards)
        for option in names(cards):
            values = values_of(cards, option)
            named = literal(text, values)
            wanted = [named] if named else await self._fitting(option, values, said)
            if wanted is None:
                continue
            left = tuple(card for card in left if card.options.get(option) in wanted)
            if not left:
                return Narrowed((), option)
        return Narrowed(left)

    async def pieces(self, cards: Sequence[Card], text: str, quantity: int | None) -> int | None:
        """How many are wanted, unless the number belongs to an option (3包) or is one (要43)."""
        named = [literal(text, values_of(cards, option)) for option in names(cards)]
        values = [value for value in named if value]
        await self._read(values)
        own = [self._readings[value].get("quantity") for value in values]
        return None if quantity in own or str(quantity) in values else quantity

    async def _fitting(
        self, option: str, values: Sequence[str], said: Constraints
    ) -> list[str] | None:
        """The values that fit what was said of this option, None where nothing was."""
        await self._read(values)
        colours = said.get("colours", ()) if option == "颜色" else ()
        measures = [a for a in said.get("attributes", ()) if self._concerns(a, option, values)]
        if not colours and not measures:
            return None
        return [value for value in values if self._fits(value, colours, measures)]

    def _concerns(self, attribute: Constraints, option: str, values: Sequence[str]) -> bool:
        if attribute["name"] == option:
            return True
        units = {a.get("unit") for v in values for a in self._attributes(v)} - {"", None}
        return attribute.get("unit") in units

    def _fits(self, value: str, colours: Sequence[str], measures: Sequence[Constraints]) -> bool:
        own = self._readings[value]["constraints"].get("colours", ())
        if colours and not any(colour in own or _ends_in(value, colour) for colour in colours):
            return False
        return all(
            any(_meets(a, m) for a in self._attributes(value)) or _bare(value, m) or _says(value, m)
            for m in measures
        )

    def _attributes(self, value: str) -> Sequence[Constraints]:
        found: Sequence[Constraints] = self._readings[value]["constraints"].get("attributes", ())
        return found

    async def _read(self, values: Iterable[str]) -> None:
        new = [value for value in dict.fromkeys(values) if value not in self._readings]
        answers = await asyncio.gather(*map(self._recommender.understand, new))
        for value, answer in zip(new, answers, strict=True):
            self._readings[value] = answer


def names(cards: Sequence[Card]) -> list[str]:
    """The options of a family, in the shop's order."""
    return list(dict.fromkeys(name for card in cards for name in card.options))


def values_of(cards: Sequence[Card], option: str) -> list[str]:
    """The values of an option, in the shop's order."""
    return list(dict.fromkeys(card.options[option] for card in cards if option in card.options))


def missing(cards: Sequence[Card]) -> str | None:
    """The first option that is still open."""
    return next((name for name in names(cards) if len(values_of(cards, name)) > 1), None)


def by_the_piece(cards: Sequence[Card], text: str) -> list[Card]:
    """拿两袋 of what comes as ×1袋 and ×3袋 counts single ones."""
    for option in names(cards):
        single = [value for value in values_of(cards, option) if _is_single(value, text)]
        if len(single) == 1:
            return [card for card in cards if card.options.get(option) == single[0]]
    return list(cards)


def _is_single(value: str, text: str) -> bool:
    pack = _SINGLE.search(value)
    return (
        pack is not None
        and re.search(rf"[\d一二两三四五六七八九十]{pack[1]}(?!装)", text) is not None
    )


def label(card: Card) -> str:
    """黑色 256GB."""
    return " ".join(card.options.values())


def literal(text: str, values: Iterable[str]) -> str | None:
    """The longest of the values that stands in the text, as a word where it is Latin or a number."""
    plain = _plain(text)
    found = [value for value in values if _plain(value) and _stands(plain, _plain(value))]
    return max(found, key=len, default=None)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold().replace("*", "×")


def _stands(text: str, word: str) -> bool:
    start = text.find(word)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
        if not (_sticks(before, word[0]) or _sticks(word[-1], after)):
            return True
        start = text.find(word, start + 1)
    return False


def _sticks(left: str, right: str) -> bool:
    """Whether two characters belong to one Latin word or number (the L of XL, the 42 of 420)."""
    return left.isascii() and right.isascii() and (left + right).isalnum() and bool(left and right)


def _ends_in(value: str, colour: str) -> bool:
    """礁石黑 is 黑: a shop's own names of colours end in a plain one."""
    return value.removesuffix("色").endswith(colour.removesuffix("色"))


def _meets(attribute: Constraints, wanted: Constraints) -> bool:
    if attribute.get("unit") != wanted.get("unit"):
        return False
    return _compare(attribute["value"], wanted)


def _bare(value: str, wanted: Constraints) -> bool:
    """A size is often a number alone: 42 is what 42码 asks for."""
    try:
        return _compare(float(value), wanted)
    except ValueError:
        return False


def _says(value: str, wanted: Constraints) -> bool:
    """What was read as a word of this option (XL, 礼盒装)."""
    said = wanted["value"]
    holds = isinstance(said, str) and literal(value, [said]) is not None
    return holds != (wanted["op"] == "!=") and isinstance(said, str)


def _compare(value: Any, wanted: Constraints) -> bool:
    try:
        return _COMPARE[wanted["op"]](float(value), float(wanted["value"]))
    except (TypeError, ValueError):
        return bool(value == wanted["value"])
