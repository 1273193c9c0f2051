"""Runs Rasa's own evaluations and reads the folder of files that they leave."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from testing.nlu.report import Confusion, Mistake, NluReport, Score

KINDS = ("brand", "category", "colour", "price")
# Of the extractors that Rasa reports one by one: ours, and that of its stock pipeline.
_ENTITIES = ("QueryEntityExtractor_report.json", "DIETClassifier_report.json")
_PICTURES = ("intent_confusion_matrix.png", "intent_histogram.png")
_LOG = "rasa.log"
_TOLD = 800


class ValidationFailed(Exception):
    """Rasa stopped, or left no report; the message ends with its last words."""


def cross_validate(
    python: Path,
    environ: Mapping[str, str],
    out: Path,
    folds: int = 5,
    root: Path = Path(),
    config: Path = Path("config.yml"),
) -> NluReport:
    """Train and test on `folds` splits of data/nlu with Rasa's Python; raises ValidationFailed."""
    options = ("--cross-validation", "-f", folds, "-c", config, "--nlu", "data/nlu")
    return _test(python, environ, out, root, options)


def evaluate(
    python: Path,
    environ: Mapping[str, str],
    model: Path,
    out: Path,
    root: Path = Path(),
    sentences: Path = Path("tests/nlu/heldout.yml"),
) -> NluReport:
    """Hold a trained model against sentences it never saw; raises ValidationFailed."""
    options = ("-u", sentences, "--model", model.resolve())
    return _test(python, environ, out, root, options)


def read_results(folder: Path) -> NluReport:
    """What `rasa test nlu` wrote into a folder; raises ValidationFailed."""
    try:
        report = _json(folder / "intent_report.json")
    except FileNotFoundError as error:
        raise ValidationFailed(f"{error.filename} was not written") from error
    intents, mistakes = _scores(report), _mistakes(folder / "intent_errors.json")
    entities: Mapping[str, Any] = next(
        (_json(p) for name in _ENTITIES if (p := folder / name).exists()), {}
    )
    scored = tuple(score for score in _scores(entities) if _kind(score.name) in KINDS)
    return NluReport(
        macro_f1=float(report["macro avg"]["f1-score"]),
        accuracy=_accuracy(intents),
        entity_f1=micro_f1(entities, KINDS) if scored else None,
        intents=intents,
        entities=scored,
        confusions=_confusions(mistakes),
        mistakes=mistakes,
        pictures=tuple(str(p) for name in _PICTURES if (p := folder / name).exists()),
    )


def micro_f1(report: Mapping[str, Any], kinds: Collection[str]) -> float:
    """Micro-averaged F1 over the rows of some kinds, whatever their roles (brand.exclude)."""
    rows = [report[name] for name in report if _kind(name) in kinds]
    hits = sum(row["recall"] * row["support"] for row in rows)
    found = sum(
        row["recall"] * row["support"] / row["precision"] for row in rows if row["precision"]
    )
    wanted = sum(row["support"] for row in rows)
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def _test(
    python: Path, environ: Mapping[str, str], out: Path, root: Path, options: tuple[object, ...]
) -> NluReport:
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    _forget(out)
    command = [python.absolute(), "-m", "rasa", "test", "nlu", *options, "--out", out]
    log = out / _LOG
    with log.open("wb") as sink:
        done = subprocess.run(
            list(map(str, command)), cwd=root, env=dict(environ), stdout=sink, stderr=sink
        )
    if done.returncode:
        last = log.read_text("utf-8", errors="replace")[-_TOLD:].strip()
        raise ValidationFailed(f"rasa test nlu stopped with {done.returncode} (log: {log})\n{last}")
    return read_results(out)


def _forget(out: Path) -> None:
    """Figures of an earlier run must not pass for those of this one."""
    for name in ("intent_report.json", "intent_errors.json", *_ENTITIES, *_PICTURES):
        (out / name).unlink(missing_ok=True)


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _scores(report: Mapping[str, Any]) -> tuple[Score, ...]:
    """The rows of a report without its averages, by name."""
    return tuple(
        Score(name, row["precision"], row["recall"], row["f1-score"], int(row["support"]))
        for name, row in sorted(report.items())
        if isinstance(row, dict) and not name.endswith(" avg")
    )


def _kind(name: str) -> str:
    """Rasa writes an entity with a role as kind.role."""
    return name.partition(".")[0]


def _accuracy(intents: Iterable[Score]) -> float:
    wanted = right = 0.0
    for score in intents:
        wanted += score.support
        right += score.recall * score.support
    return right / wanted if wanted else 0.0


def _mistakes(path: Path) -> tuple[Mistake, ...]:
    """Rasa writes no file where nothing went wrong."""
    found = _json(path) if path.exists() else []
    return tuple(
        Mistake(
            error["text"],
            error["intent"],
            error["intent_prediction"]["name"],
            error["intent_prediction"]["confidence"],
        )
        for error in found
    )


def _confusions(mistakes: Iterable[Mistake]) -> tuple[Confusion, ...]:
    """The most frequent first."""
    counted = Counter((mistake.intent, mistake.predicted) for mistake in mistakes)
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Confusion(intent, predicted, count) for (intent, predicted), count in ranked)
