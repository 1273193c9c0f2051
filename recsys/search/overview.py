"""What the shop has for some constraints: how many, at which prices, what to ask next, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recsys.index.columns import Mask
from recsys.index.store import Index
from recsys.query import Attribute
from recsys.search.blocked import Way, ways_out
from recsys.search.engine import SearchEngine
from recsys.search.facets import Facet, Splitter
from recsys.search.relax import checkable
from recsys.search.request import SearchRequest
from recsys.search.understanding import Understood
from recsys.text.normalise import normalise

_MAIN = 4  # attributes of a category's schema, in its own order, that are worth a question


@dataclass(frozen=True)
class Overview:
    """`unfilterable`: conditions that no field of these products could answer; `unmentioned`: words of the need that
    no product's text has; `size`: the values of the main measure, with those of the products asked about."""

    total: int
    prices: tuple[float, float] | None
    facets: tuple[Facet, ...]
    size: Facet | None
    sizes_of: Mapping[str, float]
    ways: tuple[Way, ...]
    unfilterable: tuple[Attribute, ...]
    unmentioned: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        low, high = self.prices or (None, None)
        return {
            "total": self.total, "prices": {"min": low, "max": high} if self.prices else None,
            "facets": [facet.to_json() for facet in self.facets],
            "size": self.size.to_json() if self.size else None, "sizes_of": dict(self.sizes_of),
            "ways": [way.to_json() for way in self.ways],
            "unfilterable": [a.to_json() for a in self.unfilterable], "unmentioned": list(self.unmentioned),
        }  # fmt: skip


def overview(engine: SearchEngine, request: SearchRequest) -> Overview:
    """Counts for `request.constraints`; `request.exclude` names the products whose size is asked for."""
    index = engine.index
    wanted = engine.understand(request, index)
    base = wanted.kinds(index)
    said = checkable(index.columns, wanted.constraints, base)
    main = _main_attributes(index, wanted.categories)
    splitter = Splitter(index.columns, index.parser.lexicon, said, base, main)
    size = splitter.size() if wanted.categories else None
    lost = tuple(a for a in wanted.constraints.attributes if a not in said.attributes)
    return Overview(
        total=splitter.total,
        prices=splitter.prices,
        facets=tuple(splitter.facets()),
        size=size,
        sizes_of=_sizes_of(index, request.exclude, size),
        ways=() if splitter.total else tuple(ways_out(index.columns, said, base)),
        unfilterable=lost,
        unmentioned=_unmentioned(index, wanted, base),
    )


def _main_attributes(index: Index, categories: Sequence[str]) -> list[str]:
    """The first worded attributes of each category that shoppers choose by: 质地 of a lipstick, not its 产地."""
    chosen_by = index.parser.lexicon.chosen_by
    schemas = [c.attributes for c in index.categories if c.name in categories]
    worded = [[a["name"] for a in s if a.get("type") in ("text", "list")] for s in schemas]
    main = [[name for name in names if name in chosen_by][:_MAIN] for names in worded]
    return list(dict.fromkeys(name for names in main for name in names))


def _sizes_of(index: Index, products: Sequence[str], size: Facet | None) -> dict[str, float]:
    """Product -> its greatest size."""
    if size is None:
        return {}
    unit = size.values[0].constraints.attributes[0].unit
    rows = {p: index.row_of[p] for p in products if p in index.row_of}
    measured = index.columns.measured(rows.values(), size.name, unit)
    return {p: max(measured[row]) for p, row in rows.items() if measured[row]}


def _unmentioned(index: Index, wanted: Understood, base: Mask) -> tuple[str, ...]:
    purposes = " ".join(
        normalise(purpose)
        for category in index.categories
        if not wanted.categories or category.name in wanted.categories
        for purpose in category.purposes
    )
    words = wanted.constraints.need.split()
    return tuple(
        word
        for word in words
        if word not in purposes and not (index.columns.mentions(word) & base).any()
    )
