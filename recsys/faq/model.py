"""How evidence becomes a probability: a conditional logit over the entries and "none of these" (McFadden 1974)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recsys.faq.collection import FEATURES, NONE_FEATURES

FILE = "faq/model.json"
Floats = NDArray[np.float32]


class BadFaqModel(ValueError):
    """A parameter file that does not fit the features."""


@dataclass(frozen=True)
class FaqModel:
    """One weight a feature; from `threshold` on an answer is given without asking back."""

    weights: tuple[float, ...]
    none_weights: tuple[float, ...]
    threshold: float

    @classmethod
    def load(cls, models: Path) -> FaqModel:
        """Raises BadFaqModel, OSError."""
        path = models / FILE
        data = json.loads(path.read_text("utf-8"))
        for key, names in (("weights", FEATURES), ("none", NONE_FEATURES)):
            if set(data.get(key, ())) != set(names):
                raise BadFaqModel(f"{path}: {key} for exactly {', '.join(names)} are wanted")
        return cls(
            tuple(float(data["weights"][name]) for name in FEATURES),
            tuple(float(data["none"][name]) for name in NONE_FEATURES),
            float(data["threshold"]),
        )

    def save(self, models: Path, notes: Mapping[str, object]) -> None:
        path = models / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        weights = {n: round(w, 4) for n, w in zip(FEATURES, self.weights, strict=True)}
        none = {n: round(w, 4) for n, w in zip(NONE_FEATURES, self.none_weights, strict=True)}
        data = {"weights": weights, "none": none, "threshold": round(self.threshold, 4), **notes}
        path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")

    def scores(self, features: Floats) -> NDArray[np.float64]:
        """Shape (entries,): log odds against each other."""
        return np.asarray(features @ np.array(self.weights), np.float64)

    def probabilities(self, features: Floats, none_features: Floats) -> NDArray[np.float64]:
        """Shape (entries,): they and the chance that none is meant sum to 1."""
        none = float(none_features @ np.array(self.none_weights))
        scores = np.append(self.scores(features), none)
        shares = np.exp(scores - scores.max())
        return np.asarray(shares[:-1] / shares.sum(), np.float64)
