"""Measured attributes: 256G以上 · 6.7寸 · 500ml · 42码 · 1.5匹 · 20kg以内 · 5G."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from recsys.query.bound import BEFORE_MAX, BEFORE_MIN
from recsys.query.constraints import Attribute
from recsys.query.numbers import Number

# unit as typed -> (canonical unit, factor, attribute it usually measures)
UNITS: dict[str, tuple[str, Decimal, str]] = {
    word: (unit, Decimal(factor), name)
    for words, unit, factor, name in (
        ("gb", "gb", 1, "存储"), ("tb", "gb", 1024, "存储"), ("t", "gb", 1024, "存储"),
        ("英寸 寸", "寸", 1, "屏幕尺寸"), ("升 l", "l", 1, "容量"), ("毫升 ml", "l", "0.001", "容量"),
        ("千克 公斤 kg", "kg", 1, "重量"), ("斤", "kg", "0.5", "重量"), ("克", "kg", "0.001", "重量"),
        ("毫安时 毫安 mah", "mah", 1, "电池容量"), ("赫兹 hz", "hz", 1, "刷新率"), ("码", "码", 1, "尺码"),
        ("周岁 岁", "岁", 1, "适用年龄"), ("匹", "匹", 1, "匹数"), ("瓦 w", "w", 1, "功率"),
        ("厘米 公分 cm", "cm", 1, "尺寸"), ("毫米 mm", "cm", "0.1", "尺寸"), ("米 m", "cm", 100, "尺寸"),
        ("万像素", "万像素", 1, "像素"), ("小时", "小时", 1, "续航"), ("个月", "个月", 1, "月龄"),
        ("段", "段", 1, "段位"), ("人", "人", 1, "适用人数"), ("片", "片", 1, "片数"), ("抽", "抽", 1, "抽数"),
    )
    for word in words.split()
}  # fmt: skip
UNIT = re.compile(
    f"(?:{'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))}|g)(?![a-z])"
    # only Latin letters may run on into another word: 75寸dianshi is 75寸
    f"|{'|'.join(sorted(filter(lambda unit: not unit.isascii(), UNITS), key=len, reverse=True))}",
    re.IGNORECASE,
)
AFTER_MIN = re.compile(r"\s*(?:及?以上|起|往上)")
AFTER_MAX = re.compile(r"\s*(?:及?以内|及?以下|之内|内(?!存))")
AFTER_ABOUT = re.compile(r"\s*(?:左右|上下)")
_NETWORK = re.compile(r"(?<![\d.a-z])([2345])g(?![a-z])")
_MEMORY_SIZES = {2**n for n in range(2, 12)}


@dataclass(frozen=True)
class Quantity:
    """A condition on a measured attribute; a range (3-4人) is a lower bound and `also` an upper one."""

    start: int
    end: int
    attribute: Attribute
    also: Attribute | None = None


def _grams_or_bytes(value: Decimal) -> str:
    """g after a power of two up to 2048 is storage as people type it (256g); otherwise grams."""
    return (
        "gb"
        if value == value.to_integral_value() and int(value) in _MEMORY_SIZES and value >= 16
        else "克"
    )


def in_canonical(number: Decimal, typed: str) -> tuple[float, str, str]:
    word = _grams_or_bytes(number) if typed.lower() == "g" else typed.lower()
    unit, factor, name = UNITS[word]
    return float(number * factor), unit, name


def find_quantities(
    text: str, numbers: Sequence[Number], taken: Sequence[tuple[int, int]]
) -> list[Quantity]:
    """Conditions on measured attributes."""
    found = [
        Quantity(m.start(), m.end(), Attribute(f"{m[1]}G", "=", True))
        for m in _NETWORK.finditer(text)
    ]
    for number in numbers:
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        space = re.compile(r"\s?").match(text, number.end)
        match = UNIT.match(text, space.end() if space else number.end)
        if match is None or any(q.start == number.start for q in found) or _is_money(number, match):
            continue
        found.append(_quantity(text, number, match))
    return sorted(found, key=lambda q: q.start)


def _is_money(number: Number, unit: re.Match[str]) -> bool:
    """1.5w is fifteen thousand yuan, 65w is a charger."""
    return unit.group() == "w" and number.high < 20


def _quantity(text: str, number: Number, unit: re.Match[str]) -> Quantity:
    start, end, before = number.start, unit.end(), text[: number.start]
    op = "="
    for pattern, meaning in ((AFTER_MIN, ">="), (AFTER_MAX, "<="), (AFTER_ABOUT, "~")):
        if after := pattern.match(text, end):
            op, end = meaning, after.end()
            break
    for pattern, meaning in ((BEFORE_MIN, ">="), (BEFORE_MAX, "<=")):
        if head := pattern.search(before):
            op, start = meaning, head.start()
    if number.is_range and op == "=":
        low, canonical, name = in_canonical(number.low, unit.group())
        high, _, _ = in_canonical(number.high, unit.group())
        return Quantity(
            start,
            end,
            Attribute(name, ">=", low, canonical),
            Attribute(name, "<=", high, canonical),
        )
    value, canonical, name = in_canonical(number.high if op == "<=" else number.low, unit.group())
    return Quantity(start, end, Attribute(name, op, value, canonical))
