"""Which answers would narrow a set of products down, and which question about them splits it best.

A count is the number of products that the filter itself keeps for that answer, so what a choice promises is what it shows.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from recsys.index.columns import Columns, Mask
from recsys.query import Attribute, Constraints, Lexicon
from recsys.query.colour import base_colour
from recsys.query.quantity import UNITS
from recsys.search.relax import apply
from recsys.text.normalise import normalise

OFFERED = 5  # answers that a question has room for; the others are typed
_TRIED = 12
_BANDS = 3
_NICE = (1.0, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
_PRICE_TAGS = {"price_max": "{high}元以内", "both": "{low}-{high}元", "price_min": "{low}元以上"}
_SIZES = ("屏幕尺寸", "尺寸", "总容积", "洗涤容量", "容量", "容积", "标准容量", "水箱容量", "单份容量", "净含量", "匹数")  # fmt: skip
_ANSWER = re.compile(r"[^\d /+*×-]{2,6}")  # a word that answers a question, no measure
_TYPED = {"寸": "寸", "l": "升", "kg": "公斤", "gb": "GB", "匹": "匹", "hz": "Hz", "cm": "厘米"}
_NAMES = {unit: name for unit, _, name in UNITS.values()}


@dataclass(frozen=True)
class Value:
    """One answer: what to call it (a sentence that the parser reads as `constraints`) and how many are left."""

    label: str
    constraints: Constraints
    count: int

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "constraints": self.constraints.to_json(),
            "count": self.count,
        }


@dataclass(frozen=True)
class Facet:
    """One question. `values` come in the order in which they are offered; a `size` is a measured attribute."""

    name: str
    kind: str
    values: tuple[Value, ...]
    expected_remaining: float

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "kind": self.kind, "values": [v.to_json() for v in self.values],
            "expected_remaining": round(self.expected_remaining, 2),
        }  # fmt: skip


class Splitter:
    """Counts the answers to questions about the products that satisfy some constraints."""

    def __init__(
        self,
        columns: Columns,
        lexicon: Lexicon,
        constraints: Constraints,
        base: Mask,
        main: Sequence[str] = (),
    ) -> None:
        """`main` are the attributes worth asking about, as the category's own schema has them."""
        self._columns = columns
        self._lexicon = lexicon
        self._said = constraints
        self._base = base
        self._main = main
        self._left = apply(columns, constraints, base)
        self._rows = [int(row) for row in np.flatnonzero(self._left.products)]
        sales = [columns.documents[row].sales for row in self._rows]
        self._weights = np.log1p(np.array(sales, dtype=np.float64)) + 1.0

    @property
    def total(self) -> int:
        return len(self._rows)

    @property
    def prices(self) -> tuple[float, float] | None:
        """The cheapest and the dearest price left, in yuan."""
        prices = self._columns.prices(self._left.skus)
        return (float(prices.min()), float(prices.max())) if len(prices) else None

    def facets(self) -> list[Facet]:
        """Questions that were not answered yet, the one that leaves least first."""
        questions = [self._category(), self._price(), self._brand()]
        if self._said.category:
            questions += [self._colour(), *self._words(), *self._measured()]
        found = [facet for facet in questions if facet and len(facet.values) > 1]
        return sorted(found, key=lambda facet: facet.expected_remaining)

    def size(self) -> Facet | None:
        """The measure that 大一点 is about, in this category, value by value from small to large; no question to ask."""
        for name, unit in self._sizes():
            measured = self._columns.measured(self._rows, name, unit)
            counts = Counter(value for values in measured.values() for value in {*values})
            if len(counts) > 1:
                called = self._called(name, unit)
                answers = [
                    (_measure(called, unit, "=", v, v), n) for v, n in sorted(counts.items())
                ]
                values = tuple(Value(label, delta, n) for (label, delta), n in answers)
                return Facet(name, "size", values, float(self.total))
        return None

    def _category(self) -> Facet | None:
        if self._said.category:
            return None
        names = self._ranked(lambda row: [self._columns.documents[row].category])
        answers = [(n, Constraints(category=n)) for n in names if self._means(n, "category")]
        return self._facet("category", "category", answers)

    def _brand(self) -> Facet | None:
        if self._said.brands:
            return None
        names = self._ranked(lambda row: [self._columns.documents[row].brand])
        answers = [(n, Constraints(brands=(n,))) for n in names if self._means(n, "brand")]
        return self._facet("brand", "brand", answers)

    def _price(self) -> Facet | None:
        if self._said.price_min is not None or self._said.price_max is not None:
            return None
        return self._facet("price", "price", list(_bands(self._cheapest())))

    def _colour(self) -> Facet | None:
        if self._said.colours:
            return None
        names = [c for c in self._ranked(self._base_colours) if len(c) == 1]
        answers = [(f"{name}色", Constraints(colours=(name,))) for name in names]
        return self._facet("colour", "colour", answers)

    def _base_colours(self, row: int) -> set[str]:
        return {base_colour(colour) for colour in self._columns.colours_of(row)}

    def _words(self) -> Iterable[Facet | None]:
        """Attributes whose values are words that the lexicon knows: 材质, 佩戴方式."""
        said = {a.name for a in self._said.attributes}
        values: dict[str, Counter[str]] = {}
        words = self._own_words()
        for row in self._rows:
            stated = self._columns.documents[row].attributes
            for name in (name for name in self._main if name in stated and name not in said):
                items = stated[name] if isinstance(stated[name], (list, tuple)) else [stated[name]]
                for item in map(normalise, filter(_is_text, items)):
                    if item in words and words[item].name == name:
                        values.setdefault(name, Counter())[item] += 1
        for name, counts in values.items():
            tried = [word for word, _ in counts.most_common(_TRIED)]
            answers = [(w, Constraints(attributes=(words[w],))) for w in tried]
            yield self._facet(name, "attribute", answers)

    def _measured(self) -> Iterable[Facet | None]:
        said = {a.unit for a in self._said.attributes}
        for name, unit in self._sizes():
            if unit in said:
                continue
            measured = self._columns.measured(self._rows, name, unit)
            yield self._facet(
                name,
                "number",
                list(_measure_bands(self._called(name, unit), unit, measured.values())),
            )
            return

    def _sizes(self) -> Iterable[tuple[str, str]]:
        units = self._columns.units(self._rows)
        return [(n, unit) for n in _SIZES for unit in units.get(n, ()) if unit in _TYPED]

    def _facet(
        self, name: str, kind: str, answers: Sequence[tuple[str, Constraints]]
    ) -> Facet | None:
        if len(answers) < 2:
            return None
        masks = [self._kept(delta) for _, delta in answers]
        values = [
            Value(label, delta, int(mask.sum()))
            for (label, delta), mask in zip(answers, masks, strict=True)
        ]
        kept = [(v, m) for v, m in zip(values, masks, strict=True) if v.count]
        return Facet(name, kind, tuple(v for v, _ in kept), self._remaining([m for _, m in kept]))

    def _kept(self, delta: Constraints) -> Mask:
        """Which of the products that are left an answer keeps."""
        if delta.category:
            return self._columns.categories([delta.category])[self._rows]
        if delta.brands:
            return self._columns.product_mask(delta)[self._rows]
        return apply(self._columns, merged(self._said, delta), self._base).products[self._rows]

    def _remaining(self, masks: Sequence[Mask]) -> float:
        """Products to be expected after the answer: each as likely as what it keeps is popular; no answer keeps all."""
        whole = float(self._weights.sum())
        shares = [float(self._weights[mask].sum()) / whole for mask in masks[:OFFERED]]
        counts = [float(mask.sum()) for mask in masks[:OFFERED]]
        over = max(1.0, sum(shares))
        left = sum(s / over * n for s, n in zip(shares, counts, strict=True))
        return left + max(0.0, 1.0 - sum(shares)) * self.total

    def _ranked(self, names_of: Callable[[int], Iterable[str]]) -> list[str]:
        """The different names of the products left, what sells best first."""
        sums: dict[str, float] = {}
        for row, weight in zip(self._rows, self._weights, strict=True):
            for name in filter(None, names_of(row)):
                sums[name] = sums.get(name, 0.0) + float(weight)
        return sorted(sums, key=lambda name: -sums[name])

    def _cheapest(self) -> list[float]:
        """The lowest price of each product, ascending."""
        skus = np.flatnonzero(self._left.skus)
        lowest: dict[int, float] = {}
        for product, price in zip(
            self._columns.product_of[skus], self._columns.prices(self._left.skus), strict=True
        ):
            lowest[int(product)] = min(float(price), lowest.get(int(product), math.inf))
        return sorted(lowest.values())

    def _means(self, word: str, kind: str) -> bool:
        """Whether the parser, given this word alone, reads exactly this."""
        entries = self._lexicon.words.get(normalise(word), ())
        return bool(entries) and all(entry.kind == kind for entry in entries)

    def _own_words(self) -> dict[str, Attribute]:
        """The words that are conditions in the category and name no other."""
        schema, known = self._lexicon.schema(self._said.category), self._lexicon.words
        return {
            word: meant
            for word, meant in schema.words.items()
            if _ANSWER.fullmatch(word)
            and all(
                e.kind != "category" or e.value == self._said.category for e in known.get(word, ())
            )
        }

    def _called(self, name: str, unit: str) -> str:
        """The field that the parser takes a number with this unit for."""
        measures = self._lexicon.schema(self._said.category).measures
        read = next((one.name for one in measures if _TYPED[unit].lower() in one.typed), None)
        return read or _NAMES[unit]


