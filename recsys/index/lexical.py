"""BM25 over characters, character bigrams and Latin words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from recsys.text.tokens import lexical_tokens, phrase_tokens


class LexicalIndex:
    """BM25 scores of one query against every document, in document order."""

    def __init__(self, texts: Sequence[str], k1: float = 1.2, b: float = 0.6) -> None:
        self._size = len(texts)
        self._bm25 = bm25s.BM25(k1=k1, b=b)
        if texts:
            self._bm25.index([lexical_tokens(t) or [""] for t in texts], show_progress=False)

    def weighted(self, tokens: Mapping[str, float]) -> NDArray[np.float32]:
        """Scores of tokens that count more or less; shape (documents,)."""
        scores = np.zeros(self._size, dtype=np.float32)
        for token, weight in tokens.items():
            span = self.posting(token)
            if span is not None:
                scores[self.rows(span)] += weight * self._bm25.scores["data"][span]
        return scores

    def holds(self, phrase: str) -> bool:
        """Whether any document has every token of a phrase."""
        spans = [self.posting(token) for token in phrase_tokens(phrase)]
        if not spans or any(span is None for span in spans):
            return False
        found = [self.rows(span) for span in spans if span is not None]
        rows = min(found, key=len)
        for others in found:
            rows = rows[np.isin(rows, others)]
        return len(rows) > 0

    @property
    def postings(self) -> int:
        """How many pairs of a token and a document there are."""
        return len(self._bm25.scores["indices"]) if self._size else 0

    def posting(self, token: str) -> slice | None:
        """Where a token's postings lie; None where no document has it."""
        number = self._bm25.vocab_dict.get(token) if self._size else None
        if number is None:
            return None
        starts = self._bm25.scores["indptr"]
        return slice(int(starts[number]), int(starts[number + 1]))

    def rows(self, span: slice) -> NDArray[np.int32]:
        """The documents of a posting, ascending."""
        found: NDArray[np.int32] = self._bm25.scores["indices"][span]
        return found

    def place(self, token: str, row: int) -> int | None:
        """The place of one document in a token's posting."""
        span = self.posting(token)
        if span is None:
            return None
        place = span.start + int(np.searchsorted(self.rows(span), row))
        return place if place < span.stop and self._bm25.scores["indices"][place] == row else None

    def scores(self, text: str) -> NDArray[np.float32]:
        """Shape (documents,); zeros when no token is known."""
        tokens = (
            [t for t in lexical_tokens(text) if t in self._bm25.vocab_dict] if self._size else []
        )
        if not tokens:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(tokens), dtype=np.float32)
