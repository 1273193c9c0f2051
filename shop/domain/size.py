"""Size charts, and which size a body wears: only what the chart says, never a guess."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from shop.domain.errors import BadSizeChart

HEIGHT, WEIGHT, FOOT = "身高", "体重", "脚长"
# Measure -> unit; shoppers say 斤, a chart is in kilograms.
UNITS: Mapping[str, str] = {
    HEIGHT: "cm", WEIGHT: "kg", FOOT: "mm", "胸围": "cm", "下胸围": "cm", "腰围": "cm", "臀围": "cm",
}  # fmt: skip
# What the dialogue keeps of a shopper: measure -> value in the unit above.
Body = Mapping[str, float]

# The leanest and the stoutest build (kg/m²) that a weight without a unit is read as.
_LEANEST, _STOUTEST = 15, 35
_WITHOUT_HEIGHT = 100
_JIN = 0.5
_BOUNDS = {HEIGHT: (45, 230), FOOT: (90, 330)}
_GIRTH = (40, 170)
_FIT = re.compile(r"[^，。；！？,;]*偏[大小]\w{0,2}[码号][^，。；！？,;]*")
_SIZED = re.compile(r"[^，。；！？,;]*尺码[^，。；！？,;]*(?:偏[大小]|标准|正常)[^，。；！？,;]*")


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both in it."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        ends = dict.fromkeys((f"{self.low:g}", f"{self.high:g}"))
        return "–".join(ends)


@dataclass(frozen=True)
class Size:
    """One row of a chart: `names` are the option values that mean it (XXL, 2XL, 185/XXL)."""

    names: tuple[str, ...]
    ranges: Mapping[str, Range]

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class SizeChart:
    """Sizes from small to large. `needs`: sets of measures of which each is enough, the first is asked for.

    Raises BadSizeChart where a bigger size would be for a smaller body.
    """

    title: str
    needs: tuple[tuple[str, ...], ...]
    sizes: tuple[Size, ...]
    wearers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [name for size in self.sizes for name in {*map(_plain, size.names)}]
        if not self.sizes or len(set(names)) < len(names):
            raise BadSizeChart(f"{self.title}: no sizes, or one twice")
        if not self.needs or not all(self.needs):
            raise BadSizeChart(f"{self.title}: nothing is needed to choose a size")
        for measure in (*self.measures, *(one for need in self.needs for one in need)):
            self._check(measure)

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m for size in self.sizes for m in size.ranges))

    def size(self, name: str) -> Size | None:
        """The row of an option value, however its letters are written."""
        wanted = _plain(name)
        return next((s for s in self.sizes if wanted in map(_plain, s.names)), None)

    def missing(self, body: Body) -> tuple[str, ...]:
        """What has still to be asked of a body."""
        if any(all(measure in body for measure in need) for need in self.needs):
            return ()
        return tuple(measure for measure in self.needs[0] if measure not in body)

    def _check(self, measure: str) -> None:
        where = f"{self.title}: {measure}"
        if measure not in UNITS:
            raise BadSizeChart(f"{where} is no measure")
        ranges = [size.ranges.get(measure) for size in self.sizes]
        known = [one for one in ranges if one is not None]
        if len(known) < len(ranges):
            raise BadSizeChart(f"{where} is not given for every size")
        rises = all(a.low <= b.low and a.high <= b.high for a, b in itertools.pairwise(known))
        if not rises or any(one.low > one.high for one in known):
            raise BadSizeChart(f"{where} does not rise from size to size")


@dataclass(frozen=True)
class ChartUse:
    """A chart and the goods that it is for: categories by name, single products before any category."""

    chart_id: str
    chart: SizeChart
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


class Verdict(Enum):
    """How sure a chart is."""

    ONE = "one"
    BETWEEN = "between"
    APART = "apart"
    BEYOND = "beyond"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Reason:
    """What one measure says: the sizes that its value points to, none outside the `limits` of the chart."""

    measure: str
    value: float
    sizes: tuple[Size, ...]
    limits: Range


@dataclass(frozen=True)
class Advice:
    """`sizes` from small to large; none where the chart does not say (BEYOND, INCOMPLETE).

    BETWEEN: neighbours that all fit, or that two measures name; APART: measures that disagree by more.
    """

    verdict: Verdict
    sizes: tuple[Size, ...] = ()
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


def advise(chart: SizeChart, body: Body) -> Advice:
    """The size of a body; a bigger body never gets a smaller one."""
    if missing := chart.missing(body):
        return Advice(Verdict.INCOMPLETE, missing=missing)
    places = {m: _places(chart, m, body[m]) for m in chart.measures if m in body}
    reasons = tuple(_reason(chart, m, body[m], found) for m, found in places.items())
    known = [found for found in places.values() if found]
    if len(known) < len(places):
        return Advice(Verdict.BEYOND, reasons=reasons)
    # Where the measures agree, first..last are the sizes that fit by all of them; else they are
    # the least that the smallest allows and the least that the largest wants.
    wanted, allowed = max(found[0] for found in known), min(found[-1] for found in known)
    first, last = min(wanted, allowed), max(wanted, allowed)
    if first == last:
        return Advice(Verdict.ONE, chart.sizes[first : last + 1], reasons)
    if wanted > allowed + 1:
        return Advice(Verdict.APART, (chart.sizes[first], chart.sizes[last]), reasons)
    return Advice(Verdict.BETWEEN, chart.sizes[first : last + 1], reasons)


def applicable(charts: Iterable[SizeChart], who: str) -> SizeChart | None:
    """The chart for who wears it (男, 女, 儿童 …), else the one for anybody."""
    found = list(charts)
    named = (chart for chart in found if who in chart.wearers)
    return next(named, None) or next((chart for chart in found if not chart.wearers), None)


def wearer(attributes: Mapping[str, Any]) -> str:
    """Who a product is for, as its field says; empty where it does not."""
    return str(attributes.get("适用性别") or "")


def kilograms(number: float, height: float | None) -> float | None:
    """A weight said without a unit, where only one of 斤 and 公斤 is a body's; None where both are."""
    if height is None:
        return number * _JIN if number >= _WITHOUT_HEIGHT else None
    builds = [kg for kg in (number, number * _JIN) if _is_build(kg, height)]
    return builds[0] if len(builds) == 1 else None


