"""A sum of money and the ways to write it down: 3000, 三千, 3k, 3千."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from recsys.query.numbers import chinese_number

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_TYPED = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?([万千百kKwW]?)")
_TWO_DIGITS = re.compile(r"[一二两三四五六七八九]{2}")  # 两三千 is a range
_SCALES = {"": 1, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000}
SMALLEST, LARGEST = 10, 10**8


def read_amount(text: str) -> int | None:
    """The sum, or None where it is no whole one from 10 on: smaller numbers are counts."""
    if _TWO_DIGITS.search(text):
        return None
    typed = _TYPED.fullmatch(text)
    try:
        value = _typed(typed) if typed else chinese_number(text)
    except (InvalidOperation, KeyError):
        return None
    if value is None or value != int(value) or not SMALLEST <= value < LARGEST:
        return None
    return int(value)


def _typed(match: re.Match[str]) -> Decimal:
    return Decimal(match[1].replace(",", "")) * _SCALES[match[2].lower()]


def spellings(value: int) -> Iterator[str]:
    """All the ways, each meaning exactly `value`."""
    yield str(value)
    spoken = chinese(value)
    yield spoken
    if (short := _last_unit_unsaid(spoken)) is not None:
        yield short
    if value >= 1000:
        yield f"{value:,}"
    if 1000 <= value < 100_000 and value % 100 == 0:
        yield f"{_fraction(value, 1000)}k"
    if value % 1000 == 0 and value < 10_000:
        yield f"{value // 1000}千"
    if value >= 10_000 and value % 1000 == 0:
        yield f"{_fraction(value, 10_000)}万"


def chinese(value: int) -> str:
    """As it is said in a shop: 两千零五十, 一万二千, 十五."""
    high, low = divmod(value, 10_000)
    if not high:
        return _section(low)
    head = "两万" if high == 2 else f"{_section(high)}万"
    if not low:
        return head
    return f"{head}零{_section(low, True)}" if low < 1000 else head + _section(low)


def _section(value: int, follows: bool = False) -> str:
    """Up to 9999; `follows`: something was said before it, so ten is 一十."""
    said, gap, rest = "", False, value
    for unit, name in _UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            said += ("零" if gap else "") + _digit(digit, unit, follows or bool(said)) + name
        gap = bool(said) and not digit
    return said


def _digit(digit: int, unit: int, follows: bool) -> str:
    if digit == 2 and unit >= 100:
        return "两"
    return "" if digit == 1 and unit == 10 and not follows else _DIGITS[digit]


def _last_unit_unsaid(spoken: str) -> str | None:
    """三千五 for 三千五百, 一万二 for 一万二千; not where a zero stands between."""
    match = re.search(
        r"(?:[一两三四五六七八九]万[一两三四五六七八九]千|千[一两三四五六七八九]百|百[一二三四五六七八九]十)$",
        spoken,
    )
    return spoken[:-1].replace("万两", "万二").replace("千两", "千二") if match else None


def _fraction(value: int, unit: int) -> str:
    return f"{Decimal(value) / unit:f}"
