"""Our pipeline and Rasa's stock one, trained and tested on the same folds.

    PYTHONPATH=. .venv-rasa/bin/python tests/nlu/compare.py [--folds 5] [--first N] [--sample N] [CONFIG ...]

`rasa test nlu --cross-validation` deals its folds anew each time, so they are dealt here. DIET needs long on
many sentences: `--first 1` stops after one fold, `--sample` takes so many sentences, of each intent its share.
Both are tested on held-out sentences too, and on variants of these: typos, homophones, pinyin, traditional characters,
fillers, another order (testing/variation; those that take characters away are left out). The entity score counts brand,
category, colour and price.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import fmean

from testing.nlu.data import Example, training
from testing.nlu.report import NluReport
from testing.nlu.validation import evaluate
from testing.variation.corpus import Labelled, labelled
from testing.variation.variants import RULES, variants

ROOT = Path(__file__).parents[2]
CONFIGS = (ROOT / "config.yml", ROOT / "tests/nlu/config_diet.yml")
HELD_OUT = ROOT / "tests/nlu/heldout.yml"
SEED = 20
# A dropped or swapped character of the product's own name may leave nothing to go by.
STRESS = {"dropped", "swapped"}


def dealt(examples: Iterable[Example], folds: int, sample: int | None) -> list[list[Example]]:
    """Every intent spread evenly over the folds."""
    intents: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        intents[example.intent].append(example)
    total = sum(map(len, intents.values()))
    share = 1.0 if sample is None else min(1.0, sample / total)
    luck, dealing = random.Random(SEED), [[] for _ in range(folds)]
    for said in intents.values():
        luck.shuffle(said)
        for place, example in enumerate(said[: max(folds, round(share * len(said)))]):
            dealing[place % folds].append(example)
    return dealing


def write(examples: Iterable[Example | Labelled], path: Path) -> Path:
    intents: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        intents[example.intent].append(f"    - {example.text}\n")
    blocks = (f"- intent: {name}\n  examples: |\n{''.join(s)}" for name, s in intents.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'version: "3.1"\nnlu:\n{"".join(blocks)}', "utf-8")
    return path


def train(config: Path, sentences: Path, out: Path) -> float:
    """Seconds that it took."""
    started = time.perf_counter()
    rasa = str(Path(sys.executable).parent / "rasa")
    options = ("--config", config, "--nlu", sentences, "--out", out, "--fixed-model-name", "model")
    command = [rasa, "train", "nlu", *map(str, options)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def tested(model: Path, sentences: Path, out: Path) -> NluReport:
    return evaluate(Path(sys.executable), os.environ, model, out, ROOT, sentences)


def varied(sentences: Path, out: Path) -> Path:
    """A variant of every kind of each sentence, with the intent of its original."""
    kinds = [kind for kind in RULES if kind not in STRESS]
    found = [
        Labelled(variant.text, original.intent)
        for original in labelled(sentences)
        for variant in variants(original.text, kinds, each=1)
    ]
    return write(found, out)


def measure(
    configs: Sequence[Path], folds: list[list[Example]], first: int, out: Path
) -> Iterator[str]:
    changed = varied(HELD_OUT, out / "variants.yml")
    for number, fold in enumerate(folds[:first]):
        others = [e for other in folds if other is not fold for e in other]
        seen, unseen = write(others, out / "train.yml"), write(fold, out / "test.yml")
        for config in configs:
            results = out / config.stem
            seconds = train(config, seen, results)
            model = results / "model.tar.gz"
            report = tested(model, unseen, results / "fold")
            held = tested(model, HELD_OUT, results / "held_out")
            lost = held.accuracy - tested(model, changed, results / "variants").accuracy
            yield line(config.stem, number, report, held, lost, seconds)


def line(
    config: str, fold: int, report: NluReport, held: NluReport, lost: float, seconds: float
) -> str:
    """`lost`: how much less of the variants' intents is right than of their originals."""
    of_held = (held.accuracy, held.entity_f1 or 0.0, lost)
    figures = (report.macro_f1, report.entity_f1 or 0.0, *of_held)
    return f"{config:<16} {fold:>4} {' '.join(f'{f:>12.4f}' for f in figures)} {seconds:>8.0f}"


def summary(lines: Sequence[str]) -> Iterator[str]:
    """The mean of each pipeline over its folds."""
    rows: dict[str, list[list[float]]] = defaultdict(list)
    for text in lines:
        config, _, *figures = text.split()
        rows[config].append(list(map(float, figures)))
    for config, found in rows.items():
        means = [fmean(column) for column in zip(*found, strict=True)]
        yield f"{config:<16} mean {' '.join(f'{m:>12.4f}' for m in means[:-1])} {means[-1]:>8.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("configs", nargs="*", type=Path, default=CONFIGS, metavar="CONFIG")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--first", type=int, help="stop after so many folds")
    parser.add_argument("--sample", type=int, help="take so many sentences")
    parser.add_argument("--out", type=Path, default=ROOT / "var/compare")
    given = parser.parse_args()
    folds = dealt(training(ROOT), given.folds, given.sample)
    print(f"{sum(map(len, folds))} sentences in {given.folds} folds")
    print(
        f"{'':<16} fold {'macro-F1':>12} {'entity F1':>12} {'held out':>12} {'its entities':>12} "
        f"{'variants':>12}  train s"
    )
    lines = []
    configs = [config.resolve() for config in given.configs]
    for text in measure(configs, folds, given.first or given.folds, given.out.resolve()):
        print(text, flush=True)
        lines.append(text)
    print(*summary(lines), sep="\n")


if __name__ == "__main__":
    main()
