"""Ranking metrics with graded judgments; a metric is a function of a ranking and the grades.

nDCG uses gain 2^grade - 1 (Burges et al. 2005). A product counts as relevant for MRR, recall and precision from grade 2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

RELEVANT = 2
Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Normalised discounted cumulative gain at `depth`; 0 when nothing is graded above 0."""

    def dcg(values: Sequence[int]) -> float:
        return sum((2.0**g - 1.0) / math.log2(place + 2) for place, g in enumerate(values[:depth]))

    ideal = dcg(sorted(grades.values(), reverse=True))
    return dcg([grades.get(p, 0) for p in ranking]) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """1 / place of the first relevant product within `depth`, else 0."""
    for place, product in enumerate(ranking[:depth], 1):
        if grades.get(product, 0) >= RELEVANT:
            return 1.0 / place
    return 0.0


def _relevant(grades: Grades) -> set[str]:
    return {p for p, g in grades.items() if g >= RELEVANT}


def recall(ranking: Sequence[str], grades: Grades, depth: int = 100) -> float:
    """Share of the relevant products within `depth`."""
    relevant = _relevant(grades)
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def precision(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Share of the first `depth` places that hold a relevant product."""
    return len(_relevant(grades) & set(ranking[:depth])) / depth


def evaluate(
    rankings: Mapping[str, Sequence[str]], judged: Mapping[str, Grades]
) -> dict[str, float]:
    """Means over the judged queries that have a relevant product; the primary metric is ndcg@10."""
    usable = [q for q, grades in judged.items() if _relevant(grades)]

    def mean(metric: str) -> float:
        functions = {
            "ndcg@10": ndcg,
            "mrr@10": reciprocal_rank,
            "recall@100": recall,
            "precision@10": precision,
        }
        return (
            sum(functions[metric](rankings[q], judged[q]) for q in usable) / len(usable)
            if usable
            else 0.0
        )

    return {name: mean(name) for name in ("ndcg@10", "mrr@10", "recall@100", "precision@10")}
