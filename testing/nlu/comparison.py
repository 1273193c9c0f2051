"""Two evaluations side by side, as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from testing.nlu.gates import Check, Gates, checks
from testing.nlu.report import Confusion, Mistake, NluReport, Score

_EXAMPLES = 3
_SHOWN = 10


def compare(
    base: NluReport, report: NluReport, gates: Gates, held_out: NluReport | None = None
) -> str:
    """What this change does to the understanding; `base` is the state it goes on top of."""
    checked = checks(gates, report, held_out, base)
    parts = (
        _verdict(checked),
        _totals(base, report, held_out),
        _changes(base, report, gates.noise),
        _confused(base, report),
        _passed(checked),
    )
    return "\n".join(line for part in parts for line in part)


def _verdict(checked: Sequence[Check]) -> Iterator[str]:
    failed = [check for check in checked if not check.passed]
    yield "## Language understanding"
    yield ""
    yield (
        f"**{len(failed)} of {len(checked)} gates failed.**" if failed else "**All gates passed.**"
    )
    yield ""
    yield from (f"- ❌ {check}" for check in failed)
    if failed:
        yield ""


def _totals(base: NluReport, report: NluReport, held_out: NluReport | None) -> Iterator[str]:
    yield "| | before | now | change |"
    yield "|---|---|---|---|"
    yield _row("Intents told apart (macro-F1)", base.macro_f1, report.macro_f1)
    yield _row("Sentences understood (accuracy)", base.accuracy, report.accuracy)
    if base.entity_f1 is not None and report.entity_f1 is not None:
        yield _row("Brands, categories, colours, prices (F1)", base.entity_f1, report.entity_f1)
    if held_out is not None:
        yield f"| Sentences never trained on (accuracy) | | {held_out.accuracy:.3f} | |"
    yield ""


def _row(name: str, before: float, now: float) -> str:
    return f"| {name} | {before:.3f} | {now:.3f} | {now - before:+.3f} |"


def _changes(base: NluReport, report: NluReport, noise: float) -> Iterator[str]:
    """Intents whose F1 moved by more than luck does, the worst first; new and lost ones too."""
    before = {score.name: score for score in base.intents}
    now = {score.name: score for score in report.intents}
    both = [(before[name], now[name]) for name in before.keys() & now.keys()]
    moved = [pair for pair in both if abs(_moved(pair)) > noise]
    yield f"### Intents that changed by more than {noise:g}"
    yield ""
    if moved:
        yield "| intent | before | now | change |"
        yield "|---|---|---|---|"
        for old, new in sorted(moved, key=lambda pair: (_moved(pair), pair[0].name)):
            yield _row(f"`{old.name}`", old.f1, new.f1)
    else:
        yield "None. Smaller changes happen by chance, as the sentences are split anew each time."
    yield from (f"\nNew intent: `{n}`, F1 {now[n].f1:.3f}." for n in sorted(now.keys() - before))
    yield from (f"\nIntent removed: `{name}`." for name in sorted(before.keys() - now))
    yield ""


def _moved(pair: tuple[Score, Score]) -> float:
    return pair[1].f1 - pair[0].f1


def _confused(base: NluReport, report: NluReport) -> Iterator[str]:
    """Pairs of intents confused more often than before; one sentence more is chance."""
    before = {(c.intent, c.predicted): c.count for c in base.confusions}
    grown = [
        (confusion, earlier)
        for confusion in report.confusions
        if confusion.count > (earlier := before.get((confusion.intent, confusion.predicted), 0)) + 1
    ]
    grown.sort(key=lambda pair: pair[1] - pair[0].count)
    known = {(mistake.text, mistake.predicted) for mistake in base.mistakes}
    new = [m for m in report.mistakes if (m.text, m.predicted) not in known]
    yield "### Confused more often than before"
    yield ""
    yield from (_confusion(confusion, earlier, new) for confusion, earlier in grown[:_SHOWN])
    if len(grown) > _SHOWN:
        yield f"- and {len(grown) - _SHOWN} more"
    if not grown:
        yield "Nothing."
    yield ""


def _confusion(confusion: Confusion, earlier: int, new: Sequence[Mistake]) -> str:
    pair = (confusion.intent, confusion.predicted)
    texts = [m.text for m in new if (m.intent, m.predicted) == pair][:_EXAMPLES]
    said = "".join(f"「{text}」" for text in texts)
    return f"- `{pair[0]}` taken for `{pair[1]}` {confusion.count} times, was {earlier}: {said}"


def _passed(checked: Sequence[Check]) -> Iterator[str]:
    passed = [check for check in checked if check.passed]
    yield f"<details><summary>{len(passed)} gates passed</summary>"
    yield ""
    yield from (f"- ✅ {check}" for check in passed)
    yield ""
    yield "</details>"
    yield ""
