"""Which way a field is to be the most, and lists put in order: 电池最大 · 最轻 · 屏幕大的那个 · 按评分排 · 从便宜到贵排.

An order is a text: `price_asc price_desc sales rating newest`, or `电池容量|能量:desc`, the names that the field may have
and the direction; `:best` leaves the direction to what shoppers agree on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recsys.query.patterns import PIECE
from recsys.query.span import Span

Words = Mapping[str, Sequence[str]]

_BUILT_IN = {
    ("价格", "asc"): "price_asc", ("价格", "best"): "price_asc", ("价格", "desc"): "price_desc",
    ("评分", "desc"): "rating", ("评分", "best"): "rating",
    ("销量", "desc"): "sales", ("销量", "best"): "sales",
}  # fmt: skip
_MORE, _LESS, _BETTER = "大长高多重厚宽强亮", "小短低少轻薄窄弱暗", "快好省"
_WAY = {
    **dict.fromkeys(_MORE, "desc"),
    **dict.fromkeys(_LESS, "asc"),
    **dict.fromkeys(_BETTER, "best"),
}
# What an adjective alone is about; 大 and 小 are the size of the goods.
_OF_ITSELF = {
    "大": "尺寸", "小": "尺寸", "轻": "重量", "重": "重量", "薄": "厚度", "厚": "厚度", "宽": "宽度", "窄": "宽度",
    "高": "高度", "矮": "高度", "亮": "亮度", "安静": "噪音", "静音": "噪音", "吵": "噪音", "省电": "能效",
}  # fmt: skip
_ADJECTIVE = "|".join(sorted({*_WAY, *_OF_ITSELF}, key=len, reverse=True))
_MOST = re.compile(
    rf"(?:最|[谁哪]一?{PIECE}?(?:更|比较|最)?|更|比较)(?P<word>{_ADJECTIVE})(?!概|约|码|于|过|致|部分|家|小)"
)
_POINTS = re.compile(rf"(?P<word>{_ADJECTIVE})(?:一?点儿?|一?些)?的?[那这]一?{PIECE}")
_LEANS = re.compile(rf"(?P<word>{_ADJECTIVE})(?:一?点�?|一?些)?(?:的|(?=\W|$))")
_WHICH = re.compile(r"[谁哪]")
_IN_ORDER = (
    ("price_asc", re.compile(r"(?:从|由)?(?:便宜|低价?)(?:的)?(?:到|往|至)(?:贵|高价?)(?:的)?(?:来|依次|给我)*(?:排一?[下排]?|排个?序|排列|看|排)?(?:一下)?")),
    ("price_desc", re.compile(r"(?:从|由)?(?:贵|高价?)(?:的)?(?:到|往|至)(?:便宜|低价?)(?:的)?(?:来|依次|给我)*(?:排一?[下排]?|排个?序|排列|看|排)?(?:一下)?")),
    ("price_asc", re.compile(r"便宜的(?:排|放|摆)(?:在|到)?(?:最)?前面?")),
    ("price_desc", re.compile(r"贵的(?:排|放|摆)(?:在|到)?(?:最)?前面?")),
)  # fmt: skip
_BY = re.compile(
    r"(?:按照?|依|照|用)(?P<field>\w{1,6}?)(?:高低|大小|长短|轻重|多少|来|给我|[从由][大高轻重长多小低短少]到[大高轻重长多小低短少])*(?:排一?[下排]?|排个?序|排列|排)(?:一下)?"
)
_UPWARD = re.compile(r"从(?:小到大|低到高|轻到重|短到长|少到多)|升序")

_DOWNWARD = re.compile(r"从(?:大到小|高到低|重到轻|长到短|多到少)|降序")
# An adjective is about the goods themselves where no other noun stands before it (评分高).
_ALONE = re.compile(
    r"(?:^|[\W的个款件台双条部是要有那这想看个里中买]|[谁哪]一?\w?)(?:最|更|比较)?$"
)
_WHOSE = re.compile(rf"[谁哪]一?{PIECE}?的?$")


@dataclass(frozen=True)
class Order:
    """An order where the text says so. `role`: goods are put in it (`sort`: 最轻的, 哪个轻), its head is what is meant
    (`extreme`: 轻的那个), or it only tells what matters (`leaning`: 要轻的)."""

    start: int
    end: int
    sort: str
    role: str = "sort"


def find_orders(text: str, asked: Words, fields: Sequence[Span]) -> Iterator[Order]:
    """Orders from the left; `fields` are the words for fields in the text, `asked` all such words -> names."""
    for match in _BY.finditer(text):
        names = asked.get(match["field"])
        if names:
            way = "asc" if _UPWARD.search(text) else "desc" if _DOWNWARD.search(text) else "best"
            yield Order(match.start(), match.end(), order_by(names, way))
    for sort, pattern in _IN_ORDER:
        for match in pattern.finditer(text):
            yield Order(match.start(), match.end(), sort)
    for pattern, role in ((_POINTS, "extreme"), (_MOST, "sort"), (_LEANS, "leaning")):
        for match in pattern.finditer(text):
            yield from _superlative(match, role, asked, fields)


def order_by(names: Sequence[str], way: str) -> str:
    """The text of an order by the first of `names` that goods have."""
    built_in = _BUILT_IN.get((names[0], way))
    return built_in or f"{'|'.join(names)}:{way}"


def _superlative(
    match: re.Match[str], role: str, asked: Words, fields: Sequence[Span]
) -> Iterator[Order]:
    word, text = match["word"], match.string
    if role == "leaning" and _WHICH.search(text):
        role = "sort"
    if role == "extreme" and text.endswith("最", 0, match.start()):
        role = "sort"
    end = match.end() if role == "extreme" else match.end("word")
    before = [s for s in fields if s.end <= match.start() and _beside(text[s.end : match.start()])]
    if before and word in _WAY:
        names, start = before[-1].value, before[-1].start
        whose = _WHOSE.search(text, 0, start)
        yield Order(whose.start() if whose else start, end, order_by(names, _WAY[word]), role)
    elif word in _OF_ITSELF and role != "leaning" and _ALONE.search(text, 0, match.start("word")):
        way = _WAY.get(word, "desc" if word == "吵" else "asc")
        names = asked.get(_OF_ITSELF[word], (_OF_ITSELF[word],))
        yield Order(match.start(), end, order_by(names, way), role)


def _beside(between: str) -> bool:
    return between.strip() in ("", "是", "要", "的", "最", "更", "比较", "方面", "上")
