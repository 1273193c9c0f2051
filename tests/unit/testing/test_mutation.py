"""Mutants fit the code they break, and a verdict counts those that nobody noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from testing.mutation.mutant import BadMutant, Mutant, of_rules, written
from testing.mutation.verdict import Verdict, Verdicts, markdown, spread

ROOT = Path(__file__).parents[3]
RULES = """\
version: "3.1"
rules:
- rule: greet
  steps:
  - intent: greet
  - action: utter_greet

# a comment
- rule: take leave
  steps:
  - intent: bye
  - action: utter_bye
"""
MUTANT = Mutant("m", "actions", "a.py", "x = 1", "x = 2")


def test_a_mutant_edits_one_place_only() -> None:
    assert MUTANT.edited("x = 1\n") == "x = 2\n"
    for text in ("y = 1", "x = 1; x = 1"):
        with pytest.raises(BadMutant, match=r"m: \d times in a.py"):
            MUTANT.edited(text)


def test_our_mutants_fit_the_code() -> None:
    mutants = [*written(ROOT / "tests/mutation/mutants.yml"), *of_rules(ROOT)]
    assert len({m.name for m in mutants}) == len(mutants) >= 60
    for mutant in mutants:
        text = (ROOT / mutant.file).read_text("utf-8")
        assert mutant.edited(text) != text


def test_every_rule_is_dropped_and_answered_wrongly(tmp_path: Path) -> None:
    file = tmp_path / "data" / "rules" / "r.yml"
    file.parent.mkdir(parents=True)
    file.write_text(RULES, "utf-8")
    drop, swap, _, last = (m.edited(RULES) for m in of_rules(tmp_path))
    assert [r["rule"] for r in yaml.safe_load(drop)["rules"]] == ["take leave"]
    assert yaml.safe_load(swap)["rules"][0]["steps"][1] == {"action": "utter_fallback"}
    assert yaml.safe_load(last)["rules"][1]["steps"][1] == {"action": "utter_greet"}


def test_the_score_counts_survivors() -> None:
    killed = Verdict(MUTANT, "a | b", "said: wrong", 1.0)
    found = Verdicts((killed, killed, killed, Verdict(MUTANT, None, "", 1.0)))
    assert found.score == 0.75 and len(found.survivors) == 1
    rows = markdown(found).splitlines()
    assert rows[2] == "| m | **nobody** |  |" and "a \\| b" in rows[3]
    assert rows[-1] == "mutation score 0.75 (3 of 4)"
    assert Verdicts(()).score == 1.0


def test_a_sample_is_spread_evenly() -> None:
    mutants = [Mutant(str(n), "rasa", "", "", "") for n in range(10)]
    assert [m.name for m in spread(mutants, 3)] == ["0", "3", "6"]
    assert spread(mutants, 20) == mutants
