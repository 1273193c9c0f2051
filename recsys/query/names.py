"""Products that a sentence names by model or series: 小米15和iPhone 16 names two, K36 one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from recsys.query.lexicon import sticks
from recsys.query.patterns import PIECE

# What makes another model of one: an iPhone 16 Pro is no iPhone 16.
_EXTENDED = re.compile(
    r"\s?(?:pro|max|plus|ultra|mini|lite|turbo|se|air|neo|note|fold|flip|青春版|至尊版|标准版(?!的))(?![a-z])|\s?\+(?!\s?\d)"
)
_MEASURED = re.compile(
    r"\s?(?:[寸元块千百万个台件升瓦岁月斤克平度码片包]|英寸|毫|公|厘|[klgw]g?\b|mm|cm|mah)"
)
_LONGEST = 24
_PART = re.compile(
    rf"(?<![a-z\d.])(?P<part>[a-z]*\d+[a-z]*|[a-z]{{2,}})\s?(?:的?[那这]一?{PIECE}|的?\s*(?:呢|$|\W))"
)

Names = Mapping[str, Sequence[str]]


def find_products(text: str, names: Names) -> tuple[tuple[str, ...], ...]:
    """The ids of the products that each name may mean, in the order said; names in a row that agree are one."""
    found: list[tuple[str, ...]] = []
    previous = 0
    for start, end, products in _matches(text, names):
        joined = found and not text[previous:start].strip()
        common = tuple(p for p in products if p in found[-1]) if joined else ()
        if common:
            found[-1] = common
        else:
            found.append(tuple(products))
        previous = end
    return tuple(dict.fromkeys(found))


def find_part(text: str) -> str | None:
    """A part of a model that points: the 16 of 16的呢, the ultra of ultra那款."""
    match = _PART.search(text)
    return match["part"] if match else None


def _matches(text: str, names: Names) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Longest names first from the left; blanks do not count (iPhone16)."""
    place = 0
    while place < len(text):
        end = None if text[place] == " " else _end(text, place, names)
        if end is not None:
            yield place, end, names[text[place:end].replace(" ", "")]
        place = end or place + 1


def _end(text: str, start: int, names: Names) -> int | None:
    if start and sticks(text[start - 1], text[start]):
        return None
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        if text[start:end].replace(" ", "") in names and text[end - 1] != " ":
            return end if _whole(text, end) else None
    return None


def _whole(text: str, end: int) -> bool:
    """A name that goes on, or a number with a unit, is another thing."""
    last, after = text[end - 1], text[end : end + 1]
    if last.isascii() and last.isalnum() and after.isascii() and after.isalnum():
        return False
    return not (_EXTENDED.match(text, end) or (last.isdigit() and _MEASURED.match(text, end)))
