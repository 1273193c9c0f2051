"""Conditions that rank instead of filtering: a search page goes on after what meets them all, saying what is not met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recsys.index.columns import Columns
from recsys.query import Constraints
from recsys.search.relax import Filtered
from recsys.search.request import Relaxation

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Wish:
    """One condition by itself, and how it is called when it is not met."""

    constraints: Constraints
    unmet: Relaxation


def wishes(constraints: Constraints) -> tuple[Wish, ...]:
    """Attributes and colours. Prices, brands and what was refused are never wishes."""
    found = [
        Wish(Constraints(attributes=(a,)), Relaxation("attribute", a.to_json()))
        for a in constraints.attributes
    ]
    if constraints.colours:
        colours = list(constraints.colours)
        found.append(Wish(Constraints(colours=constraints.colours), Relaxation("colours", colours)))
    return tuple(found)


def widened(columns: Columns, filtered: Filtered, base: NDArray[np.bool_]) -> Filtered:
    """What meets the hard conditions alone, of `base`; the SKUs that meet all come along where a product has such."""
    hard = replace(filtered.constraints, attributes=(), colours=())
    skus = columns.sku_mask(hard, columns.product_mask(hard) & base)
    available = skus & columns.in_stock()
    skus = available if available.any() else skus
    better = filtered.products[columns.product_of] & ~filtered.skus
    return replace(filtered, skus=skus & ~better, products=columns.products_of(skus))


class Met:
    """Which wishes each candidate meets; shape (candidates, wishes)."""

    def __init__(
        self,
        columns: Columns,
        several: Sequence[Wish],
        skus: NDArray[np.bool_],
        rows: NDArray[np.int64],
    ) -> None:
        self._wishes = several
        self._place = {int(row): place for place, row in enumerate(rows)}
        chosen = np.zeros(len(columns.documents), dtype=bool)
        chosen[rows] = True
        own = skus & chosen[columns.product_of]
        tables = [columns.products_of(_apply(columns, wish, own))[rows] for wish in several]
        self.table = np.stack(tables, axis=1) if tables else np.ones((len(rows), 0), dtype=bool)

    def share(self) -> Floats:
        """Share of the wishes that each candidate meets; 1 where there are none."""
        if not self._wishes:
            return np.ones(len(self.table), np.float32)
        return np.asarray(self.table.mean(axis=1), np.float32)

    def unmet(self, row: int) -> tuple[Relaxation, ...]:
        met = self.table[self._place[row]]
        return tuple(w.unmet for w, good in zip(self._wishes, met, strict=True) if not good)


def _apply(columns: Columns, wish: Wish, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return own & columns.sku_mask(wish.constraints, columns.products_of(own))
