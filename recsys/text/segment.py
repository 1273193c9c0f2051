"""Segmentation and stop words; the dictionary is jieba's plus the shop's own words."""

from __future__ import annotations

import functools
import importlib.resources
import logging
from collections.abc import Iterable

import jieba


@functools.cache
def stop_words() -> frozenset[str]:
    """Words of shopping talk that say nothing about the product wanted."""
    return frozenset(
        importlib.resources.files("recsys.text")
        .joinpath("stopwords.txt")
        .read_text("utf-8")
        .split()
    )


class Segmenter:
    """A jieba tokenizer with the words of one catalogue added."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        words = list(words)
        self._own = frozenset(words)
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        for word in words:
            if len(word) > 1 and " " not in word and word not in self._tokenizer.FREQ:
                self._tokenizer.add_word(word)

    def words(self, text: str) -> list[str]:
        """Words of a normalised text, white space dropped."""
        return [word for word in self._tokenizer.cut(text, HMM=False) if not word.isspace()]

    def content_words(self, text: str) -> list[str]:
        """Words that carry meaning: no stop words, no punctuation."""
        stop = stop_words()
        return [w for w in self.words(text) if w not in stop and any(c.isalnum() for c in w)]

    def longer_words(self, text: str) -> list[tuple[int, int]]:
        """Spans of general words that are none of the shop's: 咖啡 inside 咖啡因 is not coffee.

        A word that only adds small talk to a shop word (买手机) does not count.
        """
        spans: list[tuple[int, int]] = []
        place = 0
        for word in self._tokenizer.cut(text, HMM=False):
            if 2 < len(word) <= 4 and word not in self._own and not self._talks_about_own(word):
                spans.append((place, place + len(word)))
            place += len(word)
        return spans

    def _talks_about_own(self, word: str) -> bool:
        stop = stop_words()
        cuts = range(1, len(word))
        return any(word[:c] in stop or word[c:] in stop for c in cuts) and any(
            word[:c] in self._own or word[c:] in self._own for c in cuts
        )
