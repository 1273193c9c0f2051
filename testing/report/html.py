"""One self-contained HTML file about a run: it opens offline and asks nobody for anything."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from testing.coverage.report import CoverageReport
from testing.report.difference import StepView, steps_by_turn
from testing.report.histogram import histogram
from testing.report.latency import latency, slowest
from testing.report.message import cards, choices, speaker
from testing.report.nlu import NluSection
from testing.report.problem import Problem, failing_turn, problems
from testing.report.text import NOTHING, money, seconds, value
from testing.running.results import DialogueResult, RunResult, TurnResult

TEMPLATES = Path(__file__).with_name("templates")
SLOWEST = 10


@dataclass(frozen=True)
class TurnView:
    """A turn with an anchor for links and the steps that answered it."""

    anchor: str
    result: TurnResult
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class DialogueView:
    result: DialogueResult
    turns: tuple[TurnView, ...]


@dataclass(frozen=True)
class SlowTurn:
    """A turn that took long, and where to read it."""

    anchor: str
    title: str
    said: str
    seconds: float


def render(
    run: RunResult,
    coverage: CoverageReport | None = None,
    nlu: NluSection | None = None,
    title: str = "对话测试报告",
) -> str:
    """The report as HTML; failures come first and open."""
    times = latency(run)
    dialogues = tuple(_views(run))
    template = _environment().get_template("report.html.j2")
    return template.render(
        title=title,
        run=run,
        dialogues=dialogues,
        coverage=coverage,
        nlu=nlu,
        latency=times,
        histogram=times and histogram(times),
        slowest=_slowest(run, dialogues),
        problems=_problems(run, dialogues),
        failing_turn=failing_turn,
        style=_asset("report.css"),
        script=_asset("report.js"),
        script_hash=_hash(_asset("report.js")),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    filters = (cards, choices, money, seconds, speaker, value, data_uri)
    environment.filters |= {function.__name__: function for function in filters}
    environment.globals["NOTHING"] = NOTHING
    return environment


def _views(run: RunResult) -> Iterator[DialogueView]:
    ordered = sorted(run.dialogues, key=lambda dialogue: dialogue.passed)
    for number, dialogue in enumerate(ordered, 1):
        turns = zip(dialogue.turns, steps_by_turn(dialogue), strict=True)
        views = (TurnView(f"t{number}-{place}", *turn) for place, turn in enumerate(turns, 1))
        yield DialogueView(dialogue, tuple(views))


def _problems(
    run: RunResult, dialogues: tuple[DialogueView, ...]
) -> list[tuple[Problem, str | None]]:
    """Each with the anchor of the turn that shows it best."""
    anchors = {
        id(view.result): turn.anchor
        for view in dialogues
        for turn in view.turns
        if turn.result.failures
    }
    return [(problem, anchors.get(id(problem.dialogues[0]))) for problem in problems(run)]


def _slowest(run: RunResult, dialogues: tuple[DialogueView, ...]) -> list[SlowTurn]:
    anchors = {id(turn.result): turn.anchor for view in dialogues for turn in view.turns}
    return [
        SlowTurn(anchors[id(turn)], dialogue.title, turn.said, turn.seconds)
        for dialogue, turn in slowest(run, SLOWEST)
    ]


def data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


def _asset(name: str) -> Markup:
    """Our own style or script, which stands in the page as it is."""
    return Markup((TEMPLATES / name).read_text("utf-8"))


def _hash(script: str) -> str:
    """What lets this one script run, and none that a product's title may bring."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
