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
    return frozenset(importlib.resources.files("recsys.text").joinpath("stopwords.txt").read_text("utf-8").split())


class Segmenter:
    """A jieba tokenizer with the words of one catalogue added."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.initialize()
        for word in words:
            if len(word) > 1 and " " not in word:
                self._tokenizer.add_word(word)

    def words(self, text: str) -> list[str]:
        """Words of a normalised text, white space dropped."""
        return [word for word in self._tokenizer.cut(text, HMM=False) if not word.isspace()]

    def content_words(self, text: str) -> list[str]:
        """Words that carry meaning: no stop words, no punctuation."""
        stop = stop_words()
        return [w for w in self.words(text) if w not in stop and any(c.isalnum() for c in w)]
