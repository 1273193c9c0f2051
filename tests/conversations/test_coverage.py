"""The dialogues, taken together, leave nothing of the bot untried."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from testing.conversation.loader import load
from testing.coverage.plan import Plan
from testing.coverage.report import measure
from testing.plugin import RESULT

HERE = Path(__file__).parent


def test_what_the_dialogues_exercise(pytestconfig: pytest.Config) -> None:
    run = pytestconfig.stash.get(RESULT, None)
    # Held-out dialogues may have been run beside them; they are not there to cover anything.
    own = tuple(d for d in run.dialogues if HERE in Path(d.file).parents) if run else ()
    if run is None or len(own) < len(load([HERE])):
        pytest.skip("not all dialogues were run")
    report = measure(replace(run, dialogues=own), HERE.parents[1], Plan.read(HERE / "coverage.yml"))
    assert not report.failures(), "\n".join(report.failures())
