"""A budget told by the one before it: 预算加一千 · 再加五百 · 可以贵一百多 · 翻倍 · 少花两百."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recsys.query.numbers import Number
from recsys.query.price import upper

_LEAST = 50  # less than this is rather a number of pieces
_CEILING = r"(?:预算|价格|价位|价钱|上限)"
_LEAD = r"(?:预算|价格|价位|最多|顶多|还|再|可以|能|稍微|给你?|我|也)*\s*"
_MORE = re.compile(
    rf"{_LEAD}(?:(?<![添更减外])加|增加|提高|上[调浮]|多花|多出|(?<!不)超出?|(?<![不太别])贵|涨|(?:预算|价格|价位|再)高)"
    r"(?:个|上|了)?\s*$"
)
_LESS = re.compile(rf"{_LEAD}(?:降低?|下调|少花|减少?|(?<![不太别])便宜|砍掉?)(?:个|掉|了)?\s*$")
# 满300减50 is an offer, and 立减20 another.
_OFFER = re.compile(r"满|立减|直降|券|优惠")
_AFTER = re.compile(
    r"(?:元|块)?(?:多|几|来块|左右|上下)?(?:元|块)?钱?(?:的?预算)?"
    r"(?=\W|$|也|都|可以|没|吧|行|的(?:话|也|都|\W|$)|就)"
)
_VAGUE = re.compile(r"(?:元|块)?[多几]")
_TIMES = (
    (Decimal(2), re.compile(rf"{_CEILING}?(?:可以|能|再|给你|直接)*(?:翻(?:一|个|上一)?[倍番]|加倍)")),
    (Decimal("0.5"), re.compile(rf"{_CEILING}(?:要|得|再|只能)*(?:减半|[砍减少降]掉?一半|打对折|对半砍)")),
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """The new ceiling is `times` the old one and `more` yuan; where the text says so."""

    start: int
    end: int
    times: Decimal = Decimal(1)
    more: Decimal = Decimal(0)

    def to_json(self) -> dict[str, float]:
        return {"times": float(self.times), "more": float(self.more)}


def find_changes(
    text: str, numbers: Sequence[Number], taken: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    """Changes of a budget, those inside `taken` spans left out."""
    for times, pattern in _TIMES:
        for match in pattern.finditer(text):
            yield Change(match.start(), match.end(), times=times)
    for number in numbers:
        if all(number.end <= start or end <= number.start for start, end in taken):
            yield from _by_a_sum(text, number)


def _by_a_sum(text: str, number: Number) -> Iterator[Change]:
    before, after = text[: number.start], _AFTER.match(text, number.end)
    if after is None or number.is_range or number.high < _LEAST or _OFFER.search(before):
        return
    vague = _VAGUE.match(text, number.end)
    amount = upper(number.high, number.scale) if vague else number.high
    for sign, pattern in ((1, _MORE), (-1, _LESS)):
        if head := pattern.search(before):
            yield Change(head.start(), after.end(), more=sign * amount)
            return
