"""One search from text or constraints to explained hits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recsys.index.columns import Mask
from recsys.index.document import Document
from recsys.index.store import Encoder, Index
from recsys.search.coverage import coverage
from recsys.search.explain import Explainer
from recsys.search.features import candidate_features
from recsys.search.gift import suits
from recsys.search.order import best_first, by_relevance, by_wish, popularity
from recsys.search.rank import RankWeights
from recsys.search.relax import Filtered, relax
from recsys.search.request import Hit, SearchRequest, SearchResult
from recsys.search.retrieve import retrieve
from recsys.search.soft import Met, widened, wishes
from recsys.search.understanding import Understood, understand
from recsys.search.vectors import QueryVectors

Floats = NDArray[np.float32]


class CrossEncoder(Protocol):
    """Scores documents for one query; shape (documents,)."""

    def scores(self, query: str, documents: Sequence[str]) -> Floats: ...


@dataclass(frozen=True)
class EngineConfig:
    """Depths of the stages; the similarity below which a bare text counts as not understood, and the share of it that a
    product must speak of; how well, relative to
    the best of the whole catalogue, a category's best product must match for its name to be taken at its word; what naming
    a recipient adds, as a share of how far the scores lie apart."""

    retrieved: int = 100
    reranked: int = 24
    confident_similarity: float = 0.35
    confident_coverage: float = 0.5
    cached_queries: int = 4096
    category_support: float = 0.8
    recipient_boost: float = 0.2


Ranked = tuple[list[int], Floats]


def _popular(index: Index, exact: Filtered) -> Ranked:
    rows = np.flatnonzero(exact.products)
    return best_first(rows, popularity([index.documents[row] for row in rows]))


def _known_sales(index: Index, exact: Filtered) -> bool:
    return any(index.documents[row].sales for row in np.flatnonzero(exact.products))


def _led_by(first: Ranked, ranked: Ranked) -> Ranked:
    """`first`, then what else is ranked, scored below it."""
    led = set(first[0])
    rest = [(row, score) for row, score in zip(*ranked, strict=True) if row not in led]
    scores = np.array([score for _, score in rest], np.float32)
    below = scores - scores.max(initial=0.0) + first[1].min(initial=0.0)
    return [*first[0], *(row for row, _ in rest)], np.concatenate([first[1], below])


class SearchEngine:
    """Immutable parts plus one replaceable index; `search` may run in several threads."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        ranker: CrossEncoder | None,
        weights: RankWeights,
        explainer: Explainer,
        config: EngineConfig = EngineConfig(),
    ) -> None:
        self.index = index
        self.encoder = encoder
        self.vectors = QueryVectors(encoder, config.cached_queries)
        self._ranker = ranker
        self._weights = weights
        self._explainer = explainer
        self._config = config

    def search(self, request: SearchRequest) -> SearchResult:
        """Ranked hits. Never raises for odd text; an empty catalogue gives no hits."""
        started = time.perf_counter()
        index = self.index
        wanted, exact, filtered = self._narrowed(index, request)
        ranked, scores, similarity = self._ranked(index, wanted, exact, filtered)
        if wanted.sort:
            rows = by_wish(wanted.sort, index, filtered, None if wanted.categories else ranked)
        else:
            rows = by_relevance(request, wanted.constraints, index, ranked, wanted.named)
        by_row = {row: float(score) for row, score in zip(ranked, scores, strict=True)}
        hits = self._hits(index, wanted, filtered, rows[: request.limit], by_row)
        return SearchResult(
            hits=hits, constraints=filtered.constraints, relaxed=filtered.relaxed, total=int(exact.products.sum()),
            confident=self._is_confident(index, wanted, hits, similarity),
            took_ms=(time.perf_counter() - started) * 1000,
        )  # fmt: skip

    def _narrowed(
        self, index: Index, request: SearchRequest
    ) -> tuple[Understood, Filtered, Filtered]:
        """What is wanted, what meets every condition, and what may be shown: a search page goes on after that; a chat
        does not, nor does an order by a field."""
        wanted = self._checked(index, request, self.understand(request, index))
        exact = relax(index.columns, wanted.constraints, self._base(index, request, wanted))
        if request.context != "search" or wanted.sort:
            return wanted, exact, exact
        unseen = self._unseen(index, request, wanted)
        return wanted, exact, widened(index.columns, exact, unseen)

    def _is_confident(
        self, index: Index, wanted: Understood, hits: Sequence[Hit], similarity: float
    ) -> bool:
        """Whether this is what was asked for: its kind was named, or what was said is said of a product shown."""
        if wanted.categories:
            return True
        if not wanted.constraints.brands and similarity < self._config.confident_similarity:
            return False
        texts = [index.columns.text(index.row_of[hit.product_id]) for hit in hits]
        share = coverage(wanted.constraints.need, texts, index.categories)
        return share > self._config.confident_coverage

    def understand(self, request: SearchRequest, index: Index | None = None) -> Understood:
        """Constraints from the request or its text; the category name resolved to leaf categories."""
        return understand(request, index or self.index)

    def _checked(self, index: Index, request: SearchRequest, wanted: Understood) -> Understood:
        """Doubt a category that a sentence names in passing (洗宝宝衣服的): it stays when its own products match the words
        about as well as any. Constraints that were given, not read, are never doubted."""
        if request.constraints is not None or not wanted.categories or not wanted.constraints.need:
            return wanted
        scores = index.lexical.scores(wanted.keywords)
        best = float(scores.max(initial=0.0))
        own = float(scores[index.columns.categories(wanted.categories)].max(initial=0.0))
        if own >= self._config.category_support * best:
            return wanted
        return replace(
            wanted, constraints=replace(wanted.constraints, category=None), categories=()
        )

    @classmethod
    def _base(cls, index: Index, request: SearchRequest, wanted: Understood) -> Mask:
        """Products of the category; those already shown are left out."""
        return cls._unseen(index, request, wanted) & wanted.kinds(index)

    @staticmethod
    def _unseen(index: Index, request: SearchRequest, wanted: Understood) -> Mask:
        """Neither shown before nor refused under another name."""
        base = np.ones(len(index.documents), dtype=bool)
        for word in index.concepts.refused(wanted.constraints.not_words):
            base &= ~index.columns.mentions(word)
        row_of = index.row_of
        for product_id in (*request.exclude, *([request.product_id] if request.product_id else [])):
            if product_id in row_of:
                base[row_of[product_id]] = False
        return base

    def _ranked(
        self, index: Index, wanted: Understood, exact: Filtered, filtered: Filtered
    ) -> tuple[list[int], Floats, float]:
        """Rows best first with a score for each, and the best cosine similarity (0 without text). Where the conditions say
        it all, popularity orders what meets them, and relevance what a search page goes on with."""
        if not filtered.products.any():
            return [], np.zeros(0, np.float32), 0.0
        if not wanted.asks_for_more and exact is filtered:
            return *_popular(index, exact), 0.0
        rows, features, similarity = self._candidates(index, wanted, filtered)
        scores = self._weights.score(features)
        ranked = best_first(rows, scores + self._gift(index, wanted, rows, scores))
        if wanted.asks_for_more or not _known_sales(index, exact):
            return *ranked, similarity
        return *_led_by(_popular(index, exact), ranked), similarity

    def _gift(
        self, index: Index, wanted: Understood, rows: NDArray[np.int64], scores: Floats
    ) -> Floats:
        """What is added where the catalogue names the recipient: a share of how far the scores lie apart."""
        documents = [index.documents[row] for row in rows]
        spread = float(scores.max(initial=0.0) - scores.min(initial=0.0)) if len(scores) else 0.0
        share = self._config.recipient_boost * spread
        return share * suits(wanted.constraints.need, documents, index.categories)

    def candidates(self, request: SearchRequest) -> tuple[list[str], Floats]:
        """Product ids and features of what would be ranked; the weights are learned from these."""
        index = self.index
        wanted, _, filtered = self._narrowed(index, request)
        rows, features, _ = self._candidates(index, wanted, filtered)
        return [index.documents[row].product_id for row in rows], features

    def _candidates(
        self, index: Index, wanted: Understood, filtered: Filtered
    ) -> tuple[NDArray[np.int64], Floats, float]:
        vector = self.vectors.of(wanted.keywords)
        found = retrieve(
            index, wanted, vector, filtered.products, self._weights.alpha, self._config.retrieved
        )
        documents = [index.documents[row] for row in found.rows]
        cross = self._cross(wanted.keywords, documents)
        met = Met(index.columns, wishes(filtered.constraints), filtered.skus, found.rows)
        features = candidate_features(wanted, documents, found, cross, met.share())
        return found.rows, features, float(found.dense.max(initial=0.0))

    def _cross(self, keywords: str, documents: Sequence[Document]) -> Floats:
        """Cross-encoder scores of the first candidates; the rest take the lowest of them."""
        if self._ranker is None or not documents:
            return np.zeros(len(documents), np.float32)
        count = min(len(documents), self._config.reranked)
        scores = self._ranker.scores(keywords, [d.short_text() for d in documents[:count]])
        rest = np.full(len(documents) - count, scores.min(initial=0.0), np.float32)
        return np.concatenate([scores, rest])

    def _hits(
        self,
        index: Index,
        wanted: Understood,
        filtered: Filtered,
        rows: Sequence[int],
        scores: dict[int, float],
    ) -> tuple[Hit, ...]:
        relaxed = frozenset(r.constraint for r in filtered.relaxed)
        need = [*wanted.constraints.need.split(), *wanted.expansion.split()]
        met = Met(
            index.columns, wishes(filtered.constraints), filtered.skus, np.array(rows, np.int64)
        )
        hits = []
        for row in rows:
            document, sku = index.documents[row], index.columns.best_sku(row, filtered.skus)
            broken = self._explainer.broken(document, sku, (*filtered.relaxed, *met.unmet(row)))
            reasons = self._explainer.reasons(
                document, sku, filtered.constraints, relaxed, need, broken
            )
            hits.append(Hit(document.product_id, sku.sku, scores.get(row, 0.0), reasons))
        return tuple(hits)
