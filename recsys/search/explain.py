"""Reasons: satisfied conditions and catalogue fields, never anything else. Wording lives in a JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from recsys.index.document import Document, SkuRow
from recsys.query import Attribute, Constraints
from recsys.search.request import Relaxation
from recsys.text.normalise import normalise

MAX_REASONS = 3
POPULAR_SALES = 10_000
GOOD_RATING = 4.7


class Explainer:
    """Renders reasons with templates `{kind: text with {placeholders}}`."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates

    @classmethod
    def load(cls, path: Path) -> Explainer:
        return cls(json.loads(path.read_text("utf-8")))

    def reasons(
        self,
        document: Document,
        sku: SkuRow,
        constraints: Constraints,
        relaxed_fields: frozenset[str],
        need: list[str],
        broken: Sequence[str] = (),
    ) -> tuple[str, ...]:
        """At most MAX_REASONS: conditions that are not met before all else, then what the shopper said."""
        found: list[str] = list(broken)
        if constraints.price_max is not None and "price_max" not in relaxed_fields:
            found.append(self._say("price_max", amount=_yuan(constraints.price_max)))
        elif constraints.price_min is not None and "price_min" not in relaxed_fields:
            found.append(self._say("price_min", amount=_yuan(constraints.price_min)))
        found += [self._attribute(a, document, sku) for a in constraints.attributes]
        if constraints.colours and (colour := _colour(sku)):
            found.append(self._say("colour", colour=colour))
        found += [self._say("tag", tag=tag) for tag in _matching_tags(document, need)]
        if document.sales >= POPULAR_SALES:
            found.append(self._say("sales", sales=_round_sales(document.sales)))
        if document.rating >= GOOD_RATING:
            found.append(self._say("rating", rating=f"{document.rating:.1f}"))
        return tuple(dict.fromkeys(r for r in found if r))[:MAX_REASONS]

    def broken(self, document: Document, sku: SkuRow, relaxed: Sequence[Relaxation]) -> list[str]:
        """Which conditions that gave way this product really breaks."""
        return [said for r in relaxed if (said := self._breach(document, sku, r))]

    def _breach(self, document: Document, sku: SkuRow, relaxed: Relaxation) -> str:
        said, kind = relaxed.before, relaxed.constraint
        if kind == "price_max" and sku.price > Decimal(str(said)):
            over = sku.price - Decimal(str(said))
            return self._say("over", over=_yuan(over))
        if kind == "price_min" and sku.price < Decimal(str(said)):
            return self._say("under", amount=_yuan(Decimal(str(said))))
        if kind == "brands" and document.brand not in said:
            return self._say("other_brand", brands="、".join(said))
        if kind == "colours":
            return self._say("other_colour", colours="、".join(said))
        if kind == "attribute":
            return self._say("unmet", wanted=_condition(said))
        return ""

    def _attribute(self, wanted: Attribute, document: Document, sku: SkuRow) -> str:
        """The field as the catalogue has it; nothing when no field states it."""
        stated = sku.options.get(wanted.name, document.attributes.get(wanted.name))
        if stated is None or stated is False:
            return ""
        if stated is True:
            return self._say("has", name=wanted.name)
        value = " ".join(map(str, stated)) if isinstance(stated, (list, tuple)) else str(stated)
        return self._say("attribute", name=wanted.name, value=value) if len(value) <= 16 else ""

    def _say(self, kind: str, **values: Any) -> str:
        return self._templates[kind].format(**values)


def _condition(said: Mapping[str, Any]) -> str:
    """5G · 纯棉 · 512GB."""
    value, unit = said["value"], str(said["unit"])
    if value is False or said["op"] == "!=":
        return f"不要{said['name'] if value is False else value}"
    if value is True:
        return str(said["name"])
    number = f"{value:g}" if isinstance(value, float) else str(value)
    return number + (unit.upper() if unit == "gb" else unit)


def _yuan(amount: Any) -> str:
    return f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"


def _round_sales(sales: int) -> str:
    """Rounded down: a reason never claims more than the field."""
    return f"{sales // 10_000}万+" if sales >= 10_000 else f"{sales // 1000 * 1000}+"


def _colour(sku: SkuRow) -> str:
    return next((value for name, value in sku.options.items() if "色" in name), "")


def _matching_tags(document: Document, need: list[str]) -> list[str]:
    return [
        tag
        for tag in document.tags
        if any(w in normalise(tag) or normalise(tag) in w for w in need if len(w) > 1)
    ][:2]
