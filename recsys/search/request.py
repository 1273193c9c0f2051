"""What goes into a search and what comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recsys.query import BadConstraints, Constraints

SORTS = ("price_asc", "price_desc", "sales", "rating", "newest")
_BY_FIELD = re.compile(r"[^:]{1,200}:(?:asc|desc|best)")  # 电池容量|能量:desc
CONTEXTS = ("chat", "search", "home", "product", "cart")
MAX_TEXT = 1000
MAX_LIMIT = 100


class BadRequest(ValueError):
    """A request that does not follow the contract; the message names the field."""


@dataclass(frozen=True)
class SearchRequest:
    """`constraints` None: they are read from `text`; otherwise they win and `text` only ranks. `named` products come first."""

    text: str = ""
    constraints: Constraints | None = None
    limit: int = 5
    exclude: tuple[str, ...] = ()
    sort: str | None = None
    context: str = "chat"
    product_id: str | None = None
    named: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SearchRequest:
        """Read a request body; raises BadRequest."""
        text, limit, sort = data.get("text") or "", data.get("limit", 5), data.get("sort")
        context, exclude = data.get("context") or "chat", data.get("exclude") or []
        if not isinstance(text, str) or len(text) > MAX_TEXT:
            raise BadRequest(f"text: a text of at most {MAX_TEXT} characters is wanted")
        if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= MAX_LIMIT:
            raise BadRequest(f"limit: a whole number from 1 to {MAX_LIMIT} is wanted")
        if not _is_sort(sort):
            raise BadRequest(f"sort: one of {', '.join(SORTS)} or FIELD:asc is wanted")
        if context not in CONTEXTS:
            raise BadRequest(f"context: one of {', '.join(CONTEXTS)} is wanted")
        named = data.get("named") or []
        for field_name, ids in (("exclude", exclude), ("named", named)):
            if not isinstance(ids, list) or not all(isinstance(e, str) for e in ids):
                raise BadRequest(f"{field_name}: a list of product ids is wanted")
        return cls(
            text, _constraints(data), limit, tuple(exclude), sort, context, _product_id(data),
            tuple(named),
        )  # fmt: skip


def _is_sort(sort: Any) -> bool:
    if sort is None or sort in SORTS:
        return True
    return isinstance(sort, str) and _BY_FIELD.fullmatch(sort) is not None


def _constraints(data: Mapping[str, Any]) -> Constraints | None:
    raw = data.get("constraints")
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        raise BadRequest("constraints: an object is wanted")
    try:
        return Constraints.from_json(raw)
    except BadConstraints as error:
        raise BadRequest(f"constraints: {error}") from error


def _product_id(data: Mapping[str, Any]) -> str | None:
    value = data.get("product_id")
    if value is not None and not isinstance(value, str):
        raise BadRequest("product_id: a text is wanted")
    return value


@dataclass(frozen=True)
class Relaxation:
    """One condition that had to give way, with what it was and what it became (None: dropped)."""

    constraint: str
    before: Any
    after: Any = None

    def to_json(self) -> dict[str, Any]:
        return {"constraint": self.constraint, "from": self.before, "to": self.after}


@dataclass(frozen=True)
class Hit:
    """One product: the SKU to show, its score and reasons a shopper can read."""

    product_id: str
    sku: str
    score: float
    reasons: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "product_id": self.product_id,
            "sku": self.sku,
            "score": self.score,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True)
class SearchResult:
    """`total` products satisfy the applied constraints; `confident` is false when the text matched nothing well."""

    hits: tuple[Hit, ...]
    constraints: Constraints
    relaxed: tuple[Relaxation, ...] = ()
    total: int = 0
    confident: bool = True
    took_ms: float = field(default=0.0, compare=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "items": [hit.to_json() for hit in self.hits], "constraints": self.constraints.to_json(),
            "relaxed": [r.to_json() for r in self.relaxed], "total": self.total, "confident": self.confident,
            "took_ms": round(self.took_ms, 2),
        }  # fmt: skip
