"""daogou evaluate: every stage of the search side by side, on both judged sets.

    python -m recsys.evaluation [--split test|dev|all] [--json FILE]

(a) hand-written queries over the demo catalogue, (b) known-item search over held-out real titles. Figures are of the
test split; the dev split tunes the weights.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tqdm import tqdm

from recsys.encoder.onnx import OnnxCrossEncoder, OnnxEncoder
from recsys.evaluation import systems, titles
from recsys.evaluation.judged import JudgedQueries, read_judged
from recsys.evaluation.metrics import evaluate, ndcg
from recsys.index.lexicon import Knowledge
from recsys.index.store import Index, build
from recsys.search.engine import EngineConfig
from recsys.search.rank import RankWeights
from recsys.training.catalogue import read_catalogue


def compared(
    index: Index, encoder: OnnxEncoder, ranker: OnnxCrossEncoder | None, weights: RankWeights
) -> dict[str, systems.System]:
    """Systems in the order of the chain."""
    return {
        "BM25, jieba words": systems.bm25_words(index.documents),
        "BM25, characters + bigrams": systems.bm25_characters(index.documents),
        "dense": systems.dense(index, encoder),
        "hybrid": systems.hybrid(index, encoder, weights.alpha),
        "hybrid + understanding": systems.structured(index, encoder, weights.alpha),
        "hybrid + understanding + ranker": systems.full(
            index, encoder, ranker, weights, EngineConfig()
        ),
    }


def read_ranker(folder: Path) -> OnnxCrossEncoder | None:
    """The cross-encoder, or None where a shop runs without one."""
    return OnnxCrossEncoder(folder) if (folder / "onnx").is_dir() else None


def measure(
    system: Callable[[str], list[str]], judged: JudgedQueries, name: str
) -> tuple[dict[str, float], dict[str, list[str]]]:
    rankings = {
        q: system(t)
        for q, t in tqdm(
            judged.texts.items(), desc=name, leave=False, disable=not sys.stderr.isatty()
        )
    }
    return evaluate(rankings, judged.grades), rankings


def demo_set(
    catalog: Path, knowledge: Path, encoder: OnnxEncoder, bench: Path
) -> tuple[Index, JudgedQueries]:
    documents, categories = read_catalogue(catalog)
    return build(documents, categories, Knowledge.load(knowledge), encoder), read_judged(bench)


def titles_set(data: Path, encoder: OnnxEncoder) -> tuple[Index, JudgedQueries]:
    judged = titles.build(data)
    index = build(judged.documents, [], Knowledge(), encoder)
    kinds = {q: (q.split("-")[0],) for q in judged.queries}
    return index, JudgedQueries(judged.queries, judged.grades, kinds)


def report(title: str, rows: Mapping[str, Mapping[str, float]], count: int) -> str:
    lines = [
        f"\n{title}: {count} queries",
        "",
        "| system | nDCG@10 | MRR@10 | Recall@100 | Precision@10 |",
        "|---|---|---|---|---|",
    ]
    for name, values in rows.items():
        cells = " | ".join(
            f"{values[m]:.3f}" for m in ("ndcg@10", "mrr@10", "recall@100", "precision@10")
        )
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def by_slice(rankings: Mapping[str, Mapping[str, list[str]]], judged: JudgedQueries) -> str:
    names = sorted({s for slices in judged.slices.values() for s in slices})
    lines = [
        "",
        "nDCG@10 by slice",
        "",
        "| slice | queries | " + " | ".join(rankings) + " |",
        "|---" * (len(rankings) + 2) + "|",
    ]
    for name in names:
        queries = [q for q, slices in judged.slices.items() if name in slices]
        cells = [
            sum(ndcg(r[q], judged.grades[q]) for q in queries) / len(queries)
            for r in rankings.values()
        ]
        lines.append(f"| {name} | {len(queries)} | " + " | ".join(f"{c:.3f}" for c in cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--knowledge", type=Path, default=Path("data/knowledge"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--bench", type=Path, default=Path("tests/bench"))
    parser.add_argument("--split", choices=("test", "dev", "all"), default="test")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    args = parser.parse_args()
    encoder = OnnxEncoder(args.models / "encoder")
    ranker = read_ranker(args.models / "ranker")
    weights = RankWeights.load(args.models / "ranker" / "weights.json")
    sets = {
        "(a) hand-written queries, demo catalogue": demo_set(
            args.catalog, args.knowledge, encoder, args.bench
        )
    }
    if args.data.exists():
        sets["(b) real titles, held-out products"] = titles_set(args.data, encoder)
    else:
        print(f"(b) left out: no real data at {args.data}", file=sys.stderr)
    figures = {}
    for title, (index, judged) in sets.items():
        part = judged.split(args.split)
        measured = {
            n: measure(s, part, n) for n, s in compared(index, encoder, ranker, weights).items()
        }
        figures[title] = {name: values for name, (values, _) in measured.items()}
        print(report(title, figures[title], len(part.texts)))
        print(by_slice({name: rankings for name, (_, rankings) in measured.items()}, part))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
