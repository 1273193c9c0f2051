"""Which entries a sentence asks for, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.faq.collection import FaqCollection
from recsys.faq.model import FaqModel

LIMIT = 3
# Left to all other entries together where one is certain.
_HARDLY = 1e-6


@dataclass(frozen=True)
class FaqMatch:
    """An entry, how it is asked, and the probability that it is the one meant."""

    topic: str
    question: str
    probability: float


@dataclass(frozen=True)
class FaqResult:
    """The likeliest entries; `confident` when the first may be answered without asking back."""

    matches: tuple[FaqMatch, ...]
    confident: bool

    def to_json(self) -> dict[str, Any]:
        return {"matches": [vars(match) for match in self.matches], "confident": self.confident}


def match(
    model: FaqModel,
    collection: FaqCollection,
    text: str,
    vector: NDArray[np.float32],
    limit: int = LIMIT,
) -> FaqResult:
    """At most `limit` entries for a sentence and its unit vector."""
    if not collection.entries:
        return FaqResult((), confident=False)
    features = collection.features(text, vector)
    chances = model.probabilities(features, collection.none_features(text))
    said = collection.said_by(text)
    if said is not None:
        # 几天到 is what the shop itself wrote: nothing is to be weighed.
        chances = np.where(np.arange(len(chances)) == said, 1.0, _HARDLY * chances)
    best = np.argsort(-chances, kind="stable")[:limit]
    matches = tuple(
        FaqMatch(e.topic, e.question, round(float(chances[row]), 4))
        for row, e in ((row, collection.entries[row]) for row in best)
    )
    return FaqResult(matches, confident=matches[0].probability >= model.threshold)
