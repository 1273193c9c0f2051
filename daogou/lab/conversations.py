"""`daogou test conversations`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from daogou.bootstrap import ROOT
from daogou.errors import BadInput
from daogou.lab.lab import LANES, Lab
from daogou.settings import Settings
from testing.conversation.errors import BadConversation
from testing.conversation.loader import load
from testing.conversation.model import Dialogue
from testing.coverage.plan import Plan
from testing.coverage.report import CoverageReport, measure
from testing.report.html import render
from testing.report.transcript import summary, transcript
from testing.running import runner
from testing.running.lane import Lane, LiveLane
from testing.running.results import DialogueResult, RunResult

CONVERSATIONS = Path("tests/conversations")
RESULT = "conversations.json"


def command(arguments: argparse.Namespace, settings: Settings, environ: Mapping[str, str]) -> int:
    """Runs what is asked for, prints what failed; raises CommandError."""
    dialogues = chosen(arguments.paths, arguments.words)
    if arguments.live:
        result = run_live(dialogues, arguments.live)
    else:
        result = run_in_lab(dialogues, settings, environ)
    for failed in result.failed:
        print(transcript(failed, colour=sys.stdout.isatty()))
    if arguments.update_report:
        print(write_report(result, settings.var / "report"))
    print(summary(result))
    return 1 if result.failed else 0


def write_report(result: RunResult, folder: Path) -> str:
    """The run as data, for other commands, and as a page for people; says where."""
    result.write(folder / RESULT)
    page = folder / "index.html"
    page.write_text(render(result, coverage(result)), "utf-8")
    return f"report: {page}"


def coverage(result: RunResult) -> CoverageReport:
    """What of the dialogue project the run exercised."""
    return measure(result, ROOT, Plan.read(ROOT / CONVERSATIONS / "coverage.yml"))


def chosen(paths: Sequence[Path], words: str) -> list[Dialogue]:
    """The dialogues of the files that hold the words; raises BadInput."""
    try:
        found = runner.select(load(paths or [CONVERSATIONS]), words)
    except BadConversation as error:
        raise BadInput(str(error)) from error
    if not found:
        raise BadInput(f"no dialogue matches {words!r}")
    return found


def run_in_lab(
    dialogues: Sequence[Dialogue], settings: Settings, environ: Mapping[str, str]
) -> RunResult:
    """On a system started for it; raises CommandError."""
    with Lab(settings.var / "test", environ, min(LANES, len(dialogues))) as lab:
        return run(dialogues, lab.lanes)


def run_live(dialogues: Sequence[Dialogue], url: str) -> RunResult:
    """Against a deployed bot, one shopper at a time."""
    return run(dialogues, [LiveLane(url)])


def run(dialogues: Sequence[Dialogue], lanes: Sequence[Lane]) -> RunResult:
    """With a progress bar where there is a terminal."""
    with tqdm(total=len(dialogues), desc="dialogues", delay=2, leave=False, disable=None) as bar:

        def tell(result: DialogueResult) -> None:
            bar.update()

        return asyncio.run(runner.run(dialogues, lanes, tell))
