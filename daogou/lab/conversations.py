"""`daogou test conversations`."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from daogou.console import Console
from daogou.errors import BadInput
from daogou.lab import report
from daogou.lab.lab import LANES, Lab
from daogou.settings import Settings
from testing.conversation.errors import BadConversation
from testing.conversation.loader import load
from testing.conversation.model import Dialogue, Setup
from testing.report.transcript import summary, transcript
from testing.running import runner
from testing.running.lane import Lane, LiveLane
from testing.running.results import DialogueResult, RunResult

CONVERSATIONS = Path("tests/conversations")


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
        result.write(settings.var / "report" / report.CONVERSATIONS)
        report.write(settings.var / "report", None, Console())
    print(summary(result))
    everything = not (arguments.paths or arguments.words or arguments.live)
    gaps = report.coverage(result).failures() if everything else ()
    print("\n".join(gaps), end="\n" if gaps else "")
    return 1 if result.failed or gaps else 0


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
    """Against a deployed bot, one shopper at a time; raises BadInput where that can do none of them."""
    able = [dialogue for dialogue in dialogues if not _wants_a_lab(dialogue)]
    if left_out := len(dialogues) - len(able):
        print(f"left out {left_out} dialogues with a setup or a sign-in: a live system has neither")
    if not able:
        raise BadInput("none of these dialogues can be had with a live system")
    return run(able, [LiveLane(url)])


def _wants_a_lab(dialogue: Dialogue) -> bool:
    return dialogue.setup != Setup() or any(turn.sign_in for turn in dialogue.turns)


def run(dialogues: Sequence[Dialogue], lanes: Sequence[Lane]) -> RunResult:
    """With a progress bar where there is a terminal."""
    with tqdm(total=len(dialogues), desc="dialogues", delay=2, leave=False, disable=None) as bar:

        def tell(result: DialogueResult) -> None:
            bar.update()

        return asyncio.run(runner.run(dialogues, lanes, tell))
