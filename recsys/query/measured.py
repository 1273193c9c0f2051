"""Conditions on the measured fields of a category: 电池7000以上 · 宽度别超过60厘米 · 50度以上 · 512的."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recsys.query.bound import BEFORE_MAX, BEFORE_MIN
from recsys.query.constraints import Attribute
from recsys.query.numbers import Number
from recsys.query.quantity import AFTER_ABOUT, AFTER_MAX, AFTER_MIN, Quantity
from recsys.query.schema import Measured, Schema

_GREAT = r"[大高多长久宽重厚强]"
_SMALL = r"[小低少短窄轻薄弱]"
_STEP = r"(?:一?点儿?|一?些)?"
# What may stand between a field and its number; a direction tells as well that no price follows.
_LINK = r"(?:的|要|得|在|是|为|能|到|达到?|有|需要|想要|最好|必须|大概|大约|差不多|至少|起码|最少|最多|顶多|怎么也|[:：=])*"
_NEAR = re.compile(rf"{_LINK}\s?$")
_FAR = re.compile(
    rf"{_LINK}(?:(?P<great>{_GREAT})|(?P<small>{_SMALL})){_STEP}的?[\s,，]*{_LINK}\s?$"
)
_BOUND = re.compile(
    r"(?:不?(?:要|能|可以)?(?:超过?|低于|少于|小于|大于|高于|多于|超出)|别(?:超过?|低于|少于)|不到|以[上下内]|[<>]=?|[≤≥])\s?$"
)
_AFTER_PLAIN = re.compile(r"\s?(?:的|呢|吧|码|号|[,，。.!？?;；]|$|有|还|够|就|行|可以|也)")
_BEFORE_PLAIN = re.compile(r"(?:[来买拿加减第前后共\d.\-+×x*/~]|预算|价格|价位|大概|左右|¥)\s?$")
_ROUND = 50  # a plain number that is a multiple of it is a sum of money
_PLAUSIBLE = 3.0


def find_named(text: str, numbers: Sequence[Number], schema: Schema) -> list[Quantity]:
    """Numbers behind the name of their field: surer than any word (噪音小于36 is not 噪音小)."""
    return [read for number in numbers if (read := _named(text, number, schema))]


def find_measured(
    text: str, numbers: Sequence[Number], schema: Schema, taken: Sequence[tuple[int, int]]
) -> list[Quantity]:
    """What the other numbers say: before the field's name (144刷新率), by a unit, or by themselves."""
    free = [n for n in numbers if all(n.end <= start or end <= n.start for start, end in taken)]
    read = (
        _before_name(text, n, schema) or _typed(text, n, schema) or _plain(text, n, schema)
        for n in free
    )  # fmt: skip
    return [one for one in read if one is not None]


def _named(text: str, number: Number, schema: Schema) -> Quantity | None:
    head = text[: number.start]
    bound = _BOUND.search(head)
    link = head[: bound.start()] if bound else head
    for one in schema.measures:
        typed = _unit(text, number, one)
        if typed is None:
            continue
        for word in one.words:
            place = link.rfind(word)
            if place < 0:
                continue
            between = link[place + len(word) :]
            read = _quantity(text, number, one, typed, place)
            if _links(between, word == one.words[0], bound is not None, read.attribute.op):
                return read
    return None


def _before_name(text: str, number: Number, schema: Schema) -> Quantity | None:
    for one in schema.measures:
        typed = _unit(text, number, one)
        for word in one.words if typed else ():
            if typed and text.startswith((word, f"的{word}"), typed[0]):
                end = text.index(word, typed[0]) + len(word)
                return _quantity(text, number, one, (end, typed[1]), number.start)
    return None


def _links(between: str, own_name: bool, bounded: bool, op: str) -> bool:
    """Whether a name and a number belong together; 电池大的 3000以内 is a battery and a price."""
    if far := _FAR.fullmatch(between):
        return op != ("<=" if far["great"] else ">=")
    apart = between[:1] in (" ", ",", "，")
    return _NEAR.fullmatch(between.strip(" ")) is not None and (not apart or own_name or bounded)


