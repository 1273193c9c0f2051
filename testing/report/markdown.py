"""A run as a comment under a pull request, for people who do not read the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from testing.coverage.report import MINIMUM, CoverageReport
from testing.report.latency import latency, slowest
from testing.report.message import Message
from testing.report.nlu import NluSection
from testing.report.problem import failing_turn, problems
from testing.report.text import clip, seconds
from testing.running.results import DialogueResult, RunResult

FAILURES = 20
REASONS = 3
SLOWEST = 3
GAPS = 8
SENTENCE = 120
ANSWER = 80
FAILURE = 240
UNSEEN = "\u200b"  # a zero-width space: no backslash keeps GitHub from following @ and #


def pull_request_comment(
    run: RunResult,
    coverage: CoverageReport | None = None,
    nlu: NluSection | None = None,
    *,
    minimum: float = MINIMUM,
    report_url: str | None = None,
) -> str:
    """Short Markdown: what is wrong and where, what was slow, what nobody tried."""
    lines = [*_verdict(run), *_failures(run), *_slowest(run)]
    if coverage:
        lines += _coverage(coverage, minimum)
    if nlu:
        lines += _nlu(nlu)
    if report_url:
        lines += ["", f"[打开完整报告]({report_url})"]
    return "\n".join(lines) + "\n"


def _verdict(run: RunResult) -> Iterator[str]:
    total, failed = len(run.dialogues), len(run.failed)
    result = f"❌ {failed} 段没有通过" if failed else "✅ 全部通过"
    yield f"### 对话测试：{result}"
    yield ""
    yield f"共 {total} 段对话，通过 {total - failed} 段，用时 {seconds(run.seconds)}。"


def _failures(run: RunResult) -> Iterator[str]:
    """Each problem once, with one dialogue told to its end and the others named."""
    for problem in problems(run):
        first, *others = problem.dialogues
        yield from ("", f"#### {len(problem.dialogues)} 段：{_plain(problem.title)}", "")
        yield f"例如 **{_plain(first.title)}**（`{_place(first)}`）："
        yield ""
        yield from _told(first)
        if others:
            yield ""
            yield f"同样的还有：{_named(others)}"


def _place(dialogue: DialogueResult) -> str:
    turn = failing_turn(dialogue)
    return f"{dialogue.file}:{turn.line if turn else dialogue.line}"


def _told(dialogue: DialogueResult) -> Iterator[str]:
    for turn in dialogue.turns:
        answer = _plain(_answer(turn.messages), ANSWER)
        yield f"- 顾客「{_plain(turn.said)}」，导购「{answer}」"
        yield from (f"  - ❌ {_plain(failure, FAILURE)}" for failure in turn.failures[:REASONS])
        if turn.failures and turn.understanding:
            read, ran = turn.understanding, [step.action for step in turn.steps]
            done = (
                f"，做了 `{ran[0]}`" + (f"（{len(ran)} 次）" if len(ran) > 1 else "") if ran else ""
            )
            yield f"  - 理解成 `{read.intent}`（{read.confidence:.0%}）{done}"
    if dialogue.error:
        yield f"- 没能走完：{_plain(dialogue.error)}"


def _named(dialogues: Sequence[DialogueResult]) -> str:
    titles = [f"{_plain(d.title)}（`{_place(d)}`）" for d in dialogues[:FAILURES]]
    rest = len(dialogues) - FAILURES
    return "；".join(titles) + (f"；另有 {rest} 段，见完整报告" if rest > 0 else "") + "。"


def _answer(messages: Sequence[Message]) -> str:
    texts = [str(message.get("text") or "") for message in messages]
    return " ".join(filter(None, texts)) or "（没有文字）"


def _slowest(run: RunResult) -> Iterator[str]:
    times = latency(run)
    if times is None:
        return
    yield from ("", "#### 答复速度", "")
    yield f"一半的答复在 {seconds(times.p50)}内，95% 在 {seconds(times.p95)}内。最慢的几句："
    yield ""
    for dialogue, turn in slowest(run, SLOWEST):
        yield (
            f"- 「{_plain(turn.said)}」{seconds(turn.seconds)}"
            f"（{_plain(dialogue.title)}，`{dialogue.file}:{turn.line}`）"
        )


def _coverage(coverage: CoverageReport, minimum: float) -> Iterator[str]:
    yield from ("", f"#### 覆盖率 {coverage.share:.0%}", "")
    weak = [kind for kind in coverage.kinds if kind.share < minimum]
    if not weak:
        yield f"每一类都有 {minimum:.0%} 以上被对话走到。"
    for kind in weak:
        names = "、".join(f"`{name}`" for name in islice(kind.missing, GAPS))
        more = f" 等 {len(kind.missing)} 项" if len(kind.missing) > GAPS else ""
        yield (
            f"- {kind.label} {kind.covered}/{kind.total}，低于 {minimum:.0%}；"
            f"还没有对话走到：{names}{more}"
        )


def _nlu(nlu: NluSection) -> Iterator[str]:
    yield from ("", f"#### {_plain(nlu.title)}", "")
    missed = [row for row in nlu.rows if row.passed is False]
    if not missed:
        yield "各项指标都达到要求。"
    for row in missed:
        yield f"- {_plain(row.name)} {row.value}，要求 {row.gate}"


def _plain(text: str, columns: int = SENTENCE) -> str:
    """One line in which nothing is markup, a mention or a link: shoppers may type anything."""
    line = clip(" ".join(text.split()), columns)
    # An underscore within a name is none of Markdown's, and brackets alone make no link.
    escaped = re.sub(r"([\\`*<>|~]|\](?=[(:\[])|\b_|_\b)", r"\\\1", line)
    return re.sub("([@#])", f"\\1{UNSEEN}", escaped)
