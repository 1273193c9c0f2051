"""How far each product serves the concepts of a query."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.phrases import PhraseIndex
from recsys.knowledge.concepts import Concept
from recsys.text.tokens import lexical_tokens

Floats = NDArray[np.float32]
_MOST_WAYS = 64  # of a very wide word; the surest are enough


def served(concept: Concept, phrases: PhraseIndex) -> Floats:
    """How far each product serves the concept by its surest way; shape (documents,), in [0, 1]."""
    scores = np.zeros(len(phrases), np.float32)
    for way in concept.ways[:_MOST_WAYS]:
        rows, strengths = phrases.find(way.phrase, way.goods)
        if len(rows):
            scores[rows] = np.maximum(scores[rows], way.weight * strengths)
    return scores


def concept_scores(concepts: Sequence[Concept], phrases: PhraseIndex) -> tuple[Floats, Floats]:
    """Share of what was said that each product serves, rare concepts counting more, and how far it serves the kind of
    goods named, as a share of the best; both of shape (documents,), in [0, 1]."""
    total, weights = np.zeros(len(phrases), np.float32), 0.0
    head = np.zeros(len(phrases), np.float32)
    for concept in concepts:
        scores = served(concept, phrases)
        frequency = float(scores.sum())
        if frequency:
            weight = concept.weight * float(np.log1p(len(phrases) / (1 + frequency)))
            total += weight * scores
            weights += weight
            if concept.head:
                head = scores / scores.max()
    return (total / weights if weights else total), head


def expansion(concepts: Sequence[Concept]) -> dict[str, float]:
    """Tokens of the wordings that serve without having been said, each at its surest."""
    tokens: dict[str, float] = {}
    for concept in concepts:
        for way in concept.ways[1:]:
            for token in _telling(way.phrase):
                tokens[token] = max(tokens.get(token, 0.0), way.weight * concept.weight)
    return tokens


@functools.lru_cache(maxsize=65_536)
def _telling(phrase: str) -> tuple[str, ...]:
    return tuple(token for token in lexical_tokens(phrase) if len(token) > 1)
