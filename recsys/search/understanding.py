"""What a request wants, before anything is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recsys.index.columns import Mask
from recsys.index.store import Index
from recsys.query import Constraints
from recsys.search.request import SearchRequest
from recsys.text.normalise import normalise


@dataclass(frozen=True)
class Understood:
    """What is wanted: hard constraints, the words that rank (and as they were said), extra words from knowledge, leaf
    categories.

    `asks_for_more` is false when the constraints say it all (手机, 三千以内的华为): then popularity ranks, not the luck of
    how often a title repeats the category's name. `named` are products that are named by their model, `refused` leaf
    categories that are not wanted.
    """

    constraints: Constraints
    keywords: str
    said: str
    expansion: str
    sort: str | None
    categories: tuple[str, ...]
    asks_for_more: bool
    named: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def kinds(self, index: Index) -> Mask:
        """Products of the categories wanted, all where none is, without those of the categories refused."""
        columns = index.columns
        every = np.ones(len(index.documents), dtype=bool)
        return (columns.categories(self.categories) if self.categories else every) & (
            ~columns.categories(self.refused)
        )


def understand(request: SearchRequest, index: Index) -> Understood:
    """Constraints from the request or its text; the category name resolved to leaf categories."""
    query = index.parser.parse(request.text) if request.text.strip() else None
    constraints = request.constraints
    if constraints is None:
        constraints = query.constraints if query else Constraints()
    keywords = _with_frame(constraints, query.keywords if query else "")
    said = _with_frame(constraints, query.said if query else "")
    categories = _leaves(index, constraints.category)
    constraints = _as_meant(index, constraints, categories)
    sort = request.sort or (query.sort if query else None)
    need = constraints.need or (query.need if query else "")
    asks = (
        bool(need)
        or bool(query and query.specific)
        or bool(keywords and not (categories or constraints.brands))
    )
    expansion = _expansion(index, keywords, categories)
    named = request.named or tuple(p for ids in (query.named if query else ()) for p in ids)
    refused = _refused(index, constraints.not_words, categories)
    return Understood(
        constraints, keywords, said, expansion, sort, categories, asks, named, refused
    )


def _refused(index: Index, words: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Leaf categories that refused words are the very names of (化妆品, but not 老人机 for phones); none of them where it is
    all that is wanted."""
    leaves, groups = {c.name for c in index.categories}, index.parser.lexicon.groups
    named = [
        leaf
        for word in words
        for leaf in ([word] if word in leaves else groups.get(normalise(word), ()))
    ]
    return () if wanted and set(wanted) <= set(named) else tuple(dict.fromkeys(named))


def _leaves(index: Index, name: str | None) -> tuple[str, ...]:
    if not name:
        return ()
    leaves = {c.name for c in index.categories}
    if name in leaves:
        return (name,)
    lexicon = index.parser.lexicon
    meanings = [
        e.value
        for e in lexicon.words.get(normalise(name), ())
        if e.kind == "category" and e.value in leaves
    ]
    return tuple(lexicon.groups.get(normalise(name)) or lexicon.groups.get(name) or meanings)


def _with_frame(constraints: Constraints, said: str) -> str:
    """The sentence's own words, led by what earlier sentences asked for."""
    frame = [*constraints.brands, constraints.category or "", constraints.need]
    compact = said.replace(" ", "")
    known = [part for part in frame if part and normalise(part).replace(" ", "") not in compact]
    return " ".join([*known, said]).strip()


def _as_meant(index: Index, constraints: Constraints, categories: Sequence[str]) -> Constraints:
    """Conditions that only rank: a brand that the category does not have but its titles name (苹果15手机壳), and
    attribute words said without a category (学生), which may mean anything."""
    if not categories:
        hard = tuple(
            a
            for a in constraints.attributes
            if a.unit or isinstance(a.value, bool) or a.name == "适用性别"
        )
        return replace(constraints, attributes=hard)
    if not constraints.brands:
        return constraints
    base = [d for d in index.documents if d.category in categories]
    wanted = {normalise(b) for b in constraints.brands}
    spellings = [w for w, b in index.lexicon_json["brands"].items() if normalise(b) in wanted]
    if any(normalise(d.brand) in wanted for d in base):
        return constraints
    if any(word in normalise(d.title) for d in base for word in spellings):
        return replace(constraints, brands=())
    return constraints


def _expansion(index: Index, keywords: str, categories: Sequence[str]) -> str:
    """Tags that a category's purposes name for words of the query: 老人用 -> 老人机."""
    wanted = set(categories)
    tags: dict[str, None] = {}
    for category in index.categories:
        if not wanted or category.name in wanted:
            for purpose, tag in category.purposes.items():
                if normalise(purpose) in keywords:
                    tags.setdefault(normalise(tag))
    return " ".join(tags)
