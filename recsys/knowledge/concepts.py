"""What was said as concepts, each with every wording that serves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recsys.knowledge.thesaurus import Thesaurus, Way
from recsys.query.numbers import find_numbers
from recsys.query.units import canonical, is_unit, spellings
from recsys.text.normalise import normalise
from recsys.text.segment import Segmenter

_MOST_TOKENS = 4  # of which a word of the thesaurus may be put together
_LONGEST_UNIT = 3
# How much a word counts that is in no thesaurus (搞定), and how surely a word is meant that only sounds like what was typed.
_PLAIN, _HEARD = 0.5, 0.9
_MEASURED = 0.9
_WITHOUT = ("无", "不含", "零", "0", "免", "不添加", "未添加")
_PARTS = re.compile(r"[a-z0-9.]+|[一-鿿]+")


class Vocabulary(Protocol):
    """The words that a catalogue uses."""

    def has(self, phrase: str) -> bool: ...

    def sounding(self, typed: str) -> str | None: ...


@dataclass(frozen=True)
class Concept:
    """`head`: the kind of goods that is wanted; `weight`: how much it counts beside others."""

    said: str
    ways: tuple[Way, ...]
    head: bool = False
    weight: float = 1.0


class ConceptReader:
    """Cuts what was said into concepts of the thesaurus and words of its own."""

    def __init__(self, thesaurus: Thesaurus, segmenter: Segmenter, vocabulary: Vocabulary) -> None:
        self.thesaurus = thesaurus
        self.segmenter = segmenter
        self._vocabulary = vocabulary

    def refused(self, words: Iterable[str]) -> frozenset[str]:
        """Whoever refuses 纯棉 refuses 全棉 too."""
        return frozenset(one for word in words for one in self.thesaurus.equals(normalise(word)))

    def read(self, text: str, refused: Sequence[str] = ()) -> tuple[Concept, ...]:
        """Concepts of what is wanted, and one for what is refused: 不含酒精 is best served by 无酒精."""
        normal = normalise(text)
        found: dict[str, Concept] = {}
        for concept in (*self._measured(normal), *self._named(normal)):
            found.setdefault(concept.said, concept)
        for phrase, likeness in self.thesaurus.meant(normal):
            found.setdefault(phrase, _weaker(phrase, self.thesaurus.ways(phrase), likeness))
        for word in map(normalise, refused):
            found.setdefault(f"无{word}", _without(word))
        return _with_head(tuple(found.values()))

    @staticmethod
    def _measured(text: str) -> Iterator[Concept]:
        """50毫升 is also written 50ml."""
        for number in find_numbers(text):
            unit = next(
                (
                    text[number.end : number.end + length]
                    for length in range(_LONGEST_UNIT, 0, -1)
                    if is_unit(text[number.end : number.end + length])
                ),
                None,
            )
            if unit and not number.is_range:
                said = text[number.start : number.end] + unit
                yield Concept(said, tuple(_spelled(float(number.low), unit)))

    def _named(self, text: str) -> Iterator[Concept]:
        """The longest words of the thesaurus over whole tokens; other tokens unless they are small talk."""
        for run in _PARTS.findall(text):
            yield from self._of_run(self.segmenter.words(run))

    def _of_run(self, tokens: list[str]) -> Iterator[Concept]:
        place, unknown = 0, ""
        while place < len(tokens):
            said = self._longest(tokens, place)
            if said:
                yield from self._heard(unknown)
                yield Concept(said, self.thesaurus.ways(said))
                place, unknown = place + self._count(tokens, place, said), ""
                continue
            unknown += tokens[place]
            yield from self._plain(tokens[place])
            place += 1
        yield from self._heard(unknown)

    def _longest(self, tokens: Sequence[str], place: int) -> str | None:
        for end in range(min(len(tokens), place + _MOST_TOKENS), place, -1):
            said = "".join(tokens[place:end])
            if len(said) > 1 and said in self.thesaurus.words:
                return said
        return None

    @staticmethod
    def _count(tokens: Sequence[str], place: int, said: str) -> int:
        """How many tokens a word is made of."""
        length, count = 0, 0
        while length < len(said):
            length += len(tokens[place + count])
            count += 1
        return count

    def _plain(self, token: str) -> Iterator[Concept]:
        """A word that the catalogue has; single characters are verbs and particles mostly."""
        for word in self.segmenter.content_words(token):
            if len(word) > 1 and self._vocabulary.has(word):
                yield Concept(word, self.thesaurus.ways(word), weight=_PLAIN)

    def _heard(self, unknown: str) -> Iterator[Concept]:
        """What the catalogue does not have as it is written: the longest stretches that sound like a word."""
        place = 0
        while place < len(unknown) - 1:
            for end in range(min(len(unknown), place + 12), place + 1, -1):
                typed = unknown[place:end]
                word = self._vocabulary.sounding(typed)
                if word and not self._vocabulary.has(typed):
                    yield _weaker(typed, self.thesaurus.ways(word), _HEARD)
                    place = end - 1
                    break
            place += 1


def _spelled(value: float, unit: str) -> Iterator[Way]:
    """A measure in every unit that it is written in, the one that was said first."""
    yield Way(f"{value:g}{unit}", 1.0)
    base, factor = canonical(unit)
    for other, worth in spellings(base).items():
        amount = value * factor / worth
        if other != unit and amount >= 0.01:
            yield Way(f"{amount:.6g}{other}", _MEASURED)


def _without(word: str) -> Concept:
    return Concept(f"无{word}", tuple(Way(before + word, 1.0) for before in _WITHOUT))


def _weaker(said: str, ways: tuple[Way, ...], likeness: float) -> Concept:
    return Concept(said, tuple(replace(way, weight=way.weight * likeness) for way in ways))


def _with_head(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """The last kind of goods named is what is wanted: 能当遥控器的手机."""
    goods = [place for place, concept in enumerate(concepts) if concept.ways[0].goods]
    return tuple(
        replace(concept, head=bool(goods) and place == goods[-1])
        for place, concept in enumerate(concepts)
    )
