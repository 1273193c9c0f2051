"""The systems that are compared; each turns a query text into a ranking of product ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import bm25s
import jieba
import numpy as np

from recsys.faq.tfidf import TfIdf
from recsys.index.document import Document
from recsys.index.lexical import LexicalIndex
from recsys.index.store import Encoder, Index
from recsys.search.engine import CrossEncoder, EngineConfig, SearchEngine
from recsys.search.explain import Explainer
from recsys.search.features import FEATURES
from recsys.search.rank import RankWeights
from recsys.search.request import SearchRequest
from recsys.search.retrieve import share_of_top, similarity_share
from recsys.text.normalise import normalise
from recsys.text.tokens import lexical_tokens

System = Callable[[str], list[str]]
DEPTH = 100


def _ranking(scores: np.ndarray, documents: Sequence[Document]) -> list[str]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return [documents[row].product_id for row in order if scores[row] > 0]


def bm25_words(documents: Sequence[Document]) -> System:
    """What a team would pick first: bm25s over jieba words, default parameters."""
    texts = [list(jieba.cut(normalise(d.full_text()))) for d in documents]
    index = bm25s.BM25()
    index.index(texts, show_progress=False)

    def search(text: str) -> list[str]:
        words = [w for w in jieba.cut(normalise(text)) if w in index.vocab_dict]
        return _ranking(np.asarray(index.get_scores(words)), documents) if words else []

    return search


def bm25_characters(documents: Sequence[Document]) -> System:
    """The strong lexical baseline: characters and bigrams over the raw catalogue text."""
    index = LexicalIndex([d.full_text() for d in documents])
    return lambda text: _ranking(index.scores(text), documents)


def _tfidf(documents: Sequence[Document], tokens: Callable[[str], list[str]]) -> System:
    index = TfIdf([tokens(d.full_text()) for d in documents])
    return lambda text: _ranking(index.cosines(tokens(text)), documents)


def tfidf_words(documents: Sequence[Document]) -> System:
    """Cosine of TF-IDF over jieba words."""
    return _tfidf(documents, lambda text: list(jieba.cut(normalise(text))))


def tfidf_characters(documents: Sequence[Document]) -> System:
    """Cosine of TF-IDF over characters and bigrams."""
    return _tfidf(documents, lexical_tokens)


def dense(index: Index, encoder: Encoder) -> System:
    """The bi-encoder alone."""

    def search(text: str) -> list[str]:
        rows, _ = index.dense.nearest(encoder.queries([text])[0], DEPTH)
        return [index.documents[row].product_id for row in rows]

    return search


def hybrid(index: Index, encoder: Encoder, alpha: float) -> System:
    """The convex combination of both over the whole catalogue, without any understanding of the query."""
    lexical = LexicalIndex([d.full_text() for d in index.documents])

    def search(text: str) -> list[str]:
        similarities = index.vectors @ encoder.queries([text])[0]
        scores = alpha * similarity_share(similarities) + (1 - alpha) * share_of_top(
            lexical.scores(text)
        )
        return _ranking(scores, index.documents)

    return search


def _through(engine: SearchEngine) -> System:
    def search(text: str) -> list[str]:
        result = engine.search(SearchRequest(text=text, limit=DEPTH, context="search"))
        return [hit.product_id for hit in result.hits]

    return search


def fusion_weights(alpha: float) -> RankWeights:
    """Weights that rank by the fused retrieval scores alone."""
    share = {"lexical": 1 - alpha, "dense": alpha}
    return RankWeights(alpha, tuple(share.get(name, 0.0) for name in FEATURES))


def structured(index: Index, encoder: Encoder, alpha: float) -> System:
    """Hybrid with query understanding: hard filters, synonyms, expansion."""
    return _through(SearchEngine(index, encoder, None, fusion_weights(alpha), NO_REASONS))


def full(
    index: Index,
    encoder: Encoder,
    ranker: CrossEncoder | None,
    weights: RankWeights,
    config: EngineConfig,
) -> System:
    """The chain as served."""
    return _through(SearchEngine(index, encoder, ranker, weights, NO_REASONS, config))


class _NoReasons(Explainer):
    """Evaluation does not need wording."""

    def reasons(self, *_: object, **__: object) -> tuple[str, ...]:
        return ()

    def broken(self, *_: object, **__: object) -> list[str]:
        return []


NO_REASONS = _NoReasons({})
