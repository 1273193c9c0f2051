"""Why nothing is left: which single condition, given up, leads to products again, and to how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from recsys.index.columns import Columns, Mask
from recsys.query import Constraints
from recsys.search.relax import Filtered, apply

EVERYTHING = "everything"


@dataclass(frozen=True)
class Way:
    """Giving up `lifted` (price, brands, colours, attributes:材质, allowed:小米, everything) leaves `count` products
    at prices from `low` to `high`."""

    lifted: str
    count: int
    low: float
    high: float

    def to_json(self) -> dict[str, Any]:
        return {
            "lifted": self.lifted,
            "count": self.count,
            "prices": {"min": self.low, "max": self.high},
        }


def ways_out(columns: Columns, constraints: Constraints, base: Mask) -> list[Way]:
    """Single conditions whose loss is enough, the one that leads to most first; else the loss of all."""
    tried = [(name, apply(columns, weaker, base)) for name, weaker in _weaker(constraints)]
    ways = [_way(columns, name, found) for name, found in tried if found.products.any()]
    if ways:
        return sorted(ways, key=lambda way: -way.count)
    rest = replace(_bare(constraints), not_brands=constraints.not_brands)
    found = apply(columns, rest, base)
    return [_way(columns, EVERYTHING, found)] if found.products.any() else []


def _weaker(said: Constraints) -> Iterator[tuple[str, Constraints]]:
    if said.price_min is not None or said.price_max is not None:
        yield "price", replace(said, price_min=None, price_max=None)
    if said.brands:
        yield "brands", replace(said, brands=())
    if said.colours:
        yield "colours", replace(said, colours=())
    for name in dict.fromkeys(a.name for a in said.attributes):
        kept = tuple(a for a in said.attributes if a.name != name)
        yield f"attributes:{name}", replace(said, attributes=kept)
    for brand in said.not_brands:
        rest = tuple(b for b in said.not_brands if b != brand)
        yield f"allowed:{brand}", replace(said, not_brands=rest)


def _bare(said: Constraints) -> Constraints:
    return replace(said, price_min=None, price_max=None, brands=(), colours=(), attributes=())


def _way(columns: Columns, name: str, found: Filtered) -> Way:
    prices = columns.prices(found.skus)
    return Way(name, int(found.products.sum()), float(prices.min()), float(prices.max()))
