"""Words found by their sound: homophone typos (手鸡, 耳几) and pinyin (shouji)."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from pypinyin import lazy_pinyin

_CHINESE = re.compile(r"[一-鿿]+")
_LATIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_WORD = re.compile(r"[a-z]+")
_SHORTEST = 4
_MOST_SYLLABLES = 5
_LONGEST = 5


@functools.lru_cache(maxsize=16384)
def sound(text: str) -> str:
    """Toneless pinyin without spaces."""
    return "".join(lazy_pinyin(text))


def word_sounds(words: Iterable[str]) -> dict[str, str]:
    """Sound -> word for Chinese words of two to five characters; sounds shared by two words are left out."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for word in words:
        if 2 <= len(word) <= _LONGEST and _CHINESE.fullmatch(word):
            key = sound(word)
            shared |= {key} if key in found else set()
            found.setdefault(key, word)
    return {key: word for key, word in found.items() if key not in shared}


def find_by_sound(
    text: str, sounds: Mapping[str, str], edges: Collection[int]
) -> Iterator[tuple[int, int, str]]:
    """(start, end, word) of the longest stretches that sound like a known word, left to right.

    A typo falls apart into other words. What cuts a word in two (清空|条件, 转|一下) is no typo of 空调 or 转椅, and what
    is one short general word (道具, 手指) is meant as it stands.
    """
    for run in _LATIN.finditer(text):
        yield from _find_pinyin(run, sounds)
    for run in _CHINESE.finditer(text):
        place = run.start()
        while place < run.end() - 1:
            for end in _ends(place, run.end(), edges):
                word = sounds.get(sound(text[place:end]))
                if word and len(word) == end - place and _alike(word, text[place:end]):
                    yield place, end, word
                    place = end
                    break
            else:
                place += 1


def _find_pinyin(run: re.Match[str], sounds: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """shouji and shou ji, the longest first; whole Latin words only."""
    words = [
        (m.start() + run.start(), m.end() + run.start(), m.group())
        for m in _WORD.finditer(run.group())
    ]
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + _MOST_SYLLABLES), first, -1):
            typed = "".join(word for _, _, word in words[first:last])
            if len(typed) >= _SHORTEST and typed in sounds:
                yield words[first][0], words[last - 1][1], sounds[typed]
                first = last
                break
        else:
            first += 1


def _ends(place: int, last: int, edges: Collection[int]) -> list[int]:
    """Where a stretch of whole words from `place` may end, the farthest first; two characters may not be one word."""
    if place not in edges:
        return []
    shortest = place + (2 if place + 1 in edges else 3)
    return [end for end in range(min(last, place + _LONGEST), shortest - 1, -1) if end in edges]


def _alike(word: str, typed: str) -> bool:
    """A typo keeps at least one character, not all: 手鸡 for 手机, but 受际 is something else."""
    return word != typed and any(a == b for a, b in zip(word, typed, strict=True))
