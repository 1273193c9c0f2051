"""TF-IDF over any tokens, as an inverted list: cosine with every text, and how much of a query a text covers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class TfIdf:
    """`texts` are token lists; a token in no text weighs as much as the rarest."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._size = len(texts)
        in_texts = Counter(token for text in texts for token in set(text))
        self._unknown = math.log(self._size + 1.0) + 1.0
        self._idf = {t: math.log((self._size + 1) / (n + 1)) + 1.0 for t, n in in_texts.items()}
        rows: dict[str, list[int]] = defaultdict(list)
        values: dict[str, list[float]] = defaultdict(list)
        for row, text in enumerate(texts):
            for token, weight in self._unit(text).items():
                rows[token].append(row)
                values[token].append(weight)
        self._rows = {token: np.array(found, np.int64) for token, found in rows.items()}
        self._values = {token: np.array(found, np.float32) for token, found in values.items()}

    def cosines(self, tokens: Sequence[str]) -> Floats:
        """Shape (texts,), from 0 to 1."""
        scores = np.zeros(self._size, np.float32)
        for token, weight in self._unit(tokens).items():
            if token in self._rows:
                scores[self._rows[token]] += weight * self._values[token]
        return scores

    def covered(self, tokens: Sequence[str]) -> Floats:
        """Shape (texts,): the share of the query's weight that each text has, from 0 to 1."""
        scores = np.zeros(self._size, np.float32)
        weights = {token: self._weight(token) for token in set(tokens)}
        for token, weight in weights.items():
            if token in self._rows:
                scores[self._rows[token]] += weight
        total = sum(weights.values())
        return scores / np.float32(total) if total else scores

    def unknown(self, tokens: Sequence[str]) -> float:
        """The share of the query's weight that stands in no text at all."""
        weights = {token: self._weight(token) for token in set(tokens)}
        total = sum(weights.values())
        return sum(w for t, w in weights.items() if t not in self._idf) / total if total else 0.0

    def _weight(self, token: str) -> float:
        return self._idf.get(token, self._unknown)

    def _unit(self, tokens: Sequence[str]) -> dict[str, float]:
        weights = {t: (1 + math.log(n)) * self._weight(t) for t, n in Counter(tokens).items()}
        norm = math.sqrt(sum(w * w for w in weights.values()))
        return {token: weight / norm for token, weight in weights.items()} if norm else {}
