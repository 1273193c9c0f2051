"""What the test commands leave in a folder, put together for people."""

from __future__ import annotations

from pathlib import Path

from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.errors import BadInput
from testing.coverage.plan import Plan
from testing.coverage.report import CoverageReport, measure
from testing.nlu.comparison import compare
from testing.nlu.gates import GATES, Check, checks, read_gates
from testing.nlu.report import NluReport
from testing.report.html import render
from testing.report.markdown import pull_request_comment
from testing.report.nlu import NluRow, NluSection
from testing.running.results import RunResult

CONVERSATIONS, NLU, HELD_OUT = "conversations.json", "nlu.json", "heldout.json"
PAGE, COMMENT = "index.html", "comment.md"
PLAN = Path("tests/conversations/coverage.yml")


def coverage(result: RunResult) -> CoverageReport:
    """What of the dialogue project the run exercised."""
    return measure(result, ROOT, Plan.read(ROOT / PLAN))


def nlu_checks(folder: Path, base: Path | None) -> list[Check]:
    """The gates of the understanding against what was measured; `base` has the report before."""
    before = NluReport.read(base / NLU) if base else None
    return checks(read_gates(ROOT / GATES), NluReport.read(folder / NLU), _held_out(folder), before)


def held_out_check(held_out: NluReport) -> Check:
    """The gate of the held-out sentences alone."""
    gates = read_gates(ROOT / GATES)
    return Check("held-out accuracy", held_out.accuracy, gates.held_out_accuracy)


def write(folder: Path, base: Path | None, console: Console) -> None:
    """The page and the comment of what is in the folder; raises BadInput where that is nothing."""
    if not (folder / CONVERSATIONS).exists():
        raise BadInput(f"{folder}: no results; run `daogou test conversations --update-report`")
    run = RunResult.read(folder / CONVERSATIONS)
    nlu = _section(folder, base) if (folder / NLU).exists() else None
    covered = coverage(run)
    (folder / PAGE).write_text(render(run, covered, nlu), "utf-8")
    comment = pull_request_comment(run, covered, nlu)
    if base and nlu:
        gates = read_gates(ROOT / GATES)
        before, now = NluReport.read(base / NLU), NluReport.read(folder / NLU)
        comment += "\n" + compare(before, now, gates, _held_out(folder))
    (folder / COMMENT).write_text(comment, "utf-8")
    console.say(f"report: {folder / PAGE}")


def _section(folder: Path, base: Path | None) -> NluSection:
    report = NluReport.read(folder / NLU)
    rows = [
        NluRow(check.name, f"{check.value:.3f}", f"≥ {check.wanted:.3f}", check.passed)
        for check in nlu_checks(folder, base)
    ]
    pictures = [Path(name) for name in report.pictures]
    shown = [(picture.stem, picture.read_bytes()) for picture in pictures if picture.exists()]
    return NluSection("语言理解", tuple(rows), tuple(shown))


def _held_out(folder: Path) -> NluReport | None:
    path = folder / HELD_OUT
    return NluReport.read(path) if path.exists() else None
