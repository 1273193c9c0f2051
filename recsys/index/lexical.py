"""BM25 over characters, character bigrams and Latin words.

Characters with bigrams beat jieba words by far on shop titles (see docs/benchmarks.md), because a title is a heap of
nouns that a segmenter cuts differently each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from recsys.text.normalise import normalise

_RUN = re.compile(r"[一-鿿㐀-䶿]+|[a-z0-9]+(?:[.\-][a-z0-9]+)*")
_PART = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def lexical_tokens(text: str) -> list[str]:
    """Tokens of a text: each Chinese character and bigram; each Latin word, number and, whole, each model number."""
    tokens: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if run[0].isascii():
            parts = _PART.findall(run)
            tokens += parts if len(parts) == 1 else [run, *parts]
        else:
            tokens += list(run)
            tokens += [run[i : i + 2] for i in range(len(run) - 1)]
    return tokens


def phrase_tokens(phrase: str) -> set[str]:
    """The tokens that every text with this phrase has, however it spaces a model number; single characters say nothing
    beside their bigrams."""
    tokens = lexical_tokens(phrase)
    whole = {run for run in _RUN.findall(phrase) if run[0].isascii() and len(_PART.findall(run)) > 1}
    return {t for t in tokens if (len(t) > 1 or t.isascii()) and t not in whole} or set(tokens)


class LexicalIndex:
    """BM25 scores of one query against every document, in document order."""

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.6) -> None:
        self._size = len(texts)
        self._bm25 = bm25s.BM25(k1=k1, b=b)
        if texts:
            self._bm25.index([lexical_tokens(t) or [""] for t in texts], show_progress=False)

    def holding(self, phrase: str) -> NDArray[np.int64]:
        """Documents that have every token of a phrase: a superset of those that have the phrase."""
        vocabulary = self._bm25.vocab_dict if self._size else {}
        tokens = phrase_tokens(phrase)
        if not tokens or any(token not in vocabulary for token in tokens):
            return np.zeros(0, np.int64)
        rarest = sorted((self._posting(vocabulary[token]) for token in tokens), key=len)
        rows = rarest[0]
        for posting in rarest[1:]:
            rows = rows[np.isin(rows, posting)]
        return np.sort(rows).astype(np.int64)

    def _posting(self, token: int) -> NDArray[np.int32]:
        columns = self._bm25.scores
        rows: NDArray[np.int32] = columns["indices"][columns["indptr"][token] : columns["indptr"][token + 1]]
        return rows

    def scores(self, text: str) -> NDArray[np.float32]:
        """Shape (documents,); zeros when no token is known."""
        tokens = (
            [t for t in lexical_tokens(text) if t in self._bm25.vocab_dict] if self._size else []
        )
        if not tokens:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(tokens), dtype=np.float32)
