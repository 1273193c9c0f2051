"""The ways of finding an entry of the FAQ that are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

from recsys.encoder.onnx import OnnxEncoder
from recsys.evaluation.faq import Scorer
from recsys.faq.collection import FaqCollection, sentences
from recsys.faq.entry import FaqEntry
from recsys.faq.model import FaqModel
from recsys.faq.tfidf import TfIdf
from recsys.faq.words import Concepts
from recsys.text.normalise import normalise
from recsys.text.tokens import lexical_tokens


def collect(entries: Sequence[FaqEntry], encoder: OnnxEncoder, concepts: Concepts) -> FaqCollection:
    """Encode the ways of asking."""
    return FaqCollection(entries, encoder.queries(sentences(entries, concepts)), concepts)


def compared(
    model: FaqModel, collection: FaqCollection, encoder: OnnxEncoder
) -> Mapping[str, Scorer]:
    """Every system; each searches the same ways of asking."""
    entries = collection.entries
    return {
        "BM25, jieba words": bm25_words(entries),
        "TF-IDF, characters + bigrams": tfidf(entries),
        "encoder alone": dense(collection, encoder),
        "ours": scorer(model, collection, encoder),
    }


def scorer(model: FaqModel, collection: FaqCollection, encoder: OnnxEncoder) -> Scorer:
    """As served."""

    def score(text: str) -> tuple[NDArray[np.float64], float]:
        vector = encoder.queries([collection.concepts.plain(text)])[0]
        features = collection.features(text, vector)
        chances = model.probabilities(features, collection.none_features(text))
        return chances, float(chances.max())

    return score


def bm25_words(entries: Sequence[FaqEntry]) -> Scorer:
    """What one would pick first: bm25s over jieba words, default parameters."""
    index = bm25s.BM25()
    index.index(
        [list(jieba.cut(normalise(way))) for e in entries for way in e.ways], show_progress=False
    )

    def score(text: str) -> tuple[NDArray[np.float64], float]:
        words = [word for word in jieba.cut(normalise(text)) if word in index.vocab_dict]
        of_ways = index.get_scores(words) if words else np.zeros(sum(len(e.ways) for e in entries))
        return _best(np.asarray(of_ways, np.float64), entries)

    return score


def tfidf(entries: Sequence[FaqEntry]) -> Scorer:
    """Cosine of character n-grams."""
    index = TfIdf([lexical_tokens(way) for entry in entries for way in entry.ways])
    return lambda text: _best(index.cosines(lexical_tokens(text)).astype(np.float64), entries)


def dense(collection: FaqCollection, encoder: OnnxEncoder) -> Scorer:
    """Cosine of the encoder's vectors of the sentences as they are."""
    ways = encoder.queries([way for entry in collection.entries for way in entry.ways])

    def score(text: str) -> tuple[NDArray[np.float64], float]:
        similar = ways @ encoder.queries([text])[0]
        return _best(similar.astype(np.float64), collection.entries)

    return score


def _best(
    of_ways: NDArray[np.float64], entries: Sequence[FaqEntry]
) -> tuple[NDArray[np.float64], float]:
    """The best way of each entry, and the best of all."""
    ends = np.cumsum([len(entry.ways) for entry in entries])
    scores = np.array([part.max() for part in np.split(of_ways, ends[:-1])])
    return scores, float(scores.max())
