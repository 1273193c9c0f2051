"""Gates fail where a figure falls short, and a comparison says what a change did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from testing.nlu.comparison import compare
from testing.nlu.gates import (
    GATES,
    BadGates,
    Check,
    Gates,
    Minimum,
    PerIntent,
    checks,
    failures,
    read_gates,
)
from testing.nlu.report import Confusion, Mistake, NluReport, Score

ROOT = Path(__file__).parents[3]
WANTED = Gates(
    minimum=Minimum(PerIntent(1), PerIntent(1)),
    intent_macro_f1=0.8,
    entity_micro_f1=0.7,
    intent_f1=PerIntent(0.75, {"wait": 0.5}),
    held_out_accuracy=0.9,
    max_drop=0.02,
    noise=0.05,
)


def score(name: str, f1: float) -> Score:
    return Score(name, f1, f1, f1, 10)


def report(macro: float = 0.85, **intents: float) -> NluReport:
    """An evaluation with these F1 scores."""
    scores = tuple(score(name, f1) for name, f1 in intents.items())
    return NluReport(macro, 0.9, 0.75, scores, (), (), ())


def names(found: list[Check]) -> list[str]:
    return [check.name for check in found]


def test_what_reaches_every_gate_passes() -> None:
    good = report(greet=0.75, wait=0.5)
    assert failures(WANTED, good, held_out=good, base=good) == []
    assert len(checks(WANTED, good, held_out=good, base=good)) == 7


def test_an_intent_has_its_own_threshold_or_the_common_one() -> None:
    assert names(failures(WANTED, report(greet=0.74, wait=0.49))) == ["F1 of greet", "F1 of wait"]


def test_totals_and_held_out_sentences_have_thresholds() -> None:
    bad = replace(report(macro=0.79), entity_f1=0.69, accuracy=0.89)
    assert names(failures(WANTED, bad, held_out=bad)) == [
        "intent macro-F1",
        "entity micro-F1",
        "held-out accuracy",
    ]


def test_a_drop_against_the_base_fails_although_the_threshold_is_reached() -> None:
    base = replace(report(macro=0.9), entity_f1=0.9)
    now = replace(report(macro=0.875), entity_f1=0.885)
    (failed,) = failures(WANTED, now, base=base)
    assert str(failed) == "intent macro-F1 against base is 0.875, which is below 0.880"


def test_a_missing_entity_score_does_not_pass() -> None:
    bare = replace(report(), entity_f1=None)
    assert names(failures(WANTED, bare, base=report())) == [
        "entity micro-F1",
        "entity micro-F1 against base",
    ]


def test_our_own_gates_can_be_read() -> None:
    gates = read_gates(ROOT / GATES)
    assert gates.minimum.training.of("search_product") == 150
    assert gates.minimum.training.of("greet") == 150
    assert 0.8 < gates.intent_macro_f1 < 1 and 0.8 < gates.held_out_accuracy < 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("noise:", "noises:", "'noise' is missing"),
        ("default: 14", "greet: 14", "'default' is missing"),
        ("max_drop: 0.02", "max_drop: much", "much"),
        ("quality:", "quality: 1\nothers:", "not subscriptable"),
    ],
)
def test_bad_gates_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (ROOT / GATES).read_text("utf-8")
    assert old in text
    path = tmp_path / "gates.yml"
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BadGates, match=message):
        read_gates(path)


def test_the_comparison_shows_totals_and_their_change() -> None:
    held_out = replace(report(), accuracy=0.95)
    text = compare(report(macro=0.84), report(macro=0.85), WANTED, held_out)
    assert "**All gates passed.**" in text
    assert "| Intents told apart (macro-F1) | 0.840 | 0.850 | +0.010 |" in text
    assert "| Sentences never trained on (accuracy) | | 0.950 | |" in text


def test_the_comparison_begins_with_the_gates_that_failed() -> None:
    text = compare(report(), report(greet=0.7), WANTED)
    assert "**1 of 5 gates failed.**" in text
    assert "- ❌ F1 of greet is 0.700, which is below 0.750" in text
    assert text.index("❌") < text.index("✅")


def test_intents_that_moved_beyond_noise_stand_worst_first() -> None:
    base = report(greet=0.9, wait=0.9, deny=0.8, thanks=0.9)
    now = report(greet=0.8, wait=0.6, deny=0.9, thanks=0.86)
    rows = [line for line in compare(base, now, WANTED).splitlines() if line.startswith("| `")]
    assert rows == [
        "| `wait` | 0.900 | 0.600 | -0.300 |",
        "| `greet` | 0.900 | 0.800 | -0.100 |",
        "| `deny` | 0.800 | 0.900 | +0.100 |",
    ]


def test_intents_that_came_and_went_are_named() -> None:
    text = compare(report(wait=0.9), report(deny=0.8), WANTED)
    assert "New intent: `deny`, F1 0.800." in text
    assert "Intent removed: `wait`." in text


def test_growing_confusions_stand_with_sentences_that_were_right_before() -> None:
    old, new = Mistake("嗯", "affirm", "wait", 0.5), Mistake("行", "affirm", "wait", 0.4)
    base = replace(report(), confusions=(Confusion("affirm", "wait", 1),), mistakes=(old,))
    now = replace(
        report(),
        confusions=(Confusion("affirm", "wait", 3), Confusion("deny", "wait", 1)),
        mistakes=(
            old,
            new,
            Mistake("好吧", "affirm", "wait", 0.4),
            Mistake("不", "deny", "wait", 1),
        ),
    )
    lines = [line for line in compare(base, now, WANTED).splitlines() if "taken for" in line]
    assert lines == ["- `affirm` taken for `wait` 3 times, was 1: 「行」「好吧」"]
