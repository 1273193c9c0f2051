"""What data and quality must reach: tests/nlu/gates.yml, and what falls short of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from testing.conversation.model import Place
from testing.nlu.nodes import BadYaml, compose, get, items, line
from testing.nlu.report import NluReport

GATES = Path("tests/nlu/gates.yml")
_DEFAULT = "default"


class BadGates(BadYaml):
    """A gates file that lacks something or holds what is no number."""


@dataclass(frozen=True)
class PerIntent:
    """One number for every intent, and others for some."""

    default: float
    others: Mapping[str, float] = field(default_factory=dict)

    def of(self, intent: str) -> float:
        return self.others.get(intent, self.default)


@dataclass(frozen=True)
class Minimum:
    """Sentences an intent needs. `excused` may be marked as the shop's words do not read them."""

    training: PerIntent
    held_out: PerIntent
    excused: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Gates:
    """`max_drop` is what a total may lose against the base, `noise` what an intent's F1 may by luck."""

    minimum: Minimum
    intent_macro_f1: float
    entity_micro_f1: float
    intent_f1: PerIntent
    held_out_accuracy: float
    max_drop: float
    noise: float


@dataclass(frozen=True)
class Check:
    """One figure against what it must reach."""

    name: str
    value: float
    wanted: float

    @property
    def passed(self) -> bool:
        return self.value >= self.wanted

    def __str__(self) -> str:
        sign = "reaches" if self.passed else "is below"
        return f"{self.name} is {self.value:.3f}, which {sign} {self.wanted:.3f}"


def read_gates(path: Path) -> Gates:
    """Raises BadGates."""
    root = compose(path)
    try:
        return _gates(yaml.safe_load(path.read_text("utf-8")), _excused(path, root))
    except KeyError as error:
        raise BadGates(f"{path}: {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BadGates(f"{path}: {error}") from error


def checks(
    gates: Gates,
    report: NluReport,
    held_out: NluReport | None = None,
    base: NluReport | None = None,
) -> list[Check]:
    """Every gate that can be held against these reports; `base` is the cross-validation before."""
    # A score that is missing must not pass for one that is good.
    found = [
        Check("intent macro-F1", report.macro_f1, gates.intent_macro_f1),
        Check("entity micro-F1", report.entity_f1 or 0.0, gates.entity_micro_f1),
    ]
    found += [Check(f"F1 of {s.name}", s.f1, gates.intent_f1.of(s.name)) for s in report.intents]
    if held_out is not None:
        found.append(Check("held-out accuracy", held_out.accuracy, gates.held_out_accuracy))
    return [*found, *(_drops(gates, report, base) if base else ())]


def failures(
    gates: Gates,
    report: NluReport,
    held_out: NluReport | None = None,
    base: NluReport | None = None,
) -> list[Check]:
    return [check for check in checks(gates, report, held_out, base) if not check.passed]


def _drops(gates: Gates, report: NluReport, base: NluReport) -> Iterator[Check]:
    yield Check("intent macro-F1 against base", report.macro_f1, base.macro_f1 - gates.max_drop)
    if base.entity_f1 is not None:
        floor = base.entity_f1 - gates.max_drop
        yield Check("entity micro-F1 against base", report.entity_f1 or 0.0, floor)


def _gates(raw: Mapping[str, Any], excused: Mapping[str, Place]) -> Gates:
    data, quality = raw["data"], raw["quality"]
    return Gates(
        Minimum(_per_intent(data["training"]), _per_intent(data["held_out"]), excused),
        float(quality["intent_macro_f1"]),
        float(quality["entity_micro_f1"]),
        _per_intent(quality["intent_f1"]),
        float(quality["held_out_accuracy"]),
        float(quality["max_drop"]),
        float(quality["noise"]),
    )


def _per_intent(raw: Mapping[str, Any]) -> PerIntent:
    numbers = {intent: float(number) for intent, number in raw.items()}
    return PerIntent(numbers.pop(_DEFAULT), numbers)


def _excused(path: Path, root: yaml.Node | None) -> dict[str, Place]:
    nodes = items(get(get(root, "data"), "excused"))
    return {node.value: Place(path, line(node)) for node in nodes}
