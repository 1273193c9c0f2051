"""Units that only a field gives a meaning (50度 of a spirit, 40分贝 of a fridge), and the measures in a catalogue value."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from recsys.query.numbers import Number
from recsys.query.quantity import AFTER_MIN, UNIT, UNITS, in_canonical

# canonical unit -> spellings with their factors
_OF_FIELDS: dict[str, dict[str, float]] = {
    "db": {"db": 1, "分贝": 1},
    "m2": {"m2": 1, "平方米": 1, "平米": 1, "平方": 1, "平": 1},
    "度": {"度": 1, "°": 1},
    "°c": {"°c": 1, "度": 1, "摄氏度": 1},
    "pa": {"pa": 1, "帕": 1},
    "转/分": {"转/分": 1, "转": 1, "转每分": 1},
    "小时": {"小时": 1, "h": 1, "分钟": 1 / 60, "min": 1 / 60, "天": 24, "日": 24, "周": 168, "年": 8760},
    "%": {"%": 1, "个点": 1},
    "nit": {"nit": 1, "尼特": 1, "nits": 1},
    "dpi": {"dpi": 1},
    "万": {"万像素": 1, "万": 1, "亿像素": 10_000, "亿": 10_000},
    "wh": {"wh": 1, "瓦时": 1},
    "kwh": {"kwh": 1, "度": 1, "度电": 1},
    "磅": {"磅": 1},
    "mb/s": {"mb/s": 1, "m/s": 1},
    "mbps": {"mbps": 1, "兆": 1, "m": 1},
    "ms": {"ms": 1, "毫秒": 1},
}  # fmt: skip
# Counted with words that also count what is bought: the number needs the field's name (300页的 aside).
_COUNTING = frozenset("件条双个支根册本颗种色档键片抽包只袋盒瓶罐张台块枚位人")


# What a field without a unit counts, and grams, which as storage are gigabytes.
_WITHOUT_UNIT = {"": ("个", 1.0), "g": ("kg", 0.001)}


def canonical(written: str) -> tuple[str, float]:
    """The canonical unit of one in normal form, and how much of it one is."""
    if written in UNITS:
        unit, factor, _ = UNITS[written]
        return unit, float(factor)
    if written in _WITHOUT_UNIT:
        return _WITHOUT_UNIT[written]
    for unit, spellings in _OF_FIELDS.items():
        if written == unit or (written in spellings and written not in ("度", "m")):
            return unit, spellings[written]
    return written, 1.0


def spellings(unit: str) -> dict[str, float]:
    """How a canonical unit may be typed, with factors."""
    typed = {word: float(factor) for word, (own, factor, _) in UNITS.items() if own == unit}
    typed |= {"g": 0.001} if unit == "kg" else {"g": 1.0} if unit == "gb" else {}
    if unit in _OF_FIELDS:
        return {**_OF_FIELDS[unit], **typed}
    return typed or ({} if unit in _COUNTING else {unit: 1.0})


def is_unit(written: str) -> bool:
    """Whether a text in normal form is a unit and nothing else."""
    return (
        written in UNITS
        or written == "g"
        or any(written == unit or written in typed for unit, typed in _OF_FIELDS.items())
    )


@dataclass(frozen=True)
class Measure:
    """A value in canonical units, as read from a catalogue field or an option (12GB+256GB has two); a range goes from `value`
    to `high` (3-6岁, 3岁以上)."""

    unit: str
    value: float
    high: float | None = None

    @property
    def top(self) -> float:
        return self.value if self.high is None else self.high


_CATALOGUE_UNIT = re.compile(r"%|db|m2|°c|pa|分钟|天|年|wh|dpi|转/分|度")


def measures(text: str, numbers: Sequence[Number]) -> list[Measure]:
    """Every number with a unit in a catalogue value."""
    found = []
    for number in numbers:
        low, high, unit, end = _measure(text, number)
        if unit:
            high = math.inf if AFTER_MIN.match(text, end) else high
            found.append(Measure(unit, low, high if high != low else None))
    return found


def _measure(text: str, number: Number) -> tuple[float, float, str, int]:
    """Lower and upper end in the canonical unit, which is empty where none follows, and where it ends."""
    if match := UNIT.match(text, number.end):
        low, unit, _ = in_canonical(number.low, match.group())
        high, _, _ = in_canonical(number.high, match.group())
        return low, high, unit, match.end()
    if match := _CATALOGUE_UNIT.match(text, number.end):
        unit, factor = ("度", 1.0) if match.group() == "度" else canonical(match.group())
        return float(number.low) * factor, float(number.high) * factor, unit, match.end()
    return 0.0, 0.0, "", number.end
