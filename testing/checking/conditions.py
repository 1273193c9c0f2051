"""One value and what is said of it: `3000`, `[手机, 平板电脑]`, `{max: 3000}`, `{lacks: 小米}`.

What is wrong is told in Chinese: those who write the dialogues read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

MISSING = object()


def broken(condition: Any, value: Any) -> Iterator[str]:
    """A sentence for each part of the condition that `value` (MISSING: there is none) does not meet."""
    if not isinstance(condition, Mapping):
        condition = {"is": condition}
    if condition.get("exists") is False:
        if value is not MISSING:
            yield f"不应该有，实际是 {show(value)}"
        return
    if value is MISSING:
        yield "没有"
        return
    for operator, wanted in condition.items():
        if operator == "length":
            yield from (f"长度{why}" for why in broken(wanted, len(value)))
        elif operator != "exists" and not _OPERATORS[operator](value, wanted):
            yield f"应{_WORDS[operator]} {show(wanted)}，实际是 {show(value)}"


def at(data: Any, path: str) -> Any:
    """The value at `frame.brands.0`, MISSING where there is none."""
    for step in path.split("."):
        if isinstance(data, Mapping) and step in data:
            data = data[step]
        elif _is_list(data) and step.lstrip("-").isdigit() and -len(data) <= int(step) < len(data):
            data = data[int(step)]
        else:
            return MISSING
    return data


def show(value: Any) -> str:
    """A value as people read it, not too long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else text[:200] + "…"


def same(one: Any, other: Any) -> bool:
    """Equal, numbers as amounts: 3000 is 3000.0 and the text "3000.00" of a database."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    numbers = _number(one), _number(other)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return bool(one == other)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _compare(holds: Callable[[Decimal, Decimal], bool]) -> Callable[[Any, Any], bool]:
    def check(value: Any, wanted: Any) -> bool:
        have, limit = _number(value), _number(wanted)
        return have is not None and limit is not None and holds(have, limit)

    return check


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _each(wanted: Any) -> list[Any]:
    return list(wanted) if _is_list(wanted) else [wanted]


def _among(value: Any, wanted: Any) -> bool:
    """A list is one of the wanted values, or is itself the wanted list."""
    if _is_list(value):
        return list(value) == _each(wanted)
    return any(same(value, one) for one in _each(wanted))


def _holds(value: Any, one: Any) -> bool:
    if isinstance(value, str):
        return str(one) in value
    if isinstance(value, Mapping):
        return one in value
    return _is_list(value) and any(same(inner, one) for inner in value)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": _among,
    "not": lambda value, wanted: not _among(value, wanted),
    "min": _compare(Decimal.__ge__),
    "max": _compare(Decimal.__le__),
    "above": _compare(Decimal.__gt__),
    "below": _compare(Decimal.__lt__),
    "contains": lambda value, wanted: all(_holds(value, one) for one in _each(wanted)),
    "lacks": lambda value, wanted: not any(_holds(value, one) for one in _each(wanted)),
    "matches": lambda value, wanted: bool(re.search(wanted, str(value))),
}
_WORDS = {
    "is": "是",
    "not": "不是",
    "min": "不低于",
    "max": "不高于",
    "above": "高于",
    "below": "低于",
    "contains": "包含",
    "lacks": "不包含",
    "matches": "符合",
}
