"""Five-fold cross-validation of our pipeline and of Rasa's stock one, side by side.

    PYTHONPATH=. .venv-rasa/bin/python tests/nlu/compare.py [--folds 5] [--out var/compare] [CONFIG ...]

The entity score leaves out `query`, which only our extractor has, and counts the kinds that the
training data is annotated with. DIET needs several minutes a fold.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from testing.nlu.validation import cross_validate

ROOT = Path(__file__).parents[2]
CONFIGS = (ROOT / "config.yml", ROOT / "tests/nlu/config_diet.yml")


@dataclass(frozen=True)
class Score:
    """One pipeline. `seconds` is one training on all data."""

    config: str
    intent_macro_f1: float
    entity_micro_f1: float
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.config:<20} {self.intent_macro_f1:>15.4f} {self.entity_micro_f1:>15.4f} "
            f"{self.seconds:>9.1f}"
        )


def measure(config: Path, folds: int, out: Path) -> Score:
    results = out / config.stem
    started = time.perf_counter()
    _rasa("train", "nlu", "-c", config, "--nlu", "data/nlu", "--out", results / "model")
    seconds = time.perf_counter() - started
    python = Path(sys.executable)
    report = cross_validate(python, os.environ, results, folds, ROOT, config)
    return Score(config.stem, report.macro_f1, report.entity_f1 or 0.0, seconds)


def _rasa(*arguments: object) -> None:
    command = [str(Path(sys.executable).parent / "rasa"), *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("configs", nargs="*", type=Path, default=CONFIGS, metavar="CONFIG")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=ROOT / "var/compare")
    given = parser.parse_args()
    print(f"{'':<20} intent macro-F1 entity micro-F1 train (s)")
    for config in given.configs:
        print(measure(config.resolve(), given.folds, given.out.resolve()), flush=True)


if __name__ == "__main__":
    main()
