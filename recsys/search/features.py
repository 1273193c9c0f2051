"""Ranking features of the candidates of one query; every feature lies in [0, 1]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import Document
from recsys.search.retrieve import Candidates, share_of_top, similarity_share
from recsys.search.understanding import Understood
from recsys.text.normalise import normalise
from recsys.text.tokens import lexical_tokens

FEATURES = (
    "lexical",
    "dense",
    "cross",
    "concepts",
    "head",
    "expanded",
    "wishes",
    "kind",
    "category",
    "title",
    "fields",
    "model",
    "popularity",
    "rating",
)
Floats = NDArray[np.float32]


def scaled(values: Floats) -> Floats:
    """Min-max over the candidates; all alike gives zeros."""
    if not len(values):
        return values
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def candidate_features(
    wanted: Understood,
    documents: Sequence[Document],
    found: Candidates,
    cross: Floats,
    wishes: Floats,
) -> Floats:
    """Shape (candidates, features). `cross`: scores of the cross-encoder; `wishes`: share of the wishes that are met."""
    text = f"{wanted.keywords} {wanted.expansion}"
    columns = [
        share_of_top(found.lexical),
        similarity_share(found.dense),
        scaled(cross),
        found.concepts,
        found.head,
        share_of_top(found.expanded),
        wishes,
        np.array([d.category in wanted.categories for d in documents], np.float32),
        _category_votes(documents, found.lexical, found.dense),
        _overlaps(wanted.keywords, documents),
        _field_matches(text, documents),
        _model_matches(wanted.keywords, documents),
        _popularity(documents),
        np.array([min(1.0, max(0.0, (d.rating - 4.0))) for d in documents], np.float32),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _category_votes(documents: Sequence[Document], lexical: Floats, dense: Floats) -> Floats:
    """How much of the ten best candidates' score belongs to each candidate's category."""
    score = share_of_top(lexical) + similarity_share(dense)
    votes: dict[str, float] = defaultdict(float)
    for row in np.argsort(-score, kind="stable")[:10]:
        votes[documents[row].category] += float(score[row])
    total = sum(votes.values()) or 1.0
    return np.array([votes[d.category] / total for d in documents], np.float32)


def _overlaps(keywords: str, documents: Sequence[Document]) -> Floats:
    """Share of the query's tokens that each title has; bigrams weigh double."""
    weight = {t: 2.0 if len(t) > 1 else 1.0 for t in lexical_tokens(keywords)}
    total = sum(weight.values()) or 1.0
    shared = (sum(weight[t] for t in weight.keys() & d.title_tokens) for d in documents)
    return np.array([share / total for share in shared], np.float32)


def _field_matches(text: str, documents: Sequence[Document]) -> Floats:
    """Tags and attribute values named in the query, up to two."""
    text = normalise(text)
    counts = (sum(value in text for value in d.named_values) for d in documents)
    return np.array([min(2, count) / 2 for count in counts], np.float32)


def _model_matches(keywords: str, documents: Sequence[Document]) -> Floats:
    text = normalise(keywords).replace(" ", "")
    found = (len(d.compact_model) > 2 and d.compact_model in text for d in documents)
    return np.array([float(one) for one in found], np.float32)


def _popularity(documents: Sequence[Document]) -> Floats:
    """log10 of sales, a million counts as 1."""
    return np.array([min(1.0, np.log10(1 + d.sales) / 6) for d in documents], np.float32)
