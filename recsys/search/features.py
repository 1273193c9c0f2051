"""Ranking features of the candidates of one query; every feature lies in [0, 1]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import Document
from recsys.index.lexical import lexical_tokens
from recsys.text.normalise import normalise

FEATURES = (
    "lexical",
    "dense",
    "cross",
    "concepts",
    "head",
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


def similarity_share(similarities: Floats) -> Floats:
    """Cosines scaled from their least possible value to the best found (theoretical min-max, Bruch et al. 2023): the
    result does not hang on how many candidates there are."""
    top = float(similarities.max()) if len(similarities) else 0.0
    return (similarities + 1) / (top + 1) if top > -1 else np.zeros_like(similarities)


def share_of_top(values: Floats) -> Floats:
    """Each score as a share of the best."""
    top = float(values.max()) if len(values) else 0.0
    return values / top if top > 0 else np.zeros_like(values)


def candidate_features(
    keywords: str,
    expansion: str,
    documents: Sequence[Document],
    lexical: Floats,
    dense: Floats,
    cross: Floats,
    concepts: Floats,
    head: Floats,
    wishes: Floats,
    kind: Floats,
) -> Floats:
    """Shape (candidates, features)."""
    columns = [
        share_of_top(lexical),
        similarity_share(dense),
        scaled(cross),
        concepts,
        head,
        wishes,
        kind,
        _category_votes(documents, lexical, dense),
        np.array([_overlap(keywords, d.title) for d in documents], np.float32),
        np.array([_field_match(f"{keywords} {expansion}", d) for d in documents], np.float32),
        np.array([_model_match(keywords, d) for d in documents], np.float32),
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


def _overlap(keywords: str, text: str) -> float:
    """Share of the query's tokens that the text has; bigrams weigh double."""
    wanted = set(lexical_tokens(keywords))
    if not wanted:
        return 0.0
    present = set(lexical_tokens(text))
    weight = {t: 2.0 if len(t) > 1 else 1.0 for t in wanted}
    return sum(w for t, w in weight.items() if t in present) / sum(weight.values())


def _field_match(text: str, document: Document) -> float:
    """Share of the query's tags: tags and attribute values named in the query, up to two."""
    text = normalise(text)
    values = {normalise(v) for v in (*document.tags, *document.attribute_texts()) if len(v) > 1}
    return min(2, sum(value in text for value in values)) / 2


def _model_match(keywords: str, document: Document) -> float:
    model = normalise(document.model).replace(" ", "")
    text = normalise(keywords).replace(" ", "")
    return float(len(model) > 2 and model in text)


def _popularity(documents: Sequence[Document]) -> Floats:
    """log10 of sales, a million counts as 1."""
    return np.array([min(1.0, np.log10(1 + d.sales) / 6) for d in documents], np.float32)
