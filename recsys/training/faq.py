"""Fits how evidence for an entry of the FAQ becomes a probability, on the development questions (no torch).

    daogou train faq
    python -m recsys.training.faq

Newton's method on the penalised likelihood of a conditional logit. It learns how much each kind of evidence is worth, never
a word or a topic, so a shop that changes its FAQ need not train.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recsys.encoder.onnx import OnnxEncoder
from recsys.evaluation.faq import Asked, Judged, read_asked, read_entries
from recsys.evaluation.faq_systems import collect, scorer
from recsys.faq.collection import FEATURES, FaqCollection
from recsys.faq.model import FaqModel
from recsys.faq.words import Concepts
from recsys.index.lexicon import Knowledge

PENALTY = 0.1
Floats = NDArray[np.float64]


def choices(
    collection: FaqCollection, encoder: OnnxEncoder, asked: Sequence[Asked]
) -> list[tuple[Floats, int]]:
    """For each sentence the alternatives, shape (entries + 1, features), "none" last, and the right one's row."""
    rows = {entry.topic: row for row, entry in enumerate(collection.entries)}
    found = []
    vectors = encoder.queries([collection.concepts.plain(one.text) for one in asked])
    for one, vector in zip(asked, vectors, strict=True):
        of_entries = collection.features(one.text, vector)
        of_none = collection.none_features(one.text)
        table = np.zeros((len(of_entries) + 1, len(FEATURES) + len(of_none)))
        table[:-1, : len(FEATURES)] = of_entries
        table[-1, len(FEATURES) :] = of_none
        found.append((table, len(of_entries) if one.topic is None else rows[one.topic]))
    return found


def fit(
    examples: Sequence[tuple[Floats, int]], penalty: float = PENALTY, steps: int = 30
) -> Floats:
    """Weights of all features; the likelihood is concave, so where Newton ends is the best there is."""
    weights = np.zeros(examples[0][0].shape[1])
    for _ in range(steps):
        gradient, hessian = penalty * weights, penalty * np.eye(len(weights))
        for table, right in examples:
            scores = table @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            mean = shares @ table
            gradient += mean - table[right]
            hessian += (table * shares[:, None]).T @ table - np.outer(mean, mean)
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step * min(1.0, 5.0 / float(np.abs(step).max()))
        if np.abs(step).max() < 1e-6:
            break
    return weights


def learn(collection: FaqCollection, encoder: OnnxEncoder, dev: Sequence[Asked]) -> FaqModel:
    """Weights first, then the threshold at which little enough is answered wrongly."""
    weights = fit(choices(collection, encoder, dev))
    of_entries, of_none = weights[: len(FEATURES)], weights[len(FEATURES) :]
    model = FaqModel(tuple(map(float, of_entries)), tuple(map(float, of_none)), 1.0)
    topics = [entry.topic for entry in collection.entries]
    judged = Judged.of(scorer(model, collection, encoder), dev, topics)
    return replace(model, threshold=judged.threshold())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="not used: nothing but the questions is needed")
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--knowledge", type=Path, default=Path("data/knowledge"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--bench", type=Path, default=Path("tests/bench/faq/heldout.jsonl"))
    args = parser.parse_args()
    encoder, entries = OnnxEncoder(args.models / "encoder"), read_entries(args.catalog)
    collection = collect(entries, encoder, Concepts(Knowledge.load(args.knowledge).service))
    asked = read_asked(args.bench, {entry.topic for entry in entries})
    dev = [one for one in asked if one.is_dev]
    model = learn(collection, encoder, dev)
    model.save(args.models, {"learned_on": f"{len(dev)} development questions"})
    print(model)


if __name__ == "__main__":
    main()
