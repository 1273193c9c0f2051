"""Query vectors, those asked for before from a cache."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.store import Encoder

Floats = NDArray[np.float32]


class QueryVectors:
    """Unit vectors of queries; safe to use from several threads."""

    def __init__(self, encoder: Encoder, kept: int) -> None:
        self._encoder = encoder
        self._most = kept
        self._kept: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, text: str) -> bool:
        return text in self._kept

    def of(self, text: str) -> Floats:
        """The vector of one text, encoded when it is new."""
        vector = self._kept.get(text)
        if vector is None:
            vector = self._encoder.queries([text])[0]
            self.remember(text, vector)
        return vector

    def remember(self, text: str, vector: Floats) -> None:
        """Keep a vector; the oldest makes room."""
        with self._lock:
            self._kept[text] = vector
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def encode(self, texts: Sequence[str]) -> list[Floats]:
        """Vectors of several texts in one call of the model."""
        return list(self._encoder.queries(texts))
