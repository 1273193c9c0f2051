"""Numbers as Chinese shoppers type them: 3,000 · 3千 · 1.5w · 三千五 · 一万二 · 两三百 · 几百."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_DIGIT |= {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_SCALE = {
    "十": 10,
    "拾": 10,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "k": 1000,
    "万": 10_000,
    "w": 10_000,
}
_SPOKEN = "零〇一二两俩三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万"
_ONE_DIGIT = "一二两俩三四五六七八九"

_LETTERS = str.maketrans("kw", "千万")
_PAIR = re.compile(rf"(?<=[十百佰千仟万])[{_ONE_DIGIT}]{{2}}(?=[十百佰千仟]|$)")

_LONGEST = 24
_LIMIT = 10**8  # no sum and no size in a shop reaches it; phone and order numbers do

NUMBER = re.compile(
    r"(?P<half>(?<![\d一二两三四五六七八九十个多大小])半)(?=\s?(?:公斤|千克|斤|升|米|小时|匹))"
    rf"|(?P<loose>百儿?八十|千儿?八百|万儿?八千)(?![{_SPOKEN}])"
    rf"|(?P<places>[2-6二两三四五六])位数"
    rf"|(?P<some>几)(?P<some_scale>[十百千万]+)"
    rf"|(?P<low>[{_ONE_DIGIT}])(?P<high>[{_ONE_DIGIT}])(?P<pair_scale>[十百千万]+)(?![{_SPOKEN}])"
    r"|(?<![a-z0-9])(?<![a-z0-9]\.)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?:\s?(?P<scale>万|千|百|k|w)(?![a-z])(?P<tail>[\d一二三四五六七八九](?![\d.a-z十百千万]))?)?"
    rf"|(?P<chinese>[{_SPOKEN}]+(?:[kw](?![a-z])|点[零一二三四五六七八九]+)?)"
)


@dataclass(frozen=True)
class Number:
    """A number or the range that one word means; `scale` is its last spoken unit (三千五: 1000)."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    scale: int = 1

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def chinese_number(text: str) -> Decimal | None:
    """Value of a Chinese numeral; a bare last digit counts tenths of the unit before it (三千五 = 3500)."""
    whole, point, fraction = text.partition("点")
    if point:
        value, digits = chinese_number(whole), chinese_number(fraction)
        return None if value is None or digits is None else value + digits / 10 ** len(fraction)
    if not text or any(c not in _SPOKEN for c in text):
        return None
    if all(c in _DIGIT for c in text):
        return Decimal("".join(str(_DIGIT[c]) for c in text))
    total, section, digit, unit = 0, 0, -1, 1
    for char in text:
        if char in _DIGIT:
            digit = _DIGIT[char]
            unit = 1 if char in "零〇" else unit
            continue
        scale = _SCALE[char]
        if scale == 10_000:
            total += (section + max(digit, 0) or 1) * scale
            section = 0
        else:
            section += (1 if digit < 0 else digit) * scale
        digit, unit = -1, scale
    if digit > 0:
        section += digit * (unit // 10 if unit >= 100 else 1)
    return Decimal(total + section)


def _scale_of(word: str) -> int:
    scale = 1
    for char in word:
        scale *= _SCALE[char]
    return scale


def _read(match: re.Match[str]) -> Number | None:
    """None for what no shopper counts in: arithmetic on hundreds of digits fails or takes long."""
    if len(match.group()) > _LONGEST or match.group() == "拾":  # 拾音器
        return None
    number = _from_match(match)
    return number if number and number.high < _LIMIT else None


def _from_match(match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match["half"]:
        return Number(start, end, Decimal("0.5"), Decimal("0.5"))
    if match["loose"]:
        scale = _SCALE[match["loose"][0]]
        return Number(start, end, Decimal(scale * 8 // 10), Decimal(scale), scale // 10)
    if match["places"]:
        places = match["places"]
        scale = 10 ** ((int(places) if places.isdigit() else _DIGIT[places]) - 1)
        return Number(start, end, Decimal(scale), Decimal(scale * 10 - 1), scale)
    if match["some"]:
        scale = _scale_of(match["some_scale"])
        return Number(start, end, Decimal(scale), Decimal(scale * 10 - 1), scale)
    if match["low"]:
        low, high = _DIGIT[match["low"]], _DIGIT[match["high"]]
        if low < high:
            scale = _scale_of(match["pair_scale"])
            return Number(start, end, Decimal(low * scale), Decimal(high * scale), scale)
        return None
    if match["digits"]:
        scale = _SCALE.get(match["scale"] or "", 1)
        value = Decimal(match["digits"].replace(",", "")) * scale
        if match["tail"]:
            tail = match["tail"]
            value += Decimal(int(tail) if tail.isdigit() else _DIGIT[tail]) * (scale // 10)
        return Number(start, end, value, value, scale)
    return _from_chinese(start, end, match["chinese"].translate(_LETTERS))


def _from_chinese(start: int, end: int, text: str) -> Number | None:
    """两千五六 is from 两千五 to 两千六."""
    pair = _PAIR.search(text)
    low = chinese_number(text[: pair.end() - 1] + text[pair.end() :] if pair else text)
    high = chinese_number(text[: pair.start()] + text[pair.end() - 1 :] if pair else text)
    if low is None or high is None or low > high:
        return None
    scale = max((_SCALE[c] for c in text if c in _SCALE), default=1)
    return Number(start, end, low, high, scale)


def find_numbers(text: str) -> list[Number]:
    """All numbers of a normalised text, left to right; ranges spoken as 2-3千 or 两千到三千 are joined."""
    found = [n for m in NUMBER.finditer(text) if (n := _read(m)) is not None]
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        if (
            before
            and re.fullmatch(
                r"\s*(?:元|块)?\s*(?:-|–|—|~|到|至)+\s*", text[before.end : number.start]
            )
            and (pair := _join(before, number)) is not None
        ):
            joined[-1] = pair
            continue
        joined.append(number)
    return joined


def _join(first: Number, second: Number) -> Number | None:
    low = first.low
    if first.scale == 1 and second.scale > 1 and low * second.scale < second.high:
        low *= second.scale
    if first.is_range or second.is_range:
        return None
    low, high = min(low, second.high), max(low, second.high)
    return Number(first.start, second.end, low, high, max(first.scale, second.scale))
