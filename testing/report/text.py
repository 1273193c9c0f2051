"""Values and numbers as people read them, and columns that line up beside Chinese."""

from __future__ import annotations

import json
from typing import Any
from unicodedata import east_asian_width

from testing.coverage.slots import filled

NOTHING = "—"


def value(what: Any) -> str:
    """A slot's or an entity's value on one line; whatever is empty looks alike."""
    if not filled(what):
        return NOTHING
    if isinstance(what, str):
        return what
    if isinstance(what, list | tuple) and not any(isinstance(part, dict) for part in what):
        nested = any(isinstance(part, list | tuple) for part in what)
        return (" | " if nested else "、").join(value(part) for part in what)
    return json.dumps(_trimmed(what), ensure_ascii=False, default=str)


def _trimmed(what: Any) -> Any:
    if isinstance(what, dict):
        return {key: _trimmed(part) for key, part in what.items() if filled(part)}
    return what


def money(price: Any) -> str:
    return NOTHING if price is None else f"¥{float(price):,.2f}".removesuffix(".00")


def seconds(time: float) -> str:
    return f"{time * 1000:.0f} 毫秒" if time < 1 else f"{time:.1f} 秒"


def width(text: str) -> int:
    """Columns in a terminal, where a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def pad(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def clip(text: str, columns: int) -> str:
    """At most so many columns, the end left out."""
    return text if width(text) <= columns else f"{_start(text, columns - 1)}…"


def squeeze(text: str, columns: int) -> str:
    """At most so many columns, the middle left out: both ends of a list tell something."""
    if width(text) <= columns:
        return text
    half = (columns - 1) // 2
    return f"{_start(text, half)}…{_start(text[::-1], half)[::-1]}"


def _start(text: str, columns: int) -> str:
    taken = 0
    for place, sign in enumerate(text):
        taken += width(sign)
        if taken > columns:
            return text[:place]
    return text
