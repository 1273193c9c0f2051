"""Learns the fusion share and the ranking weights on the development queries (no torch).

    daogou train weights
    python -m recsys.training.weights

Coordinate ascent on mean nDCG@10 (Metzler and Croft 2007, "Linear feature-based models for information retrieval"),
from the fused retrieval scores alone, on bootstrap samples of the development queries; the mean of what they find.
Weights stay at or above 0: more of a feature never makes a product rank lower.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from recsys.encoder.onnx import OnnxCrossEncoder, OnnxEncoder
from recsys.evaluation import systems
from recsys.evaluation.__main__ import demo_set, read_ranker, titles_set
from recsys.evaluation.judged import JudgedQueries, read_judged
from recsys.evaluation.metrics import evaluate
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge
from recsys.index.store import Index, build
from recsys.search.engine import EngineConfig, SearchEngine
from recsys.search.features import FEATURES
from recsys.search.rank import RankWeights
from recsys.search.request import SearchRequest

ALPHAS = tuple(round(0.05 * n, 2) for n in range(1, 20))
STEPS = (-0.1, -0.05, 0.05, 0.1, 0.2)
SMALLEST_GAIN = 1e-4


@dataclass(frozen=True)
class Candidates:
    """One query's candidates: features (candidates, features), gains and the ideal DCG."""

    features: NDArray[np.float32]
    gains: NDArray[np.float64]
    ideal: float


def _candidates(
    ids: Sequence[str], features: NDArray[np.float32], grades: Mapping[str, int]
) -> Candidates:
    gains = np.array([2.0 ** grades.get(i, 0) - 1 for i in ids])
    best = np.sort(np.array([2.0**g - 1 for g in grades.values()]))[::-1][:10]
    return Candidates(features, gains, float((best / np.log2(np.arange(2, len(best) + 2))).sum()))


def mean_ndcg(weights: NDArray[np.float64], queries: Sequence[Candidates]) -> float:
    total = 0.0
    for query in queries:
        top = np.argsort(-(query.features @ weights), kind="stable")[:10]
        total += float((query.gains[top] / np.log2(np.arange(2, len(top) + 2))).sum()) / query.ideal
    return total / len(queries)


def quality(weights: NDArray[np.float64], sets: Sequence[Sequence[Candidates]]) -> float:
    """Mean over the sets, each set counting the same."""
    return float(np.mean([mean_ndcg(weights, queries) for queries in sets]))


def ascend(
    start: NDArray[np.float64], sets: Sequence[Sequence[Candidates]], rounds: int = 12
) -> NDArray[np.float64]:
    """Change one weight at a time by the step that helps most, until nothing helps."""
    best, weights = quality(start, sets), start.copy()
    for _ in range(rounds):
        before = best
        for place in range(len(weights)):
            trials = [_moved(weights, place, step) for step in STEPS]
            values = [quality(trial, sets) for trial in trials]
            if max(values) > best + SMALLEST_GAIN:
                best, weights = max(values), trials[int(np.argmax(values))]
        if best == before:
            break
    return weights


def _moved(weights: NDArray[np.float64], place: int, step: float) -> NDArray[np.float64]:
    moved = weights.copy()
    moved[place] = max(0.0, moved[place] + step)
    return moved


def best_alpha(sets: Sequence[tuple[Index, JudgedQueries]], encoder: OnnxEncoder) -> float:
    """The dense share at which the plain hybrid is best over both development sets."""

    def mean_of(alpha: float) -> float:
        values = []
        for index, judged in sets:
            search = systems.hybrid(index, encoder, alpha)
            values.append(
                evaluate({q: search(t) for q, t in judged.texts.items()}, judged.grades)["ndcg@10"]
            )
        return float(np.mean(values))

    return float(max(tqdm(ALPHAS, desc="alpha"), key=mean_of))


def learn(
    sets: Sequence[tuple[Index, JudgedQueries]],
    encoder: OnnxEncoder,
    ranker: OnnxCrossEncoder | None,
) -> RankWeights:
    """Alpha first, then the weights of all features."""
    alpha = best_alpha(sets, encoder)
    start = systems.fusion_weights(alpha)
    collected: list[list[Candidates]] = []
    for index, judged in sets:
        engine = SearchEngine(index, encoder, ranker, start, systems.NO_REASONS, EngineConfig())
        rows = []
        for query, text in tqdm(judged.texts.items(), desc="features"):
            ids, features = engine.candidates(SearchRequest(text=text, context="search"))
            if len(ids) and any(judged.grades[query].values()):
                rows.append(_candidates(ids, features, judged.grades[query]))
        collected.append(rows)
    weights = bagged(np.array(start.weights), collected)
    return RankWeights(alpha, tuple(float(w) for w in weights))


def bagged(
    start: NDArray[np.float64],
    sets: Sequence[Sequence[Candidates]],
    samples: int = 8,
    seed: int = 17,
) -> NDArray[np.float64]:
    """Mean of the weights learned on bootstrap samples of the queries (Breiman 1996): a few hundred queries are little,
    and a step that helps only some of them should count only so much. The weights sum to 1."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in tqdm(range(samples), desc="weights"):
        drawn = [[rows[n] for n in rng.integers(len(rows), size=len(rows))] for rows in sets]
        weights = ascend(start, drawn, rounds=4)
        found.append(weights / weights.sum())
    mean: NDArray[np.float64] = np.mean(found, axis=0)
    return mean


def shop_sets(
    folder: Path, knowledge: Path, bench: Path, encoder: OnnxEncoder
) -> list[tuple[Index, JudgedQueries]]:
    """Imported shops with judged queries, as `daogou train weights` leaves them: `NAME.json` with documents and categories."""
    sets = []
    for path in sorted(folder.glob("*.json")):
        shop = json.loads(path.read_text("utf-8"))
        documents = [Document.from_json(d) for d in shop["documents"]]
        categories = [CategorySchema.from_json(c) for c in shop["categories"]]
        index = build(documents, categories, Knowledge.load(knowledge), encoder)
        sets.append((index, read_judged(bench / "shops", f"{path.stem}.jsonl")))
    return sets


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--knowledge", type=Path, default=Path("data/knowledge"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--bench", type=Path, default=Path("tests/bench"))
    parser.add_argument("--shops", type=Path, help="folder of imported shops, see shop_sets")
    args = parser.parse_args()
    encoder, ranker = OnnxEncoder(args.models / "encoder"), read_ranker(args.models / "ranker")
    sets = [demo_set(args.catalog, args.knowledge, encoder, args.bench)]
    sets += [titles_set(args.data, encoder)] if args.data.exists() else []
    sets += shop_sets(args.shops, args.knowledge, args.bench, encoder) if args.shops else []
    dev = [(index, judged.split("dev")) for index, judged in sets]
    learned = learn(dev, encoder, ranker)
    learned.save(
        args.models / "ranker" / "weights.json",
        {"learned_on": f"{sum(len(j.texts) for _, j in dev)} development queries"},
    )
    print(dict(zip(FEATURES, learned.weights, strict=True)), "alpha", learned.alpha)


if __name__ == "__main__":
    main()
