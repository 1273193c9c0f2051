"""What a shopper does not want: 不要小米和华为 · 三星就算了 · 不要皮的."""

from __future__ import annotations

import re
from dataclasses import replace

from recsys.query.patterns import (
    AND,
    FREE_NEGATED,
    FREE_WITHOUT,
    NEGATED_AFTER,
    NEGATION,
    NEW_SENTENCE,
    NOT_FREE,
    REFUSED_BOUND,
    WITHOUT,
)
from recsys.query.span import Scan, Span

_OUTSIDE = re.compile(r"的?[以之]?外")  # 除黑色外
_REFUSABLE = ("category", "brand", "colour", "attribute", "model")


def mark_refusals(scan: Scan) -> None:
    """Turn refused spans around, and add words that no lexicon knows."""
    scan.spans = [_with_polarity(scan, span) for span in scan.ordered()]
    _spread(scan)
    _add_free(scan)


def _with_polarity(scan: Scan, span: Span) -> Span:
    if span.kind == "price":
        return _with_bound_turned(scan, span)
    if span.kind not in _REFUSABLE:
        return span
    before = NEGATION.finditer(scan.text, 0, span.start)
    trigger = next((m for m in before if m.end() == span.start), None)
    if trigger is None and span.kind == "attribute":
        trigger = WITHOUT.search(scan.text, 0, span.start)
    if trigger:
        return replace(span, start=trigger.start(), negated=True)
    outside = _OUTSIDE.match(scan.text, span.end)
    if outside and scan.text.endswith("除", 0, span.start):
        return replace(span, start=span.start - 1, end=outside.end(), negated=True)
    after = NEGATED_AFTER.match(scan.text, span.end)
    if after and not (after["open"] and _starts_new_object(scan.text, after.end())):
        return replace(span, end=after.end(), negated=True)
    return span


def _with_bound_turned(scan: Scan, span: Span) -> Span:
    """超过1000的不要 is an upper bound."""
    after = REFUSED_BOUND.match(scan.text, span.end)
    return replace(span, end=after.end(), value=span.value.refused) if after else span


def _starts_new_object(text: str, place: int) -> bool:
    """手机不要小米: the negation belongs to what follows it."""
    rest = text[place:].lstrip()
    return rest[:1].isalnum() and not NEW_SENTENCE.match(text, place)


def _spread(scan: Scan) -> None:
    """不要小米和华为: the second of a list of one kind is negated too."""
    spans = scan.ordered()
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        joined = scan.text[before.end : span.start]
        if before.negated and span.kind == before.kind and joined.strip() and AND.fullmatch(joined):
            spans[index] = replace(span, negated=True)
    scan.spans = spans


def _add_free(scan: Scan) -> None:
    """不要皮的: a word that no lexicon knows still excludes."""
    for trigger in (*NEGATION.finditer(scan.text), *FREE_WITHOUT.finditer(scan.text)):
        word = FREE_NEGATED.match(scan.text, trigger.end())
        if word and not NOT_FREE.match(word[1]) and scan.free(trigger.start(), word.end(1)):
            scan.add(Span(trigger.start(), word.end(1), "word", word[1], negated=True))
