"""Prices and budgets: 三千以内 · 2k-3k · 一千五左右 · 千元机 · 两三百的 · 预算五百."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from recsys.query.bound import BEFORE_MAX, BEFORE_MIN
from recsys.query.numbers import Number

_CURRENCY = r"(?:元钱|块钱|块|元|人民币|大洋|rmb)"
_CURRENCY_NEAR = re.compile(rf"{_CURRENCY}$|{_CURRENCY}[^\\d]*$")
_BUDGET = re.compile(
    r"(?:预算|价格|价位|价钱|价|售价|总价)(?:就|只有|只|是|为|在|有|大概|大约|差不多|我|最好)*\s*¥?\s*$"
)
_ABOUT = re.compile(r"(?:大概|大约|差不多|约|约摸|接近)(?:是|在)?\s*¥?\s*$")
# 小一千, 近千元: nearly as much; 上千: as much or more. Before sums only: 小14 and 再加上一百 are none.
_NEARLY = re.compile(r"(?:(?<![大最太])小|将近|(?<![最附远])近)$")
_AS_MUCH = re.compile(r"(?<!以)上$")
_UNITS = ("百", "千", "万")
_SIGN = re.compile(r"¥\s*$")
# A ceiling that is moved (能加到6000), what may be spent (还能花250), and a return to a sum (还是5000吧).
_MOVED = re.compile(
    r"(?:[加提涨升放降减压调]|提[高升]|放宽|增加|降低|下调)[高宽低]?[到至]了?\s*$"
    r"|(?:预算|价格|价位)(?:给我)?[改调换][成为到]\s*$"
    r"|(?:[能可只想最就]|可以|只能|最多|打算|准备|愿意)(?:再|有)?(?:花|出得起|掏)(?:个|上|得起)?\s*$"
    r"|(?:[只还就]剩下?|手[头里上](?:只|就)?有)(?:了)?\s*$"
    r"|^(?:那|算了|哎|唉|嗯|\W)*(?:还是|就)按?\s*$"
)
_ENDS_HERE = re.compile(rf"\s*(?:{_CURRENCY}?钱?(?:吧|也?[可行]|就|的?预算|以?内|\W|$))(?!\s*左右)")
_AFTER_MAX = re.compile(
    rf"\s*{_CURRENCY}?\s*(?:钱)?(?:以内|以下|之内|之下|及以下|以里|封顶|往下|不到(?=的|[^\w]|$)|内(?!存|裤|衣|胆|置|搭)"
    r"|[已己]内|yi ?(?:nei|xia))(?![a-z])"
)
_AFTER_MIN = re.compile(
    rf"\s*{_CURRENCY}?\s*(?:以上|及以上|往上|朝上|打底|起步|起(?!来)|[已己]上|yi ?shang(?![a-z]))"
)
_AFTER_PLUS = re.compile(rf"\s*{_CURRENCY}?\+(?!\s*\d)")
_AFTER_ABOUT = re.compile(
    rf"\s*(?:{_CURRENCY}?\s*(?:左右|上下|前后|附近|差不多|的样子|zuo ?you(?![a-z]))|[把来]{_CURRENCY}?(?:钱)?(?:左右)?)"
)
_AFTER_MORE = re.compile(
    rf"\s*(?:多|几){_CURRENCY}?(?:钱)?(?!大|少|久|长|重|高|远|人|公?斤|千?克|kg|g|m?l|毫|升|米|平|寸|岁|码|页|片|天|个|件|瓶|次|小时)"
)
_AFTER_OVER = re.compile(rf"\s*{_CURRENCY}?\s*出头")
_AFTER_PLAIN = re.compile(rf"\s*{_CURRENCY}(?:钱)?(?!包)")
_AFTER_LEVEL = re.compile(r"元?(?:机(?!械|器|油|票|箱)|价位|档次?|级别?)")
_AROUND = " 。.,，、;；!！?？~…"
_ENDS = re.compile(r"\s*(?:的|价|吧|$|[,，。.!?;、]|就|可以|行)")


@dataclass(frozen=True)
class Price:
    """A price condition in yuan, with the span of text that states it."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None

    @property
    def refused(self) -> Price:
        """What is left when this is not wanted (超过1000的不要); a price with two bounds leaves nothing to say."""
        if self.low is not None and self.high is not None:
            return self
        return replace(self, low=self.high, high=self.low)


def _cut(text: str, number: Number, pattern: re.Pattern[str]) -> int | None:
    match = pattern.match(text, number.end)
    return match.end() if match else None


def upper(value: Decimal, scale: int) -> Decimal:
    """两千多 is below three thousand: the last spoken unit gives the width."""
    return value + Decimal(scale if scale > 1 else 10 ** (len(str(int(value))) - 1)) - 1


