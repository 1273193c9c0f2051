"""How a sentence points at what was shown: positions, lists gone by, several at once, a description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recsys.query import pointers
from recsys.query.asked import category_besides
from recsys.query.numbers import chinese_number
from recsys.query.patterns import ORDINAL
from recsys.query.span import Scan, Span

_DESCRIBING = ("brand", "category", "model", "colour", "price", "attribute")
_MOST = 10


@dataclass(frozen=True)
class Reference:
    """`batch`: 0 the newest list, -1 the one before it, 1 the first; None any, the newest first.

    `several`: how many are meant (那两个: 2), 0 all of them (这几个). `described` are the spans that
    only tell which one is meant (黑色那个), `price` is its price to the yuan, `extremes` are
    orders whose head is meant (贵的那个, 最便宜和最贵的), `category` is the kind of product, unless
    it is named by an attribute only (屏幕). `place`: `middle`, or `other` than what was spoken of.
    """

    batch: int | None = 0
    several: int | None = None
    described: tuple[Span, ...] = ()
    price: int | None = None
    extremes: tuple[str, ...] = ()
    category: str | None = None
    place: str | None = None


def find_lists(scan: Scan) -> list[Span]:
    """上一批 · 一开始: which list; found before positions, for 第一批 is none."""
    first = [_span(m, "reference", 1) for m in pointers.FIRST_LIST.finditer(scan.text)]
    before = pointers.PREVIOUS_LIST.finditer(scan.text)
    return first + [_span(m, "reference", -len(m["back"] or "上")) for m in before]


def find_positions(scan: Scan) -> Iterator[Span]:
    """第二个 · 最后那款 · 前两个 · 后三个 · 第一、三个 · 1和3; the last is -1."""
    for pattern in (pointers.LISTED, pointers.BARE):
        for match in pattern.finditer(scan.text):
            words = pointers.ONE_NUMERAL.findall(match["listed"])
            yield _span(match, "ordinal", tuple(map(_number, words)))
    for place, pattern in pointers.PLACES:
        for match in pattern.finditer(scan.text):
            yield _span(match, "ordinal", (place,))
    for match in ORDINAL.finditer(scan.text):
        yield _span(match, "ordinal", _ordinal(match))


def find_reference(scan: Scan, asked: Sequence[Span]) -> Reference:
    """What points besides positions, from a scan that has its other spans."""
    lists = scan.of("reference")
    price = pointers.EXACT_PRICE.search(scan.text)
    anywhere = None if pointers.RECALLED.search(scan.text) else 0
    return Reference(
        batch=lists[0].value if lists else anywhere,
        several=_several(scan.text),
        described=tuple(_described(scan)),
        price=int(price["price"]) if price else None,
        extremes=_extremes(scan),
        category=category_besides(scan, asked),
        place=_place(scan.text),
    )


def _span(match: re.Match[str], kind: str, value: int | tuple[int, ...]) -> Span:
    return Span(match.start(), match.end(), kind, value)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(chinese_number(word) or 0)


def _ordinal(match: re.Match[str]) -> tuple[int, ...]:
    if match["last"]:
        return (-1,)
    if match["tail"]:
        return tuple(range(-min(_number(match["tail"]), _MOST), 0))
    if match["first"]:
        return tuple(range(1, min(_number(match["first"]), _MOST) + 1))
    one = _number(match["one"])
    return (-one,) if match["back"] else (one,)


def _several(text: str) -> int | None:
    counted = pointers.SEVERAL.search(text)
    if counted:
        return _number(counted["count"])
    return 0 if pointers.WHOLE.search(text) else None


def _place(text: str) -> str | None:
    if pointers.MIDDLE.search(text):
        return "middle"
    return "other" if pointers.OTHER.search(text) else None


def _extremes(scan: Scan) -> tuple[str, ...]:
    """最便宜的手机 orders a search; 最便宜那个 points, and so do two at once."""
    sorts = scan.of("sort")
    pointing = [s for s in sorts if pointers.EXTREME_ENDS.match(scan.text, s.end)]
    found = [str(s.value) for s in (sorts if len(sorts) > 1 else pointing)]
    found += [str(span.value) for span in scan.of("extreme")]
    return tuple(dict.fromkeys(found))


def _described(scan: Scan) -> Iterator[Span]:
    """Spans in a row that 那个 follows (小米黑色那个) or leads (刚才那个小米的)."""
    row: list[Span] = []
    for span in scan.ordered():
        if span.kind not in _DESCRIBING or span.negated:
            continue
        if row and scan.text[row[-1].end : span.start].strip() not in ("", "的"):
            row = []
        row.append(span)
        led = pointers.BEFORE.search(scan.text[: row[0].start])
        if pointers.AFTER.match(scan.text, span.end) or (
            led and pointers.NOUN_ENDS.match(scan.text, span.end)
        ):
            yield from row
            row = []
