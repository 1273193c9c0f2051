"""Do two people ask the same? The FAQ's scorer on question pairs that people judged (`question_pairs` of DAOGOU_DATA)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recsys.encoder.onnx import OnnxEncoder
from recsys.faq.collection import FaqCollection, sentences
from recsys.faq.entry import FaqEntry
from recsys.faq.model import FaqModel
from recsys.faq.words import Concepts
from recsys.training.split import stable_unit

FILES = {"ATEC + CCKS (finance)": "atec_ccks_dev.tsv", "LCQMC (general)": "lcqmc_dev.tsv"}
MOST = 2000
DEV_SHARE = 0.5


@dataclass(frozen=True)
class SamePairs:
    """`accuracy` at the threshold that the other half of the pairs chose."""

    pairs: int
    auc: float
    accuracy: float


def read_pairs(path: Path, most: int = MOST) -> list[tuple[str, str, bool]]:
    """At most so many pairs, chosen by a hash of their text; the header line is no pair."""
    rows = [line.split("\t") for line in path.read_text("utf-8-sig").splitlines()]
    pairs = [(a, b, label == "1") for a, b, label in rows if label in ("0", "1")]
    return sorted(pairs, key=lambda pair: stable_unit(f"{pair[0]}\t{pair[1]}"))[:most]


def same(
    model: FaqModel, encoder: OnnxEncoder, concepts: Concepts, pairs: Sequence[tuple[str, str]]
) -> NDArray[np.float64]:
    """Shape (pairs,): the model's score of the second as the one entry that the first asks for."""
    entries = [FaqEntry(str(n), second, "") for n, (_, second) in enumerate(pairs)]
    vectors = encoder.queries(sentences(entries, concepts))
    collection = FaqCollection(entries, vectors, concepts)
    asked = encoder.queries([concepts.plain(first) for first, _ in pairs])
    scores = [
        model.scores(collection.features(first, vector))[row]
        for row, ((first, _), vector) in enumerate(zip(pairs, asked, strict=True))
    ]
    return np.array(scores)


def dense(encoder: OnnxEncoder, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Shape (pairs,): cosine of the encoder's vectors."""
    first, second = (encoder.queries([pair[n] for pair in pairs]) for n in (0, 1))
    return np.asarray((first * second).sum(axis=1), np.float64)


def measure(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> SamePairs:
    """The first half of the pairs chooses the threshold for the other."""
    chooses = np.arange(len(scores)) < len(scores) * DEV_SHARE
    cuts = np.unique(scores[chooses])
    threshold = max(cuts, key=lambda cut: ((scores[chooses] >= cut) == labels[chooses]).sum())
    right = (scores[~chooses] >= threshold) == labels[~chooses]
    return SamePairs(len(scores), auc(scores, labels), float(right.mean()))


def auc(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    """The chance that a pair of equal meaning scores above one of different meaning; ties count half."""
    yes, no = np.sort(scores[labels]), np.sort(scores[~labels])
    below = np.searchsorted(no, yes, "left").sum() + np.searchsorted(no, yes, "right").sum()
    return float(below / 2 / (len(yes) * len(no)))
