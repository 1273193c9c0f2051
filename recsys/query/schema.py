"""What the goods of a category can be told apart by, and the words for it.

A schema is derived from the catalogue by `recsys.index.schema`; reading a sentence by the schema of the category that is
meant keeps 纯棉 of a shirt apart from 纯棉 of anything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recsys.query.colour import find_colours
from recsys.query.constraints import COLOUR, PURPOSE, Attribute

_WIDE_VALUE, _WIDE_FLAG = 2, 3  # least characters of a word that means something without a category
_DIGIT = re.compile(r"[\d a-z]")
_DESCRIBES = re.compile(r"的|装|版|那种|规格|一[包盒箱套]")
_BOUNDED = re.compile(r"\s?(?:及?以[上下内]|之[内下]|左右|起步|往上)")
_BUYS = re.compile(r"[来要买拿加再给送各共订改成]\s?$")


@dataclass(frozen=True)
class Measured:
    """A field that is a number in the canonical `unit`. `words` name it, `typed` are the units it may be typed with and their
    factors ("" is a number without one), `low` to `high` what the goods have, `plain` the numbers that mean it by themselves
    (512的)."""

    name: str
    unit: str
    words: tuple[str, ...] = ()
    typed: Mapping[str, float] = field(default_factory=dict)
    low: float = 0.0
    high: float = 0.0
    plain: frozenset[float] = frozenset()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Measured:
        return cls(
            data["name"], data["unit"], tuple(data["words"]), dict(data["typed"]), data["low"], data["high"],
            frozenset(data.get("plain", ())),
        )  # fmt: skip


@dataclass(frozen=True)
class Schema:
    """Words in normal form -> the condition that each means, and the measured fields, best known first.

    `counts` are the words that may be an amount to buy as well (4包).
    """

    words: Mapping[str, Attribute] = field(default_factory=dict)
    measures: tuple[Measured, ...] = ()
    counts: frozenset[str] = frozenset()
    longest: int = 0

    @classmethod
    def of(
        cls,
        words: Mapping[str, Attribute],
        measures: Sequence[Measured] = (),
        counts: Iterable[str] = (),
    ) -> Schema:
        return cls(words, tuple(measures), frozenset(counts), max(map(len, words), default=0))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Schema:
        words: dict[str, Attribute] = {}
        for condition in data["conditions"]:
            meant = Attribute(
                condition["name"], condition["op"], condition["value"], condition["unit"]
            )
            for word in condition["words"]:
                words.setdefault(word, meant)
        measures = [Measured.from_json(one) for one in data["measures"]]
        return cls.of(words, measures, data.get("counts", ()))

    @classmethod
    def common(cls, schemas: Iterable[Schema]) -> Schema:
        """What means the same in all of `schemas` that know it."""
        schemas = list(schemas)
        words: dict[str, Attribute | None] = {}
        for schema in schemas:
            for word, meant in schema.words.items():
                words[word] = meant if words.get(word, meant) == meant else None
        kept = {word: meant for word, meant in words.items() if meant is not None}
        counts = {word for schema in schemas for word in schema.counts}
        return cls.of(kept, _common_measures(schemas), counts)

    def at(self, text: str, start: int, end: int) -> Attribute | None:
        """The condition that `text[start:end]` is, unless what stands around it tells otherwise."""
        word = text[start:end]
        meant = self.words.get(word)
        if meant is None or _in_question(text, start) or not _stands_clear(text, start, end):
            return None
        if word[0].isdigit() and _BOUNDED.match(text, end):
            return None
        return None if word in self.counts and _is_bought(text, start, end) else meant

    def wide(self, kinds: Collection[str]) -> Schema:
        """What may be read where no category is known: whole words that hold no word for goods (`kinds`), and no numbers."""
        words = {
            word: meant
            for word, meant in self.words.items()
            if _is_wide(word, meant) and not _holds(word, kinds)
        }
        return Schema.of(words)


def _in_question(text: str, start: int) -> bool:
    """Not the 没有折叠 of 有没有折叠, nor the 不能折叠 of 能不能折叠."""
    before, here, after = text[start - 1 : start], text[start], text[start + 1 : start + 2]
    return (here == "不" and before == after != "") or (here == "没" and before == "有")


def _stands_clear(text: str, start: int, end: int) -> bool:
    """Latin letters and digits are no part of a longer run (the m of 1.8m, the l of 5l)."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (_is_latin(text[start]) and _is_latin(before)) and not (
        _is_latin(text[end - 1]) and _is_latin(after)
    )


def _is_latin(char: str) -> bool:
    return char != "" and char.isascii() and (char.isalnum() or char in ".+")


def _is_bought(text: str, start: int, end: int) -> bool:
    """来4包 is how many to buy, 4包的 and 4包装 what is in it."""
    if _DESCRIBES.match(text, end):
        return False
    return _BUYS.search(text, 0, start) is not None


def _holds(word: str, kinds: Collection[str]) -> bool:
    places = ((a, b) for a in range(len(word)) for b in range(a + 2, len(word) + 1))
    return any(word[a:b] in kinds for a, b in places)


def _is_wide(word: str, meant: Attribute) -> bool:
    if meant.op != "=" or meant.unit or meant.name in (PURPOSE, COLOUR) or _DIGIT.search(word):
        return False
    if isinstance(meant.value, bool):
        return len(word) >= _WIDE_FLAG and meant.name in word
    # 粉色 is one version of a conditioner, and a colour of all else.
    return len(word) >= _WIDE_VALUE and word == meant.value and not find_colours(word)


def _common_measures(schemas: Sequence[Schema]) -> list[Measured]:
    """Fields of one name and unit are one, from the lowest to the highest that any category has."""
    found: dict[str, Measured | None] = {}
    for schema in schemas:
        for one in schema.measures:
            other = found.get(one.name, one)
            found[one.name] = _joined(other, one) if other and other.unit == one.unit else None
    return [one for one in found.values() if one]


def _joined(one: Measured, other: Measured) -> Measured:
    return Measured(
        one.name, one.unit, tuple(dict.fromkeys((*one.words, *other.words))), {**other.typed, **one.typed},
        min(one.low, other.low), max(one.high, other.high), one.plain | other.plain,
    )  # fmt: skip