def _about(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """左右 means a fifth to either side."""
    return (low * Decimal("0.8")).quantize(Decimal(1)), (high * Decimal("1.2")).quantize(Decimal(1))


def read_price(text: str, number: Number) -> Price | None:
    """The price condition that `number` is part of, or None when nothing marks it as a price."""
    before = text[: number.start]
    for pattern, make in _RULES:
        head = pattern.search(before) if pattern in _PREFIXES else None
        end = number.end if head else None
        if pattern not in _PREFIXES:
            end = _cut(text, number, pattern)
        if end is None or not _fits(pattern, text, number, end):
            continue
        low, high = make(number)
        sign = head or _SIGN.search(before) or _BUDGET.search(before) or _ABOUT.search(before)
        start = sign.start() if sign else number.start
        return Price(start, _skip_tail(text, end), low, high)
    return _unmarked(text, number)


def _fits(pattern: re.Pattern[str], text: str, number: Number, end: int) -> bool:
    """Whether a number is one that the words around it speak of as a price."""
    if pattern is _MOVED and not _ENDS_HERE.match(text, end):
        return False
    if pattern is _AS_MUCH and not text.startswith(_UNITS, number.start):
        return False
    if pattern in _SUMS and (number.low < 100 or number.scale == 10):
        return False
    return number.high >= 10 or _CURRENCY_NEAR.search(text[number.start : end]) is not None


def _skip_tail(text: str, end: int) -> int:
    """Swallow a currency word and 左右-like words left behind a prefix rule (不超过500块)."""
    match = _AFTER_PLAIN.match(text, end)
    return match.end() if match else end


def _unmarked(text: str, number: Number) -> Price | None:
    """A range (两三百, 2k-3k) or a spoken round sum (三千的) is a price without any other mark."""
    if number.is_range and (number.scale >= 10 or number.low >= 20):
        return Price(number.start, number.end, number.low, number.high)
    if _is_resolution(text, number):
        return None
    if text.strip(_AROUND) == text[number.start : number.end] and number.low >= 10:
        low, high = _about(number.low, number.high)  # a bare sum answers the question of the budget
        return Price(number.start, number.end, low, high)
    if number.scale >= 100 and number.low >= 100 and _ENDS.match(text, number.end):
        low, high = _about(number.low, number.high)
        return Price(number.start, number.end, low, high)
    return None


def _is_resolution(text: str, number: Number) -> bool:
    """2k, 4k and 8k beside other words are screens; 2k的 and 2k alone are sums."""
    typed = text[number.start : number.end]
    return (
        typed in ("2k", "4k", "8k")
        and typed != text.strip()
        and not text.startswith("的", number.end)
    )


def _level(number: Number) -> tuple[Decimal | None, Decimal | None]:
    """千元机 is 1000 to 1999, 百元机 100 to 999, 三千价位 3000 to 3999."""
    if number.is_range:
        return number.low, number.high
    width = number.low * 9 if number.low == 100 else Decimal(number.scale)
    return number.low, number.low + width - 1


def _only_max(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return None, n.high


def _only_min(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return n.low, None


def _around(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return (n.low, n.high) if n.is_range and n.low * 3 < n.high else _about(n.low, n.high)


def _more(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return n.low, upper(n.high, n.scale)


def _over(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return n.low, (n.high * Decimal("1.3")).quantize(Decimal(1))


def _plain(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return (n.low, n.high) if n.is_range else _about(n.low, n.high)


def _budget(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return (n.low, n.high) if n.is_range else (None, n.high)


def _nearly(n: Number) -> tuple[Decimal | None, Decimal | None]:
    return _about(n.low, n.high)[0], n.high


_RULES = (
    (_MOVED, _only_max),
    (_NEARLY, _nearly),
    (_AFTER_LEVEL, _level),
    (_AFTER_MAX, _only_max),
    (_AFTER_MIN, _only_min),
    (_AFTER_PLUS, _only_min),
    (_AS_MUCH, _only_min),
    (BEFORE_MAX, _only_max),
    (BEFORE_MIN, _only_min),
    (_AFTER_ABOUT, _around),
    (_AFTER_OVER, _over),
    (_AFTER_MORE, _more),
    (_ABOUT, _around),
    (_BUDGET, _budget),
    (_SIGN, _plain),
    (_AFTER_PLAIN, _plain),
)
_SUMS = (_NEARLY, _AS_MUCH, _AFTER_PLUS, _MOVED)
_PREFIXES = (_MOVED, _NEARLY, _AS_MUCH, BEFORE_MAX, BEFORE_MIN, _ABOUT, _BUDGET, _SIGN)


def find_prices(
    text: str, numbers: Sequence[Number], taken: Sequence[tuple[int, int]]
) -> list[Price]:
    """All price conditions among `numbers`, those inside `taken` spans left out."""
    prices = []
    for number in numbers:
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        if (price := read_price(text, number)) is not None:
            prices.append(price)
    return prices
