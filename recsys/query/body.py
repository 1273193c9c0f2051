"""Measures of a body: 身高175 · 1米75 · 一米七五 · 70公斤 · 140斤 · 脚长25.5 · 腰围2尺1 · 三围 90 70 95.

Goods have weights and lengths, too. So a number is a body's only where it is called so (身高, 体重,
我175), stands beside its fellow (175 70公斤), is said of wearing (140斤穿什么码), or is all that is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from recsys.query.numbers import Number, chinese_number, find_numbers

HEIGHT, WEIGHT, FOOT, WAIST = "身高", "体重", "脚长", "腰围"
# In centimetres, kilograms and, of a foot, millimetres: what a body can measure.
_BOUNDS = {
    HEIGHT: (45, 230), WEIGHT: (2, 250), FOOT: (90, 330),
    "胸围": (40, 160), "下胸围": (50, 130), WAIST: (40, 160), "臀围": (40, 170),
}  # fmt: skip
_IS = r"(?:\s|大概|大约|差不多|只有|才|现在|是|有|约|为|:|=)*$"
_LABELS = tuple(
    (name, re.compile(rf"(?:{words}){_IS}"))
    for name, words in (
        (HEIGHT, r"身高|个子|个头|高"), (WEIGHT, "重"), (FOOT, r"脚(?:长|的?长度)?|足长"),
        ("下胸围", r"下胸围?|底围"), ("胸围", r"(?<!下)胸围?"), (WAIST, r"腰围?"), ("臀围", r"臀围?"),
    )
)  # fmt: skip
# 高180 may be a shelf and 重5kg a pan; these words are said of bodies only.
_NAMES_A_BODY = re.compile(rf"(?:身高|个子|个头|体重|脚长|脚的?长度|足长|[胸腰臀]围?|底围){_IS}")
_SELF = re.compile(rf"(?:我|本人){_IS}")
_UNIT = re.compile(
    r"\s?(?:(?P<cm>cm|厘米|公分)|(?P<mm>mm|毫米)|(?P<kg>kg|公斤|千克)|(?P<jin>市?斤))(?![a-z])"
)
# A number with one of these behind it measures something else.
_NO_BODY = re.compile(
    r"[\d.a-z%]|/\d+[a-z]|\s?(?:元|块|码|号|[个件双条只包台]|岁|寸|尺|米|克|年|月|天|号|l\b|m|升|[x×*]|多|来|以[内上下])"
)
_DIGITS = r"\d{1,2}(?![\d.])|[零一二三四五六七八九][一二三四五六七八九]?|[一二三四五六七八九]?十[一二三四五六七八九]?"
_METRES = re.compile(
    r"(?<![\d.a-z零一二两三四五六七八九十百])(?:(?P<whole>[12]\.\d{1,2})\s?(?:米|m(?![a-z]))"
    rf"|(?P<m>[12]|一|两)\s?(?:米|m(?![a-z]))\s?(?P<cm>{_DIGITS})?)(?![以个的]?[宽长]|[x×*])"
)
_CHI = re.compile(r"(?P<chi>[1-4]|[一二两三])\s?尺\s?(?P<cun>\d(?!\d)|[一二三四五六七八九半])?寸?")
_THREE = re.compile(r"三围\D{0,4}?(\d{2,3})\D{1,3}(\d{2,3})\D{1,3}(\d{2,3})(?!\d)")
_BESIDE = re.compile(r"[\s,，、/.。;和]*(?:的|体重|净?重|身高|高|脚长)?[\s,:是]*")
_WORN = re.compile(
    r"穿|尺码|[什啥几哪多][^,，。]{0,3}[码号]|码数|[选拍买用要](?:多大|哪个|啥$|什么$)|合身|合脚|身材|多大的?[鞋裤衣]"
)
_OTHER = re.compile(
    r"老公|老婆|[男女]朋友|男友|女友|对象|先生|太太|爸|妈|父亲|母亲|爷|奶奶|外公|外婆|公公|婆婆|儿子|女儿|闺女|孩子|小孩|宝宝|宝贝|娃"
    r"|弟|妹|哥|姐|朋友|同学|同事|侄|外甥|家人|老人|[他她]"
)
_NOTHING_ELSE = re.compile(r"[\s,，、/.。!;我的是大概约有身高体重脚~]*")


@dataclass(frozen=True)
class Measured:
    """One measure on the text; without a `name` it is a number that only its neighbours explain.

    `sure`: named, or beside its fellow; `bare`: a weight in 斤 or 公斤, not said which.
    """

    start: int
    end: int
    name: str
    value: float
    sure: bool = False
    bare: bool = False

    @property
    def possible(self) -> bool:
        low, high = _BOUNDS[self.name]
        return low <= self.value <= high


@dataclass(frozen=True)
class Body:
    """What a sentence says of a body. `alone`: the number that is all of it; `other`: somebody else is spoken of.

    `certain`: the numbers belong to a body and to no goods.
    """

    measures: tuple[Measured, ...] = ()
    alone: float | None = None
    other: bool = False
    certain: bool = False

    def to_json(self) -> dict[str, Any]:
        """Measure -> value; `bare` the weight whose unit was not said, `alone` and `other` as above where they are."""
        said: dict[str, Any] = {("bare" if m.bare else m.name): m.value for m in self.measures}
        if self.alone is not None:
            said["alone"] = self.alone
        return {**said, "other": True} if self.other else said


def find_body(text: str) -> Body:
    """The measures of a body in a normalised sentence."""
    text = text.replace(",", " ")  # 175,140 is two numbers here
    known = [one for one in _paired(text, _found(text)) if one.name and one.possible]
    certain = any(one.sure for one in known) or _WORN.search(text) is not None
    if not certain and not _is_all(text, known):
        known = []
    first = {one.name: replace(one, start=_start(text, one)) for one in reversed(known)}
    measures = tuple(first.values())[::-1]
    other = _OTHER.search(text) is not None
    return Body(measures, None if measures else _alone(text), other, certain and bool(measures))


def _alone(text: str) -> float | None:
    numbers = find_numbers(text)
    if len(numbers) != 1 or numbers[0].is_range:
        return None
    rest = text[: numbers[0].start] + text[numbers[0].end :]
    return float(numbers[0].low) if not rest.strip(" .。!~的是") else None


def _found(text: str) -> list[Measured]:
    """Heights in metres, girths in 尺, and then every number that is left."""
    found = [*_in_metres(text), *_in_chi(text), *_three(text)]
    rest = text
    for one in found:
        rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
    numbers = [number for number in find_numbers(rest) if not number.is_range]
    found += [one for one in (_measured(text, number) for number in numbers) if one]
    return sorted(found, key=lambda one: one.start)


def _in_metres(text: str) -> Iterator[Measured]:
    for match in _METRES.finditer(text):
        before = text[: match.start()]
        if _label(before) in (None, HEIGHT):
            sure = bool(_NAMES_A_BODY.search(before) or _SELF.search(before))
            yield Measured(match.start(), match.end(), HEIGHT, _metres(match), sure)


def _metres(match: re.Match[str]) -> float:
    """Centimetres; the 7 of 1米7 counts tens."""
    if match["whole"]:
        return float(Decimal(match["whole"]) * 100)
    rest = match["cm"] or "0"
    return float(_digit(match["m"]) * 100 + _digit(rest) * (10 if len(rest) == 1 else 1))


def _in_chi(text: str) -> Iterator[Measured]:
    for match in _CHI.finditer(text):
        chi, cun = _digit(match["chi"]), _digit(match["cun"] or "0")
        value = round(float(chi * 10 + cun) * 10 / 3, 1)
        named = _label(text[: match.start()])
        yield Measured(match.start(), match.end(), named or WAIST, value, named == WAIST)


def _three(text: str) -> Iterator[Measured]:
    for match in _THREE.finditer(text):
        for group, name in enumerate(("胸围", WAIST, "臀围"), 1):
            yield Measured(*match.span(group), name, float(match[group]), sure=True)


def _measured(text: str, number: Number) -> Measured | None:
    """A number by the name before it and the unit behind it; None for what no body has."""
    before, unit, value = text[: number.start], _UNIT.match(text, number.end), float(number.low)
    name, sure = _label(before), _NAMES_A_BODY.search(before) is not None
    if unit is None:
        return None if _NO_BODY.match(text, number.end) else _unitless(before, number, name, sure)
    if unit["kg"] or unit["jin"]:
        kg = value / 2 if unit["jin"] else value
        right = name in (None, WEIGHT)
        return Measured(number.start, unit.end(), WEIGHT, kg, sure) if right else None
    cm = value / 10 if unit["mm"] else value
    name = name or (FOOT if cm < _BOUNDS[HEIGHT][0] else HEIGHT)
    return Measured(number.start, unit.end(), name, cm * 10 if name == FOOT else cm, sure)


def _unitless(before: str, number: Number, name: str | None, sure: bool) -> Measured:
    start, end, value = number.start, number.end, float(number.low)
    if name is None:
        mine = value >= 100 and _SELF.search(before) is not None
        return Measured(start, end, HEIGHT if mine else "", value, mine)
    if name == HEIGHT and value < 3:
        value *= 100
    if name == FOOT and value < 40:
        value *= 10
    return Measured(start, end, name, value, sure, bare=name == WEIGHT)


def _paired(text: str, found: Sequence[Measured]) -> list[Measured]:
    """175 70公斤: a number beside a weight is a height, one beside a height a weight without a unit."""
    out = list(found)
    for n, (a, b) in enumerate(itertools.pairwise(found)):
        a = out[n]
        if not _BESIDE.fullmatch(text, a.end, b.start):
            continue
        names = (a.name, b.name)
        if names == ("", WEIGHT) or (names == ("", "") and a.value >= 100):
            out[n] = replace(a, name=HEIGHT)
        elif names == (WEIGHT, "") and b.value >= 100:
            out[n + 1] = replace(b, name=HEIGHT)
        if out[n].name == HEIGHT and names[1] == "" and b.value >= 10:
            out[n + 1] = replace(b, name=WEIGHT, bare=True)
        if {out[n].name, out[n + 1].name} == {HEIGHT, WEIGHT} and names != ("", ""):
            out[n], out[n + 1] = replace(out[n], sure=True), replace(out[n + 1], sure=True)
    return out


def _label(before: str) -> str | None:
    return next((name for name, pattern in _LABELS if pattern.search(before)), None)


def _start(text: str, one: Measured) -> int:
    """Where its name begins, if it has one before it."""
    before = text[: one.start]
    name = next((m for _, p in _LABELS if (m := p.search(before))), None)
    named = _NAMES_A_BODY.search(before) or name
    return named.start() if named else one.start


def _is_all(text: str, found: Sequence[Measured]) -> bool:
    """Whether a sentence says nothing but these."""
    place, rest = 0, ""
    for one in found:
        rest, place = rest + text[place : one.start], one.end
    return bool(found) and _NOTHING_ELSE.fullmatch(rest + text[place:]) is not None


def _digit(word: str) -> Decimal:
    if word == "半":
        return Decimal(5)
    return Decimal(word) if word.isdigit() else chinese_number(word) or Decimal(0)
