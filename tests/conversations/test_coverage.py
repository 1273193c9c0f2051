"""The dialogues, taken together, leave nothing of the bot untried."""

from __future__ import annotations

from pathlib import Path

import pytest

from testing.conversation.loader import load
from testing.coverage.plan import Plan
from testing.coverage.report import measure
from testing.plugin import RESULT

HERE = Path(__file__).parent


def test_what_the_dialogues_exercise(pytestconfig: pytest.Config) -> None:
    run = pytestconfig.stash.get(RESULT, None)
    if run is None or len(run.dialogues) < len(load([HERE])):
        pytest.skip("not all dialogues were run")
    report = measure(run, HERE.parents[1], Plan.read(HERE / "coverage.yml"))
    assert report.failures() == ()
