"""The same wish in other words and other characters is understood alike. `-s` prints the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from recsys.query import Lexicon
from testing.running.lab import LabLane
from testing.variation.corpus import labelled, searches
from testing.variation.robustness import Robustness, robustness, understand_over_http
from testing.variation.sentence import Reader
from testing.variation.variants import RULES

TESTS = Path(__file__).parents[1]
# A dropped or swapped character of the product's own name may leave nothing to go by: shown, not held against us.
STRESS = {"dropped", "swapped"}
# Shares of variants with the right intent and of those with the conditions of their originals, over all other kinds.
INTENT_DROP, CONDITIONS = 0.05, 0.92


def table(found: Robustness) -> str:
    rows = [
        f"| {k.kind} | {k.tried} | {k.before:.3f} | {k.right_intent:.3f} | {k.same_conditions:.3f} |"
        for k in found.kinds
    ]
    head = "| kind | variants | right intent before | right intent | same conditions |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


@pytest.mark.timeout(600)
async def test_variants_are_understood_like_their_originals(
    lab_lane: LabLane,
) -> None:
    # Every second one: all of them, with a dozen variants each, would take ten minutes of two busy cores.
    sentences = [*labelled(TESTS / "nlu" / "heldout.yml")][::2]
    sentences += list(searches(sorted((TESTS / "bench").glob("*.jsonl"))))[::3]
    reader = Reader(Lexicon.load(lab_lane.lexicon))
    async with understand_over_http(lab_lane.rasa_url) as understand:
        found = await robustness(sentences, understand, reader=reader)
    print(f"\n{table(found)}")
    held = [kind for kind in found.kinds if kind.kind not in STRESS]
    assert {kind.kind for kind in found.kinds} == RULES.keys()
    tried = sum(kind.tried for kind in held)
    drop = sum(k.tried * (k.before - k.right_intent) for k in held) / tried
    same = sum(k.tried * k.same_conditions for k in held) / tried
    worst = [f"{e.variant.original} -> {e.variant.text}" for k in held[:4] for e in k.worst]
    assert drop <= INTENT_DROP and same >= CONDITIONS, (drop, same, worst)
