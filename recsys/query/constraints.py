"""What a shopper has asked for, as hard conditions: the wire format of the shopping frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

COLOUR = "颜色"
PURPOSE = "用途"  # the tags of a product, as a field


class BadConstraints(ValueError):
    """A constraints object that does not follow the contract; the message names the field."""


@dataclass(frozen=True)
class Attribute:
    """A condition on one attribute or option, e.g. 存储 >= 256 GB. `name` may be empty: any with that unit."""

    name: str
    op: str
    value: str | float | bool
    unit: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "op": self.op, "value": self.value, "unit": self.unit}


OPERATORS = ("=", "!=", ">=", "<=", "~")


@dataclass(frozen=True)
class Constraints:
    """Hard conditions; empty fields mean "not said". Prices are yuan.

    `welcome_brands` are not refused with a brand that they belong to (红米可以 though 不要小米).
    """

    category: str | None = None
    brands: tuple[str, ...] = ()
    not_brands: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    not_colours: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    not_words: tuple[str, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    need: str = ""
    welcome_brands: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON object without the fields that were not said; prices become numbers."""
        out: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is None or value == () or value == "":
                continue
            if field.name == "attributes":
                value = [a.to_json() for a in value]
            elif isinstance(value, tuple):
                value = list(value)
            elif isinstance(value, Decimal):
                value = int(value) if value == value.to_integral_value() else float(value)
            out[field.name] = value
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Constraints:
        """Read a constraints object; raises BadConstraints naming the field. null counts as absent."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {}
        for key, value in data.items():
            if key not in known:
                raise BadConstraints(f"unknown field {key!r}")
            if value is not None:
                values[key] = _read(key, value)
        return cls(**values)


def _read(key: str, value: Any) -> Any:
    if key in ("category", "need"):
        if not isinstance(value, str):
            raise BadConstraints(f"{key}: a text is wanted")
        return value or (None if key == "category" else "")
    if key in ("price_min", "price_max"):
        return _price(key, value)
    if not isinstance(value, (list, tuple)):
        raise BadConstraints(f"{key}: a list is wanted")
    if key == "attributes":
        return tuple(_attribute(item) for item in value)
    if not all(isinstance(item, str) for item in value):
        raise BadConstraints(f"{key}: a list of texts is wanted")
    return tuple(value)


def _price(key: str, value: Any) -> Decimal:
    try:
        price = Decimal(str(value))
    except InvalidOperation:
        raise BadConstraints(f"{key}: not a number: {value!r}") from None
    if isinstance(value, bool) or not price.is_finite() or price < 0:
        raise BadConstraints(f"{key}: a price of 0 or more is wanted")
    return price


def _attribute(item: Any) -> Attribute:
    if not isinstance(item, Mapping) or "value" not in item:
        raise BadConstraints("attributes: objects with name, op, value are wanted")
    op = item.get("op", "=")
    if op not in OPERATORS or not isinstance(item["value"], (str, int, float, bool)):
        raise BadConstraints(f"attributes: bad op or value in {dict(item)!r}")
    return Attribute(str(item.get("name", "")), op, item["value"], str(item.get("unit", "")))
