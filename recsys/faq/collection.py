"""All entries of the FAQ, ready to be compared with a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.faq.entry import FaqEntry
from recsys.faq.tfidf import TfIdf
from recsys.faq.words import Concepts
from recsys.index.lexical import lexical_tokens
from recsys.text.normalise import normalise

Floats = NDArray[np.float32]

# What is known of a sentence and an entry; all from 0 (nothing in common) to 1.
FEATURES = (
    "dense",  # cosine of the encoder's vectors, the nearest way of asking
    "dense_mean",  # the same, mean of the three nearest
    "ngrams",  # TF-IDF cosine of characters and bigrams, the nearest way of asking
    "ngrams_covered",  # weight of the sentence's n-grams that the ways of asking and keywords have
    "told",  # the same in the answer
    "concepts",  # TF-IDF cosine of concepts, the nearest way of asking
    "concepts_covered",  # weight of the sentence's concepts that the entry has
    "keyword",  # share of the sentence that is a keyword of the entry
)
# What is known of the sentence alone: it may ask for nothing that is here.
NONE_FEATURES = ("bias", "unknown", "no_concept")
_NEAREST = 3


class FaqCollection:
    """Compares sentences with entries. `vectors` has one unit row for each way of asking, in order."""

    def __init__(self, entries: Sequence[FaqEntry], vectors: Floats, concepts: Concepts) -> None:
        self.entries = tuple(entries)
        self.vectors = vectors
        self._concepts = concepts
        self._starts = np.cumsum([0, *(len(entry.ways) for entry in entries)])
        ways = [way for entry in entries for way in entry.ways]
        whole = ["\n".join((*entry.ways, *entry.keywords)) for entry in entries]
        self._ngrams = TfIdf([lexical_tokens(way) for way in ways])
        self._ngrams_of_entries = TfIdf([lexical_tokens(text) for text in whole])
        self._told = TfIdf([lexical_tokens(entry.text) for entry in entries])
        self._concepts_of_ways = TfIdf([concepts(way) for way in ways])
        self._concepts_of_entries = TfIdf([concepts(text) for text in whole])
        self._keywords = [tuple(map(normalise, entry.keywords)) for entry in entries]

    def features(self, text: str, vector: Floats) -> Floats:
        """Shape (entries, len(FEATURES)) for a sentence and its unit vector."""
        tokens, concepts, plain = lexical_tokens(text), self._concepts(text), normalise(text)
        dense = self.vectors @ vector
        columns = (
            self._nearest(dense, 1),
            self._nearest(dense, _NEAREST),
            self._nearest(self._ngrams.cosines(tokens), 1),
            self._ngrams_of_entries.covered(tokens),
            self._told.covered(tokens),
            self._nearest(self._concepts_of_ways.cosines(concepts), 1),
            self._concepts_of_entries.covered(concepts),
            [_keyword_share(plain, words) for words in self._keywords],
        )
        return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)

    def none_features(self, text: str) -> Floats:
        """Shape (len(NONE_FEATURES),)."""
        unknown = self._ngrams_of_entries.unknown(lexical_tokens(text))
        return np.array([1.0, unknown, 0.0 if self._concepts(text) else 1.0], np.float32)

    def _nearest(self, of_ways: Floats, count: int) -> list[float]:
        """For each entry the mean of its `count` best ways."""
        parts = np.split(of_ways, self._starts[1:-1])
        return [float(np.sort(part)[-count:].mean()) for part in parts]


def _keyword_share(text: str, keywords: Sequence[str]) -> float:
    """How much of the sentence the longest keyword in it takes up."""
    return max((len(word) / len(text) for word in keywords if word and word in text), default=0.0)