def of_number(measure: str, number: float) -> float | None:
    """A number said in answer to a measure, in its unit (1.75 is a height of 175); None where no body has it."""
    if measure == WEIGHT:
        return None
    scaled = number * {HEIGHT: 100, FOOT: 10}.get(measure, 1)
    low, high = _BOUNDS.get(measure, _GIRTH)
    return next((value for value in (number, scaled) if low <= value <= high), None)


def fit_note(description: str) -> str | None:
    """What a description says of how the sizes run: 尺码偏小拍大一号."""
    found = _FIT.search(description) or _SIZED.search(description)
    return found.group().strip() if found else None


def _is_build(weight: float, height: float) -> bool:
    return _LEANEST <= weight / (height / 100) ** 2 <= _STOUTEST


def _places(chart: SizeChart, measure: str, value: float) -> Sequence[int]:
    """Positions of the sizes that a value fits; in a gap, of the two beside it; none outside."""
    ranges = [size.ranges[measure] for size in chart.sizes]
    fitting = [n for n, one in enumerate(ranges) if value in one]
    if fitting or not ranges[0].low <= value <= ranges[-1].high:
        return fitting
    above = next(n for n, one in enumerate(ranges) if value < one.low)
    return (above - 1, above)


def _reason(chart: SizeChart, measure: str, value: float, places: Sequence[int]) -> Reason:
    limits = Range(chart.sizes[0].ranges[measure].low, chart.sizes[-1].ranges[measure].high)
    return Reason(measure, value, tuple(chart.sizes[n] for n in places), limits)


def _plain(name: str) -> str:
    """2XL is XXL, and l码 is L."""
    word = name.casefold().strip().removesuffix("码")
    many = re.fullmatch(r"(\d)xl", word)
    return f"{'x' * int(many[1])}l" if many else word
