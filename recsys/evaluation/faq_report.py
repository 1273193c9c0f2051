"""daogou evaluate faq: ways of finding an answer in the FAQ side by side.

    python -m recsys.evaluation.faq_report [--json FILE]

Thresholds are chosen on the development questions alone; figures are of the test questions and of a second set that was
written after everything was fixed. Question pairs come from the real data, where there is any.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from recsys.encoder.onnx import OnnxEncoder
from recsys.evaluation import faq_pairs
from recsys.evaluation.faq import Asked, Counts, Judged, Scorer, read_asked, read_entries
from recsys.evaluation.faq_pairs import SamePairs
from recsys.evaluation.faq_systems import collect, compared
from recsys.faq.model import FaqModel
from recsys.faq.words import Concepts
from recsys.index.lexicon import Knowledge


def thresholds(
    systems: Mapping[str, Scorer], dev: Sequence[Asked], topics: Sequence[str]
) -> dict[str, float]:
    """Chosen for every system by the same rule."""
    return {name: Judged.of(s, dev, topics).threshold() for name, s in systems.items()}


def table(title: str, rows: Mapping[str, Counts]) -> str:
    asked = next(iter(rows.values())).asked
    lines = [
        f"\n{title}: {asked} sentences\n",
        "| system | accuracy@1 | accuracy@3 | answered rightly | answered wrongly | precision |",
        "|---|---|---|---|---|---|",
    ]
    for name, row in rows.items():
        shares = (row.accuracy, row.offered, row.right, row.wrong, row.precision)
        lines.append(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
    return "\n".join(lines)


def pairs_table(rows: Mapping[str, SamePairs]) -> str:
    head = "\nthe same question?\n\n| pairs | number | AUC | accuracy |\n|---|---|---|---|"
    return "\n".join(
        [head, *(f"| {n} | {r.pairs} | {r.auc:.3f} | {r.accuracy:.3f} |" for n, r in rows.items())]
    )


def same_questions(
    data: Path, model: FaqModel, encoder: OnnxEncoder, concepts: Concepts
) -> dict[str, SamePairs]:
    found = {}
    for name, file in faq_pairs.FILES.items():
        path = data / "question_pairs" / file
        if not path.exists():
            print(f"{name} left out: there is no {path}", file=sys.stderr)
            continue
        rows = faq_pairs.read_pairs(path)
        pairs, labels = [(a, b) for a, b, _ in rows], np.array([label for *_, label in rows])
        ours = faq_pairs.same(model, encoder, concepts, pairs)
        found[f"{name}, ours"] = faq_pairs.measure(ours, labels)
        found[f"{name}, encoder alone"] = faq_pairs.measure(faq_pairs.dense(encoder, pairs), labels)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--knowledge", type=Path, default=Path("data/knowledge"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    parser.add_argument("--bench", type=Path, default=Path("tests/bench/faq"))
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    args = parser.parse_args()
    encoder, entries = OnnxEncoder(args.models / "encoder"), read_entries(args.catalog)
    concepts, model = Concepts(Knowledge.load(args.knowledge).service), FaqModel.load(args.models)
    topics = [entry.topic for entry in entries]
    asked, blind = (
        read_asked(args.bench / f"{name}.jsonl", set(topics)) for name in ("heldout", "blind")
    )
    systems = compared(model, collect(entries, encoder, concepts), encoder)
    chosen = thresholds(systems, [one for one in asked if one.is_dev], topics)
    test = [one for one in asked if not one.is_dev]
    figures = {
        title: {n: Judged.of(s, part, topics).counts(chosen[n]) for n, s in systems.items()}
        for title, part in (("test", test), ("second set", blind))
    }
    for title, rows in figures.items():
        print(table(title, rows))
    same = same_questions(args.data, model, encoder, concepts)
    if same:
        print(pairs_table(same))
    if args.json:
        sets = {title: {n: asdict(c) for n, c in rows.items()} for title, rows in figures.items()}
        sets["pairs"] = {name: asdict(row) for name, row in same.items()}
        args.json.write_text(json.dumps(sets, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
