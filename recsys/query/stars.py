"""Marks from one to five as shoppers give them: 五星 · 给3分 · 四颗星 · ★★★★ · 满分 · 不满意."""

from __future__ import annotations

import re

from recsys.query.numbers import chinese_number

_DIGITS = "零〇一二两三四五六七八九十"
_NUMBER = rf"(?P<number>\d{{1,3}}|[{_DIGITS}]{{1,3}})"
# The shop's own names of the five marks, longest first: 不满意 holds 满意.
_NAMED = {"非常不满意": 1, "很不满意": 1, "不太满意": 2, "不满意": 2, "非常满意": 5, "很满意": 5, "满意": 4, "一般": 3}  # fmt: skip
_MARK = rf"(?:{_NUMBER}\s*(?:颗星|个星|星|分(?![\d之钟秒{_DIGITS}]))|(?P<drawn>[★⭐🌟]+)|(?P<full>满[分星])|(?P<named>{'|'.join(_NAMED)})(?!度))"
_SAID = re.compile(rf"(?<![\d.{_DIGITS}]){_MARK}")
_WITH = r"(?:[我就那]?(?:给|打|评|选)[你您个]?)?"
_WHOLE = re.compile(rf"\s*{_WITH}\s*{_MARK}\s*(?:好评)?[吧了啦哈呀]?[。.!！~]*\s*")
_ALONE = re.compile(rf"\s*{_WITH}\s*{_NUMBER}\s*[吧了啦哈呀]?[。.!！~]*\s*")


def find_stars(text: str) -> int | None:
    """What is given in a sentence that gives a mark, also where that is none (十分: 10)."""
    said = _SAID.search(text)
    return _value(said) if said else None


def read_stars(text: str) -> int | None:
    """The same where it is all that is said, as to a question: 三星的手机 is no mark, 3 is one."""
    whole = _WHOLE.fullmatch(text)
    if whole is not None:
        return _value(whole)
    alone = _ALONE.fullmatch(text)
    return _number(alone["number"]) if alone else None


def _value(said: re.Match[str]) -> int | None:
    if said["number"]:
        return _number(said["number"])
    if said["named"]:
        return _NAMED[said["named"]]
    return 5 if said["full"] else len(said["drawn"])


def _number(digits: str) -> int | None:
    if digits.isascii():
        return int(digits)
    value = chinese_number(digits)
    return None if value is None else int(value)
