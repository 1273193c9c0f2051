"""The same words in other characters: traditional, pinyin, full-width, spaced out, with an emoji."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from random import Random

from opencc import OpenCC
from pypinyin import lazy_pinyin

from testing.variation.sentence import Sentence, Word

_EMOJI = ("😊", "🙂", "🙏", "🌹", "😄")
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in map(chr, range(0x21, 0x7F)) if c.isalnum()}


def traditional(sentence: Sentence, random: Random) -> Iterator[str]:
    """Only where the way back is certain (乾 is two characters in simplified script)."""
    text = _converter("s2t").convert(sentence.text)
    if _converter("t2s").convert(text) == sentence.text:
        yield text


def pinyin(sentence: Sentence, random: Random) -> Iterator[str]:
    """买个shouji: one word in the letters that it was typed with."""
    words = [word for word in sentence.words if len(word.text) > 1]
    for word in random.sample(words, len(words)):
        beside = sentence.text[: word.start][-1:] + sentence.text[word.end :][:1]
        if not any(c.isascii() and c.isalnum() for c in beside):
            yield sentence.replaced(word, "".join(lazy_pinyin(word.text)))


def full_width(sentence: Sentence, random: Random) -> Iterator[str]:
    yield sentence.text.translate(_WIDE)


def spaced(sentence: Sentence, random: Random) -> Iterator[str]:
    """A space between all words, then at one border alone."""
    pairs = itertools.pairwise(sentence.pieces)
    borders = [a.end for a, b in pairs if a.end == b.start and _may_part(sentence, a, b)]
    yield _parted(sentence.text, borders)
    for place in random.sample(borders, len(borders)):
        yield _parted(sentence.text, [place])


def emoji(sentence: Sentence, random: Random) -> Iterator[str]:
    for sign in random.sample(_EMOJI, len(_EMOJI)):
        yield random.choice((f"{sentence.text}{sign}", f"{sign}{sentence.text}"))


def _may_part(sentence: Sentence, left: Word, right: Word) -> bool:
    """Never inside a condition (不 要苹果) nor at a lone character that may belong to its neighbour (小 白)."""
    inside = any(span.start < left.end < span.end for span in sentence.query.spans)
    whole = all(w.text.isalnum() and (len(w.text) > 1 or w.small_talk) for w in (left, right))
    return whole and not inside and not (left.text + right.text).isascii()


def _parted(text: str, places: list[int]) -> str:
    edges = [0, *places, len(text)]
    return " ".join(text[a:b] for a, b in itertools.pairwise(edges))


@functools.cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
