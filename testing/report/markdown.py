"""A run as a comment under a pull request, for people who do not read the code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from testing.coverage.report import MINIMUM, CoverageReport
from testing.report.latency import latency, slowest
from testing.report.message import Message
from testing.report.nlu import NluSection
from testing.report.text import clip, seconds
from testing.running.results import DialogueResult, RunResult

FAILURES = 20
SLOWEST = 3
GAPS = 8
SENTENCE = 120
ANSWER = 80
FAILURE = 240
PATTERNS = 5
_CONDITION = re.compile(r"([\w.]+)[ ：]?应(不?是|不?包含|不?高于|不?低于|符合)")
_WORDS = {
    "price": "价格",
    "brand": "品牌",
    "category": "品类",
    "type": "消息类型",
    "cheaper": "没有更便宜",
    "dearer": "没有更贵",
    "unseen": "重复展示",
    "position": "指错了商品",
    "responses": "说的话不对",
    "actions": "做的事不对",
    "database": "数据库记录不对",
}
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
    lines = [*_verdict(run), *_patterns(run), *_failures(run), *_slowest(run)]
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


def _patterns(run: RunResult) -> Iterator[str]:
    """What most failures have in common: one broken filter fails many dialogues."""
    first = (next((f for t in d.turns for f in t.failures), None) for d in run.failed)
    common = Counter(pattern(failure) for failure in first if failure).most_common(PATTERNS)
    if common and common[0][1] > 1:
        yield from ("", "#### 大多是同样的问题", "")
        yield from (f"- {count} 段：{_plain(what)}" for what, count in common if count > 1)


def pattern(failure: str) -> str:
    """A failure without its figures: 第 3 张卡片（…）的 price 应不高于 500，实际是 549 → 价格应不高于要求."""
    if found := _CONDITION.search(failure):
        field, wanted = found.groups()
        return f"{_WORDS.get(field, field)}应{wanted}要求的"
    return _WORDS.get(key := failure.split("：")[0], key)


def _failures(run: RunResult) -> Iterator[str]:
    if not run.failed:
        return
    yield from ("", "#### 没有通过的对话", "")
    for dialogue in run.failed[:FAILURES]:
        yield f"- **{_plain(dialogue.title)}**"
        yield from (f"  - {line}" for line in _reasons(dialogue))
    rest = len(run.failed) - FAILURES
    if rest > 0:
        yield f"- 还有 {rest} 段没有通过，见完整报告。"


def _reasons(dialogue: DialogueResult) -> Iterator[str]:
    for turn in dialogue.turns:
        if turn.failures:
            wrong = "；".join(_plain(failure, FAILURE) for failure in turn.failures)
            answer = _plain(_answer(turn.messages), ANSWER)
            yield (
                f"`{dialogue.file}:{turn.line}` 顾客说「{_plain(turn.said)}」，"
                f"导购答「{answer}」：{wrong}"
            )
    if dialogue.error:
        yield f"`{dialogue.file}:{dialogue.line}` 没能走完：{_plain(dialogue.error)}"


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
    escaped = re.sub(r"([\\`*_{}\[\]<>|~])", r"\\\1", line)
    return re.sub("([@#])", f"\\1{UNSEEN}", escaped)
