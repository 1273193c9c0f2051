"""Phrases that a text says in other words: 写错字了用什么盖掉 and 盖掉写错的字 share most of their characters."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable

_PARTICLES = str.maketrans("", "", "的了着过吗呢吧啊呀地得很太挺好就都也个 ")
_LEAST, _FEWEST, _MOST = 0.6, 3, 4


class Alike:
    """An inverted index of phrases by their pairs of neighbouring characters, particles left out."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._pairs: dict[str, frozenset[str]] = {}
        self._having: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            bare = phrase.translate(_PARTICLES)
            if len(bare) >= _FEWEST and not bare.isascii():
                self._pairs[phrase] = frozenset(_pairs(bare))
                for pair in self._pairs[phrase]:
                    self._having[pair].append(phrase)

    def find(self, text: str) -> list[tuple[str, float]]:
        """Phrases not in the text as they stand, of which it has most characters and pairs; score in (0, 1)."""
        bare = text.translate(_PARTICLES)
        shared = Counter(
            phrase for pair in set(_pairs(bare)) for phrase in self._having.get(pair, ())
        )
        scored = [
            (phrase, self._score(phrase, count, bare))
            for phrase, count in shared.items()
            if phrase not in text
        ]
        found = [(phrase, score) for phrase, score in scored if score >= _LEAST]
        return sorted(found, key=lambda one: (-one[1], one[0]))[:_MOST]

    def _score(self, phrase: str, shared: int, text: str) -> float:
        bare = phrase.translate(_PARTICLES)
        characters = [c for c in bare if c in text]
        if len(characters) < _FEWEST:
            return 0.0
        return 0.5 * shared / len(self._pairs[phrase]) + 0.5 * len(characters) / len(bare)


def _pairs(text: str) -> list[str]:
    return [a + b for a, b in itertools.pairwise(text)]
