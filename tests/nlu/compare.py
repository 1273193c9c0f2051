"""Our pipeline and Rasa's stock one, trained and tested on the same folds.

    PYTHONPATH=. .venv-rasa/bin/python tests/nlu/compare.py [--folds 5] [--first N] [--sample N] [CONFIG ...]

`rasa test nlu --cross-validation` deals its folds anew each time, so they are dealt here. DIET needs long on
many sentences: `--first 1` stops after one fold, `--sample` takes so many sentences, of each intent its share.
Both are tested on held-out sentences too. The entity score counts brand, category, colour and price.
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

ROOT = Path(__file__).parents[2]
CONFIGS = (ROOT / "config.yml", ROOT / "tests/nlu/config_diet.yml")
HELD_OUT = ROOT / "tests/nlu/heldout.yml"
SEED = 20


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


def write(examples: Iterable[Example], path: Path) -> Path:
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


def measure(
    configs: Sequence[Path], folds: list[list[Example]], first: int, out: Path
) -> Iterator[str]:
    for number, fold in enumerate(folds[:first]):
        others = [e for other in folds if other is not fold for e in other]
        seen, unseen = write(others, out / "train.yml"), write(fold, out / "test.yml")
        for config in configs:
            results = out / config.stem
            seconds = train(config, seen, results)
            report = tested(results / "model.tar.gz", unseen, results / "fold")
            held = tested(results / "model.tar.gz", HELD_OUT, results / "held_out")
            yield line(config.stem, number, report, held, seconds)


def line(config: str, fold: int, report: NluReport, held: NluReport, seconds: float) -> str:
    figures = (report.macro_f1, report.entity_f1 or 0.0, held.accuracy, held.entity_f1 or 0.0)
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
        f"{'':<16} fold {'macro-F1':>12} {'entity F1':>12} {'held out':>12} {'its entities':>12}  train s"
    )
    lines = []
    configs = [config.resolve() for config in given.configs]
    for text in measure(configs, folds, given.first or given.folds, given.out.resolve()):
        print(text, flush=True)
        lines.append(text)
    print(*summary(lines), sep="\n")


if __name__ == "__main__":
    main()