def _unit(text: str, number: Number, one: Measured) -> tuple[int, float] | None:
    """Where the unit ends and its factor; None where the number is not one that the field could have."""
    rest = text[number.end : number.end + 8].removeprefix(" ")
    start = len(text[: number.end]) + (1 if text[number.end : number.end + 1] == " " else 0)
    for typed in sorted((t for t in one.typed if t), key=len, reverse=True):
        if rest.startswith(typed) and not (typed.isascii() and _runs_on(rest, len(typed))):
            return start + len(typed), one.typed[typed]
    factor = one.typed.get("")
    if factor is None or _other_unit(rest) or not text[number.start : number.end][0].isdigit():
        return None
    value = float(number.high) * factor
    fits = one.low / _PLAUSIBLE <= value <= one.high * _PLAUSIBLE
    return (number.end, factor) if fits else None


def _runs_on(rest: str, place: int) -> bool:
    after = rest[place : place + 1]
    return rest[place - 1].isalpha() and after.isascii() and after.isalpha()


def _other_unit(rest: str) -> bool:
    return re.match(r"[a-z%°]|元|块|钱|折|件|个|台|号楼", rest) is not None


def _typed(text: str, number: Number, schema: Schema) -> Quantity | None:
    for one in schema.measures:
        typed = _unit(text, number, one)
        if typed and typed[0] != number.end and not _is_other(text, number, one, typed):
            return _quantity(text, number, one, typed, number.start)
    return None


def _is_other(text: str, number: Number, one: Measured, typed: tuple[int, float]) -> bool:
    """两万 and 1.5w are sums, 3年级 is no time, and what no goods measure is something else (18天内发货)."""
    said = text[number.end : typed[0]].strip()
    if (
        said in ("w", "万", "m")
        and not one.low / 2 <= float(number.high) * typed[1] <= one.high * 2
    ):
        return True
    return text.startswith(("级", "前", "后", "内发", "内到"), typed[0])


def _plain(text: str, number: Number, schema: Schema) -> Quantity | None:
    """512的 and 穿44: a number that some option has, and that is no likely sum."""
    typed = text[number.start : number.end]
    if number.is_range or not typed.replace(".", "").isdigit():
        return None
    if _BEFORE_PLAIN.search(text[: number.start]):
        return None
    after = _bounded(text, number.end)
    for one in schema.measures:
        value = float(number.high) * one.typed.get("", 1.0)
        fits = any(abs(value - own) < 1e-6 * max(1.0, own) for own in one.plain)
        fits = fits and not (_may_be_a_sum(number) and one.unit != "码")
        if fits and (after or _AFTER_PLAIN.match(text, number.end)):
            return _quantity(text, number, one, (number.end, one.typed.get("", 1.0)), number.start)
    return None


def _may_be_a_sum(number: Number) -> bool:
    return number.high >= 2 * _ROUND and number.high % _ROUND == 0


def _bounded(text: str, place: int) -> bool:
    return any(pattern.match(text, place) for pattern in (AFTER_MIN, AFTER_MAX, AFTER_ABOUT))


def _quantity(
    text: str, number: Number, one: Measured, typed: tuple[int, float], start: int
) -> Quantity:
    end, factor = typed
    op, head = "=", text[: number.start]
    for pattern, meaning in ((AFTER_MIN, ">="), (AFTER_MAX, "<="), (AFTER_ABOUT, "~")):
        if after := pattern.match(text, end):
            op, end = meaning, after.end()
            break
    for pattern, meaning in ((BEFORE_MIN, ">="), (BEFORE_MAX, "<=")):
        if before := pattern.search(head):
            op, start = meaning, min(start, before.start())
    low, high = (_rounded(float(bound) * factor) for bound in (number.low, number.high))
    if number.is_range and op == "=":
        bounds = (Attribute(one.name, o, v, one.unit) for o, v in ((">=", low), ("<=", high)))
        return Quantity(start, end, *bounds)
    return Quantity(start, end, Attribute(one.name, op, high if op == "<=" else low, one.unit))


def _rounded(value: float) -> float:
    return float(f"{value:.10g}")
