"""The final order: a linear combination of features with learned weights, and a little variety of brands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recsys.search.features import FEATURES

SAME_BRAND_IN_CHAT = 2


class BadWeights(ValueError):
    """A weights file that does not fit the features."""


@dataclass(frozen=True)
class RankWeights:
    """`alpha`: share of the dense score in retrieval; `weights`: one per feature."""

    alpha: float
    weights: tuple[float, ...]

    @classmethod
    def load(cls, path: Path) -> RankWeights:
        data = json.loads(path.read_text("utf-8"))
        if set(data["weights"]) != set(FEATURES):
            raise BadWeights(f"{path}: weights for exactly {', '.join(FEATURES)} are wanted")
        return cls(float(data["alpha"]), tuple(float(data["weights"][f]) for f in FEATURES))

    def save(self, path: Path, notes: Mapping[str, object]) -> None:
        weights = {name: round(w, 4) for name, w in zip(FEATURES, self.weights, strict=True)}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            json.dumps(
                {"alpha": self.alpha, "weights": weights, **notes}, indent=2, ensure_ascii=False
            )
            + "\n",
            "utf-8",
        )

    def of(self, feature: str) -> float:
        return self.weights[FEATURES.index(feature)]

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(features @ np.array(self.weights, np.float32), np.float32)


def vary_brands(order: Sequence[int], brands: Sequence[str], limit: int) -> list[int]:
    """Move a brand's third and later products behind the first `limit`, where other brands can fill them."""
    counts: Counter[str] = Counter()
    kept: list[int] = []
    later: list[int] = []
    for row in order:
        if counts[brands[row]] < SAME_BRAND_IN_CHAT or not brands[row]:
            kept.append(row)
        else:
            later.append(row)
        counts[brands[row]] += 1
    return kept[:limit] + (later + kept[limit:] if len(kept) >= limit else later)