def _is_text(item: object) -> bool:
    return isinstance(item, str)


def merged(said: Constraints, delta: Constraints) -> Constraints:
    """Both together; what `delta` says of a field replaces it."""
    changed = {
        name: value
        for name in ("category", "brands", "colours", "price_min", "price_max")
        if (value := getattr(delta, name))
    }
    return replace(said, **changed, attributes=(*said.attributes, *delta.attributes))


def _nice(value: float) -> int:
    """The round number nearest to a price or a measure."""
    scale = 10.0 ** math.floor(math.log10(max(value, 1.0)))
    rounds: list[float] = [n * scale for n in (*_NICE, 10.0)]
    nearest: float = min(rounds, key=lambda one: abs(one - value))
    return round(nearest)


def _cuts(ordered: Sequence[float], rounded: Callable[[float], float]) -> list[float]:
    """Round numbers that part ascending values into about equal bands."""
    places = [ordered[len(ordered) * n // _BANDS] for n in range(1, _BANDS)] if ordered else []
    cuts = sorted({rounded(value) for value in places})
    return [cut for cut in cuts if ordered[0] < cut < ordered[-1]]


def _bands(ordered: Sequence[float]) -> Iterable[tuple[str, Constraints]]:
    cuts = [int(cut) for cut in _cuts(ordered, _nice)]
    for low, high in zip([None, *cuts], [*cuts, None], strict=True) if cuts else ():
        kind = "both" if low and high else "price_max" if high else "price_min"
        bounds = Constraints(
            price_min=Decimal(low) if low else None, price_max=Decimal(high) if high else None
        )
        yield _PRICE_TAGS[kind].format(low=low, high=high), bounds


def _measure_bands(
    name: str, unit: str, measured: Iterable[Sequence[float]]
) -> Iterable[tuple[str, Constraints]]:
    ordered = sorted(max(values) for values in measured if values)
    cuts = _cuts(ordered, lambda value: float(f"{value:.2g}"))
    for low, high in zip([None, *cuts], [*cuts, None], strict=True) if cuts else ():
        if low is None and high is not None:
            yield _measure(name, unit, "<=", high, high)
        elif high is None and low is not None:
            yield _measure(name, unit, ">=", low, low)
        elif low is not None and high is not None:
            yield _measure(name, unit, "", low, high)


def _measure(name: str, unit: str, op: str, low: float, high: float) -> tuple[str, Constraints]:
    """A bound on a measure, in the words and the form in which the parser would read it."""
    typed, shown = _TYPED[unit], 1
    if unit == "kg" and high < 1:
        typed, shown = "克", 1000
    if not op:
        bounds: tuple[Attribute, ...] = (
            Attribute(name, ">=", low, unit),
            Attribute(name, "<=", high, unit),
        )
        return f"{low * shown:g}-{high * shown:g}{typed}", Constraints(attributes=bounds)
    tail = {"<=": "以内", ">=": "以上", "=": ""}[op]
    return f"{low * shown:g}{typed}{tail}", Constraints(
        attributes=(Attribute(name, op, low, unit),)
    )
