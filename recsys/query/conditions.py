"""From the spans of a sentence to its hard conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from recsys.query.constraints import Attribute, Constraints
from recsys.query.price import Price
from recsys.query.span import Scan
from recsys.text.normalise import normalise


def unique(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def conditions(scan: Scan, need: str, groups: Mapping[str, Any]) -> Constraints:
    """A brand both named and refused (苹果手机不要苹果) is refused."""
    refused = _brands(scan, negated=True)
    low, high = _price_bounds([s.value for s in scan.of("price")])
    return Constraints(
        category=_category(scan, groups),
        brands=tuple(b for b in _brands(scan, negated=False) if b not in refused),
        not_brands=refused,
        colours=unique(s.value for s in scan.of("colour")),
        not_colours=unique(s.value for s in scan.of("colour", True)),
        attributes=unique(_attributes(scan)),
        not_words=_refused_words(scan),
        price_min=low,
        price_max=high,
        need=need,
    )


def _attributes(scan: Scan) -> Iterator[Attribute]:
    """What was said of attributes and options; a category may be said by such a word too (拉拉裤)."""
    for span in scan.ordered():
        if span.kind == "attribute":
            found = [a for a in (span.value, span.also) if a]
            yield from map(_turned, found) if span.negated else found
        elif span.kind == "category" and span.also and not span.negated:
            yield span.also


def _turned(wanted: Attribute) -> Attribute:
    """What is left when this is not wanted."""
    if isinstance(wanted.value, bool):
        return replace(wanted, value=not wanted.value)
    return replace(wanted, op=_OPPOSITE.get(wanted.op, "!="))


_OPPOSITE = {">=": "<=", "<=": ">=", "!=": "="}


def _category(scan: Scan, groups: Mapping[str, Any]) -> str | None:
    """The head of a Chinese noun phrase is its last noun: 牛奶巧克力 is chocolate, 手机 in 手机壳 never matches. A wide word
    (狗粮，大型犬吃的) counts only where no narrower one stands."""
    named = scan.of("category")
    categories = [s for s in named if normalise(str(s.value)) not in groups] or named
    if categories:
        return str(categories[-1].value)
    return next(
        (s.implied["category"] for s in scan.spans if "category" in s.implied and not s.negated),
        None,
    )


def _brands(scan: Scan, negated: bool) -> tuple[str, ...]:
    """Named brands and those implied by iphone-like words; 不要小米14 excludes the model, not the brand."""
    implied = (s for s in scan.spans if "brand" in s.implied and s.negated == negated)
    named = [s.value for s in scan.of("brand", negated)]
    return unique(
        named + [s.implied["brand"] for s in implied if not (negated and s.kind == "model")]
    )


def _refused_words(scan: Scan) -> tuple[str, ...]:
    words = [s.value for s in scan.of("word", True)]
    words += [s.surface for s in scan.of("category", True) if not s.implied]
    return unique(words + [s.value for s in scan.of("model", True)])


def _price_bounds(prices: list[Price]) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of all; 三千以上一千以内 is the range the other way round, for nothing else could be meant."""
    low = max((p.low for p in prices if p.low is not None), default=None)
    high = min((p.high for p in prices if p.high is not None), default=None)
    if low is not None and high is not None and low > high:
        return high, low
    return low, high
