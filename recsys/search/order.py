"""In which order products are shown: by relevance, popularity, or what the shopper asked to sort by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import Document, SkuRow
from recsys.index.store import Index
from recsys.query import Constraints
from recsys.search.rank import vary_brands
from recsys.search.relax import Filtered
from recsys.search.request import SearchRequest

Floats = NDArray[np.float32]

_UNRATED = 4.0
_SORT_KEYS: dict[str, Callable[[Document, SkuRow], Any]] = {
    "price_asc": lambda document, sku: sku.price,
    "price_desc": lambda document, sku: -sku.price,
    "sales": lambda document, sku: -document.sales,
    "rating": lambda document, sku: -document.rating,
    "newest": lambda document, sku: [-ord(c) for c in document.launched],
}


def popularity(documents: Sequence[Document]) -> Floats:
    """A score for each product: sales, by their magnitude, and rating."""
    scores = [np.log10(1 + d.sales) * (d.rating or _UNRATED) for d in documents]
    return np.array(scores, np.float32)


def best_first(rows: NDArray[np.int64], scores: Floats) -> tuple[list[int], Floats]:
    """Rows and their scores, the greatest first; ties stay as they stand."""
    order = np.argsort(-scores, kind="stable")
    return [int(rows[i]) for i in order], scores[order]


def by_wish(sort: str, index: Index, filtered: Filtered, found: list[int] | None) -> list[int]:
    """By what the shopper asked to sort by: `found`, or where that is None all that fits, since the cheapest phone is the
    cheapest of all, not of those found."""
    rows = [int(row) for row in np.flatnonzero(filtered.products)] if found is None else found
    if ":" in sort:
        return _by_field(sort, index, rows)
    key = _SORT_KEYS[sort]
    shown = {row: index.columns.best_sku(row, filtered.skus) for row in rows}
    return sorted(rows, key=lambda row: key(index.documents[row], shown[row]))


def _by_field(sort: str, index: Index, rows: list[int]) -> list[int]:
    """By the first of the named fields that most have in numbers; those that do not state it come last."""
    names, _, way = sort.partition(":")
    values = {name: _numbers(index, name, rows) for name in names.split("|")}
    name = max(values, key=lambda one: len(values[one]))
    better = index.lexicon_json.get("better", {}).get(name)
    down = way == "desc" or (way == "best" and better == "higher")
    end, sign = (max, -1) if down else (min, 1)
    found = {row: sign * end(numbers) for row, numbers in values[name].items()}
    return sorted(rows, key=lambda row: (row not in found, found.get(row, 0.0)))


def _numbers(index: Index, name: str, rows: list[int]) -> dict[int, tuple[float, ...]]:
    found = {row: index.columns.numbers(row, name) for row in rows}
    return {row: numbers for row, numbers in found.items() if numbers}


def by_relevance(
    request: SearchRequest,
    constraints: Constraints,
    index: Index,
    rows: list[int],
    named: Sequence[str] = (),
) -> list[int]:
    """As ranked, with some variety of brands where none was asked for; what is `named` comes first."""
    rows = sorted(rows, key=lambda row: index.documents[row].product_id not in named)
    if request.context not in ("chat", "home") or constraints.brands:
        return rows
    brands = [index.documents[row].brand for row in rows]
    return [rows[place] for place in vary_brands(range(len(rows)), brands, request.limit)]
