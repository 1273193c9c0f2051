"""Candidates from four retrievers, with what each says of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from recsys.index.columns import Mask
from recsys.index.store import Index
from recsys.search.concepts import concept_scores, expansion
from recsys.search.understanding import Understood

Floats = NDArray[np.float32]
# What serves in other words counts less than what serves as it was said.
_EXPANDED = 0.3


@dataclass(frozen=True)
class Candidates:
    """Rows of the index; `lexical`: BM25 of what was said, `dense`: cosines, `concepts`: share of the concepts served,
    `head`: how far the kind of goods is, `expanded`: BM25 of other wordings. All of shape (candidates,)."""

    rows: NDArray[np.int64]
    lexical: Floats
    dense: Floats
    concepts: Floats
    head: Floats
    expanded: Floats

    def at(self, places: NDArray[np.int64]) -> Candidates:
        return replace(self, **{f.name: getattr(self, f.name)[places] for f in fields(self)})


def retrieve(
    index: Index, wanted: Understood, vector: Floats, products: Mask, alpha: float, depth: int
) -> Candidates:
    """The best `depth` of `products` by all retrievers together; `alpha`: the dense share."""
    read = index.concepts.read(wanted.said, wanted.constraints.not_words)
    lexical = index.lexical.scores(f"{wanted.said} {wanted.expansion}")
    concepts, head = concept_scores(read, index.phrases)
    expanded = index.lexical.weighted(expansion(read))
    for scores in (lexical, concepts, expanded):
        scores[~products] = 0.0
    found, _ = index.dense.nearest(vector, depth, products)
    tops = (_top(scores, depth) for scores in (lexical, concepts, expanded))
    rows = np.unique(np.concatenate([found, *tops]))
    dense = index.vectors[rows] @ vector
    several = Candidates(rows, lexical[rows], dense, concepts[rows], head[rows], expanded[rows])
    return several.at(np.argsort(-_together(several, alpha), kind="stable")[:depth])


def _top(scores: Floats, depth: int) -> NDArray[np.int64]:
    """The rows of the greatest scores above 0."""
    if depth < len(scores):
        rows = np.argpartition(-scores, depth)[:depth]
    else:
        rows = np.arange(len(scores))
    return rows[scores[rows] > 0]


def _together(several: Candidates, alpha: float) -> Floats:
    """Convex combination of scaled scores (Bruch et al. 2023, "An Analysis of Fusion Functions"), and what serves."""
    hybrid = alpha * similarity_share(several.dense) + (1 - alpha) * share_of_top(several.lexical)
    return hybrid + several.concepts + _EXPANDED * share_of_top(several.expanded)


def similarity_share(similarities: Floats) -> Floats:
    """Cosines scaled from their least possible value to the best found (theoretical min-max, Bruch et al. 2023): the
    result does not hang on how many candidates there are."""
    top = float(similarities.max()) if len(similarities) else 0.0
    return (similarities + 1) / (top + 1) if top > -1 else np.zeros_like(similarities)


def share_of_top(values: Floats) -> Floats:
    """Each score as a share of the best."""
    top = float(values.max()) if len(values) else 0.0
    return values / top if top > 0 else np.zeros_like(values)
