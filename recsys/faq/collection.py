"""All entries of the FAQ, ready to be compared with a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.faq.entry import FaqEntry
from recsys.faq.tfidf import TfIdf
from recsys.faq.words import Concepts
from recsys.text.normalise import normalise
from recsys.text.tokens import lexical_tokens

Floats = NDArray[np.float32]

# What is known of a sentence and an entry; all from 0 (nothing in common) to 1.
FEATURES = (
    "dense",  # cosine of the encoder's vectors, mean of the three nearest ways of asking
    "ngrams",  # TF-IDF cosine of characters and bigrams, the nearest way of asking
    "covered",  # weight of the sentence's n-grams that the ways of asking and keywords have
    "told",  # the same in the answer
    "concepts",  # TF-IDF cosine of concepts, the nearest way of asking
)
# What is known of the sentence alone: it may ask for nothing that is here.
NONE_FEATURES = ("bias", "unknown", "brevity")
_NEAREST = 3
_MARKS = re.compile(r"[呀啊呢哦哈]?[\W_]*$|[\W_]")


class FaqCollection:
    """Compares sentences with entries, each with its words for known concepts made one.

    `vectors` has one unit row for each of `sentences(entries, concepts)`.
    """

    def __init__(self, entries: Sequence[FaqEntry], vectors: Floats, concepts: Concepts) -> None:
        self.entries = tuple(entries)
        self.vectors = vectors
        self.concepts = concepts
        self._rows = _rows([len(entry.ways) for entry in entries])
        ways = [way for entry in entries for way in entry.ways]
        whole = ["\n".join((*entry.ways, *entry.keywords)) for entry in entries]
        self._ways = TfIdf([self._tokens(way) for way in ways])
        self._whole = TfIdf([self._tokens(text) for text in whole])
        self._told = TfIdf([self._tokens(entry.text) for entry in entries])
        self._concepts_of_ways = TfIdf([concepts.of(way) for way in ways])
        self._said: dict[str, set[int]] = {}
        for row, entry in enumerate(entries):
            for words in (*entry.ways, *entry.keywords):
                self._said.setdefault(self._bare(words), set()).add(row)

    def features(self, text: str, vector: Floats) -> Floats:
        """Shape (entries, len(FEATURES)) for a sentence and the unit vector of its plain form."""
        tokens = self._tokens(text)
        columns = (
            self._nearest(self.vectors @ vector, _NEAREST),
            self._nearest(self._ways.cosines(tokens), 1),
            self._whole.covered(tokens),
            self._told.covered(tokens),
            self._nearest(self._concepts_of_ways.cosines(self.concepts.of(text)), 1),
        )
        return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)

    def said_by(self, text: str) -> int | None:
        """The row of the one entry that has the sentence, but for marks and particles, for a way of asking or a keyword."""
        rows = self._said.get(self._bare(text), set())
        return next(iter(rows)) if len(rows) == 1 else None

    def none_features(self, text: str) -> Floats:
        """Shape (len(NONE_FEATURES),)."""
        unknown = self._whole.unknown(self._tokens(text))
        return np.array([1.0, unknown, 1.0 / max(1, len(normalise(text)))], np.float32)

    def _bare(self, text: str) -> str:
        return _MARKS.sub("", self.concepts.plain(text))

    def _tokens(self, text: str) -> list[str]:
        return lexical_tokens(self.concepts.plain(text))

    def _nearest(self, of_ways: Floats, count: int) -> Floats:
        """For each entry the mean of its `count` best ways."""
        of_entries = np.append(of_ways, -np.inf)[self._rows]
        best = -np.sort(-of_entries, axis=1)[:, :count]
        there = np.isfinite(best)
        return np.asarray(np.where(there, best, 0.0).sum(axis=1) / there.sum(axis=1), np.float32)


def _rows(counts: Sequence[int]) -> NDArray[np.int64]:
    """Shape (entries, most ways): the rows of each entry's ways, −1 where it has no more."""
    rows = np.full((len(counts), max(counts, default=0)), -1, np.int64)
    first = 0
    for entry, count in enumerate(counts):
        rows[entry, :count] = range(first, first + count)
        first += count
    return rows


def sentences(entries: Sequence[FaqEntry], concepts: Concepts) -> list[str]:
    """What is encoded: every way of asking in its plain form."""
    return [concepts.plain(way) for entry in entries for way in entry.ways]
