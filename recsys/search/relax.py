"""When nothing satisfies every condition: which give way, in a fixed order, and by how little.

0. conditions on fields that none of the products has   1. attributes, the last said first   2. colours   3. the price, to the nearest price there is   4. brands
Categories and exclusions never give way: a shopper who said 不要小米 is never shown one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from recsys.index.columns import Columns, Mask
from recsys.query import Constraints
from recsys.search.request import Relaxation


@dataclass(frozen=True)
class Filtered:
    """SKUs and products left, with the constraints as applied."""

    skus: Mask
    products: Mask
    constraints: Constraints
    relaxed: tuple[Relaxation, ...] = ()


def apply(columns: Columns, constraints: Constraints, base: Mask) -> Filtered:
    """Filter `base` (products of the category, not excluded); sold-out SKUs count only if nothing else is left."""
    skus = columns.sku_mask(constraints, columns.product_mask(constraints) & base)
    available = skus & columns.in_stock()
    if available.any():
        skus = available
    return Filtered(skus, columns.products_of(skus), constraints)


def relax(columns: Columns, constraints: Constraints, base: Mask) -> Filtered:
    """`apply`, giving way step by step until something is left; a needless step is taken back."""
    answerable = checkable(columns, constraints, base)
    found = apply(columns, answerable, base)
    if found.products.any():
        return replace(found, relaxed=tuple(_differences(constraints, answerable)))
    for weaker in _weaker(columns, answerable, base):
        found = apply(columns, weaker, base)
        if found.products.any():
            return _restore(columns, constraints, answerable, weaker, base)
    return replace(found, constraints=constraints)


def checkable(columns: Columns, constraints: Constraints, base: Mask) -> Constraints:
    """Without conditions that no field could answer: in a feed of bare titles, silence about a colour proves nothing."""
    attributes = tuple(a for a in constraints.attributes if columns.states(a, base))
    colours = constraints.colours if not constraints.colours or columns.states_colour(base) else ()
    return replace(constraints, attributes=attributes, colours=colours)


def _weaker(columns: Columns, constraints: Constraints, base: Mask) -> Iterator[Constraints]:
    while constraints.attributes:
        constraints = replace(constraints, attributes=constraints.attributes[:-1])
        yield constraints
    if constraints.colours:
        constraints = replace(constraints, colours=())
        yield constraints
    nearest = _nearest_price(columns, constraints, base)
    if nearest is not None:
        yield nearest
    if constraints.brands:
        constraints = replace(constraints, brands=())
        yield constraints
        nearest = _nearest_price(columns, constraints, base)
        if nearest is not None:
            yield nearest


def _nearest_price(columns: Columns, constraints: Constraints, base: Mask) -> Constraints | None:
    """Widen the broken price bound just to the nearest price among products that satisfy the rest."""
    if constraints.price_min is None and constraints.price_max is None:
        return None
    free = apply(columns, replace(constraints, price_min=None, price_max=None), base)
    prices = columns.prices(free.skus)
    if not len(prices):
        return None
    low, high = constraints.price_min, constraints.price_max
    above = prices[prices > float(high)] if high is not None else np.empty(0)
    below = prices[prices < float(low)] if low is not None else np.empty(0)
    gap_above = float(above.min()) - float(high) if high is not None and len(above) else np.inf
    gap_below = float(low) - float(below.max()) if low is not None and len(below) else np.inf
    if gap_above <= gap_below and np.isfinite(gap_above):
        return replace(constraints, price_max=Decimal(str(above.min())))
    return (
        replace(constraints, price_min=Decimal(str(below.max())))
        if np.isfinite(gap_below)
        else None
    )


def _restore(
    columns: Columns, asked: Constraints, answerable: Constraints, weaker: Constraints, base: Mask
) -> Filtered:
    """Put back, one by one, conditions whose loss was not needed."""
    for field in ("brands", "price_max", "price_min", "colours", "attributes"):
        if getattr(weaker, field) != getattr(answerable, field):
            candidate = replace(weaker, **{field: getattr(answerable, field)})
            if apply(columns, candidate, base).products.any():
                weaker = candidate
    for attribute in answerable.attributes:
        if attribute not in weaker.attributes:
            candidate = replace(weaker, attributes=(*weaker.attributes, attribute))
            if apply(columns, candidate, base).products.any():
                weaker = candidate
    found = apply(columns, weaker, base)
    return replace(found, relaxed=tuple(_differences(asked, weaker)))


def _differences(asked: Constraints, given: Constraints) -> Iterator[Relaxation]:
    before, after = asked.to_json(), given.to_json()
    for key, value in before.items():
        if key == "attributes":
            lost = [a for a in value if a not in after.get(key, [])]
            yield from (Relaxation("attribute", a) for a in lost)
        elif after.get(key) != value:
            yield Relaxation(key, value, after.get(key))
