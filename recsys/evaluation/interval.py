"""How sure a difference between two systems is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SAMPLES = 5000


@dataclass(frozen=True)
class Difference:
    """Mean of the differences and the middle 95 % of the means of bootstrap samples."""

    mean: float
    low: float
    high: float


def paired_bootstrap(
    better: Sequence[float], worse: Sequence[float], samples: int = SAMPLES, seed: int = 3
) -> Difference:
    """Of the same queries in the same order (Efron and Tibshirani 1993; Sakai 2006 for retrieval); 0 of none."""
    differences = np.asarray(better, float) - np.asarray(worse, float)
    if not len(differences):
        return Difference(0.0, 0.0, 0.0)
    drawn = np.random.default_rng(seed).integers(len(differences), size=(samples, len(differences)))
    low, high = np.quantile(differences[drawn].mean(axis=1), (0.025, 0.975))
    return Difference(float(differences.mean()), float(low), float(high))
