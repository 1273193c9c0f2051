"""Marks from one to five as shoppers give them: 五星 · 给3分 · 四颗星 · ★★★★ · 满分 · 不满意."""

from __future__ import annotations

import re

from recsys.query.numbers import chinese_number

_DIGITS = "零〇一二两三四五六七八九十"
_COUNTED = re.compile(rf"(?<![\d.{_DIGITS}])(\d{{1,3}}|[{_DIGITS}]{{1,3}})\s*(?:颗星|个星|星|分)")
_ALONE = re.compile(rf"\s*(?:我?给|打|评|我?选)?\s*(\d{{1,3}}|[{_DIGITS}]{{1,3}})\s*(?:吧|了|哈)?[。.!！]?\s*")
_DRAWN = re.compile("[★⭐🌟]+")
_FULL = re.compile("满[分星]")
# The shop's own names of the five marks, longest first: 不满意 holds 满意.
_NAMED = (("非常不满意", 1), ("很不满意", 1), ("不太满意", 2), ("不满意", 2), ("非常满意", 5), ("很满意", 5), ("满意", 4), ("一般", 3))  # fmt: skip


def find_stars(text: str, *, alone: bool = False) -> int | None:
    """What was given, also where it is no mark (十分: 10); `alone`: a number that is all that is said counts."""
    counted = _COUNTED.search(text) or (_ALONE.fullmatch(text) if alone else None)
    if counted is not None:
        return _number(counted[1])
    if drawn := _DRAWN.search(text):
        return len(drawn[0])
    if _FULL.search(text):
        return 5
    return next((mark for name, mark in _NAMED if name in text), None)


def _number(digits: str) -> int | None:
    if digits.isdigit() and digits.isascii():
        return int(digits)
    value = chinese_number(digits)
    return None if value is None else int(value)
