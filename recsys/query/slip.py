"""A slip of the tongue that is put right in the same sentence: 黑色 啊不 白色 · 三千 不对 五千以内."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from recsys.query.constraints import Attribute
from recsys.query.numbers import Number
from recsys.query.span import Scan, Span

_KINDS = ("brand", "category", "colour", "price", "attribute", "model")
_MIND = "[啊哦噢呃额哎诶欸嗯唉呀哈]"
_WRONG = r"(?:不对|不是|[说打写搞记弄]?错了?|说反了?|口误)"
_INSTEAD = r"(?:我?(?:应该|其实|还)?(?:是|要|想要|改[成为]?|换[成]?))?"
# 三千不是五千 puts right what somebody else understood: the former holds.
_DENIES = re.compile(r"的?[\W_]*(?:而|可|并)?不是")
_CORRECTS = re.compile(
    rf"的?[\W_]*(?:{_MIND}[\W_]*(?:不+|{_WRONG})|{_WRONG})(?:{_MIND}|[了的吧]|{_WRONG}|[\W_])*{_INSTEAD}[\W_]*"
)
# 刚说冬天说错了 takes back what was said before, whatever else is said.
_WAS_WRONG = re.compile(
    r"(?:刚才?|之前|前面|上面)我?[说打写选](?:的|成|了|的是)?(?P<what>.{1,8}?)(?:是|我)?[说打写选搞弄]?错了?"
)


def without_slips(text: str, numbers: Sequence[Number]) -> str:
    """Blanks for a number that is put right before anything else is said of it (三千 不对 五千以内), or that is denied
    (三千 不是五千)."""
    for former, later in itertools.pairwise(numbers):
        between = (text, former.end, later.start)
        if _DENIES.fullmatch(*between):
            text = _blanked(text, former.end, later.end)
        elif _CORRECTS.fullmatch(*between):
            text = _blanked(text, former.start, later.start)
    return text


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def drop_slips(scan: Scan) -> None:
    """What was said wrongly is only talk: of two of one kind the latter holds, or the former, if the latter is denied."""
    wrong = [match.span("what") for match in _WAS_WRONG.finditer(scan.text)]
    spans = [
        _talk(span, span.start, span.end)
        if any(start <= span.start and span.end <= end for start, end in wrong)
        else span
        for span in scan.ordered()
    ]
    for place, span in enumerate(spans):
        later = next((s for s in spans[place + 1 :] if _alike(span, s)), None)
        if later is None:
            continue
        if _DENIES.fullmatch(scan.text, span.end, later.start):
            spans[spans.index(later)] = _talk(later, span.end, later.end)
        elif _CORRECTS.fullmatch(scan.text, span.end, later.start):
            spans[place] = _talk(span, span.start, later.start)
    scan.spans = spans


def _talk(span: Span, start: int, end: int) -> Span:
    return replace(span, start=start, end=end, kind="talk", value="slip", implied={})


def _alike(span: Span, later: Span) -> bool:
    if span.kind not in _KINDS or later.kind != span.kind or span.negated or later.negated:
        return False
    if isinstance(span.value, Attribute) and isinstance(later.value, Attribute):
        return span.value.name == later.value.name or span.value.unit == later.value.unit
    return True
