"""What a value of the catalogue says: whether it holds a word, and what it measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from recsys.query.numbers import find_numbers
from recsys.query.units import Measure, measures
from recsys.text.normalise import normalise

_TOLERANCE = 0.15
_WHOLE_INCH, _TENTH_INCH = 0.3, 0.05
_UNIVERSAL = (
    "所有",
    "全家",
    "全阶段",
    "全犬种",
    "通用",
    "日夜",
    "均可",
    "不限",
    "全年龄",
    "全孕期",
)
_DENIALS = ("无", "不", "非", "免", "半", "仿")


def covers(text: str, word: str) -> bool:
    """Whether a field's value holds a word in normal form, or whatever there is (所有肤质)."""
    return says(text, word) or any(universal in text for universal in _UNIVERSAL)


def says(text: str, word: str) -> bool:
    """Whether a text of the catalogue holds a word in normal form, and does not deny or halve it (无涂层, 半入耳式)."""
    text = normalise(text)
    places = (m.start() for m in re.finditer(re.escape(word), text))
    return any(
        text[place - 1 : place] not in _DENIALS and _is_whole(text, place, place + len(word))
        for place in places
    )


def _is_whole(text: str, start: int, end: int) -> bool:
    """Latin letters and digits match whole only (xl is not in xxl, 2kg not in 12kg)."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return not (_latin(text[start]) and _latin(before)) and not (
        _latin(text[end - 1]) and _latin(after)
    )


def _latin(char: str) -> bool:
    return char != "" and char.isascii() and (char.isalnum() or char == ".")


def texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]


def read_measures(name: str, value: str) -> list[Measure]:
    """Measures in a value; a bare number in 尺码 is a shoe or clothes size, 3-6岁 and 3岁以上 are ranges."""
    text = normalise(value)
    found = measures(text, find_numbers(text))
    if not found and name == "尺码" and text.replace(".", "").isdigit():
        found = [Measure("码", float(text))]
    return found


def compares(values: Sequence[Measure], op: str, wanted: float) -> bool:
    if op == ">=":
        return max(m.top for m in values) >= wanted
    if op == "<=":
        return min(m.value for m in values) <= wanted
    if op == "~":
        return any(
            m.value - _TOLERANCE * wanted <= wanted <= m.top + _TOLERANCE * wanted for m in values
        )
    return any(_is_about(m, wanted) for m in values)


def _is_about(stated: Measure, wanted: float) -> bool:
    """Screens are called by round inches: 16寸 is 16.1, 6.7寸 6.67."""
    slack = 1e-6 * max(1.0, wanted)
    if stated.unit == "寸":
        slack = _WHOLE_INCH if wanted == int(wanted) else _TENTH_INCH
    return stated.value - slack <= wanted <= stated.top + slack
