"""Whether what the catalogue says of a SKU meets conditions as the parser reads them."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from actions.frame import Frame
from recsys.query.numbers import find_numbers
from recsys.query.units import measures
from shop.domain.catalog import Card

Condition = Mapping[str, Any]
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(tb|gb|[a-z%]*)", re.IGNORECASE)
_COMPARES: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    "~": lambda held, wanted: abs(held - wanted) <= wanted * 0.1,
}


def fits(conditions: Frame, card: Card) -> bool:
    """Price, colour and attributes; brand and category are for whoever knows their spellings."""
    low, high = conditions.get("price_min"), conditions.get("price_max")
    if low is not None and card.price < Decimal(str(low)):
        return False
    if high is not None and int(card.price) > Decimal(str(high)):
        return False
    if not _has_colour(conditions.get("colours", ()), card.options):
        return False
    said = [*card.options.items(), *card.attributes.items()]
    return all(
        any(meets(condition, name, value) for name, value in said)
        for condition in conditions.get("attributes", ())
    )


def meets(condition: Condition, name: str, value: Any) -> bool:
    """Whether one field meets a condition. A word may stand in any field (纯棉), a measure in its own."""
    wanted = condition["value"]
    if isinstance(wanted, bool):
        return name == condition["name"] and value is wanted
    if isinstance(wanted, str) and condition["op"] == "!=":
        return name == condition["name"] and not _holds(value, wanted)
    if isinstance(wanted, str):
        return _holds(value, wanted)
    if condition["name"] and condition["name"] != name:
        return False
    compare = _COMPARES[condition["op"]]
    held = _measured(value, str(condition.get("unit", "")))
    return any(compare(number, float(wanted)) for number in held)


def number_of(card: Card, name: str) -> float | None:
    """The greatest number of an option or a field; None where it states none."""
    for said in (card.options, card.attributes):
        if name in said and (numbers := _numbers(said[name])):
            return max(numbers)
    return None


def _holds(value: Any, wanted: str) -> bool:
    """Latin words match whole: XL is not in XXL."""
    word = re.escape(wanted.casefold())
    pattern = rf"(?<![a-z0-9]){word}(?![a-z0-9])" if wanted.isascii() else word
    return any(re.search(pattern, text) for text in texts(value))


def is_colour(colour: str, option: str) -> bool:
    """曜石黑 is 黑; a shop's colour names end in a plain colour."""
    return colour.removesuffix("色") in option


def texts(value: Any) -> list[str]:
    """The words of a field, in lower case."""
    items: Iterable[Any] = value if isinstance(value, list) else [value]
    return [str(item).casefold() for item in items if not isinstance(item, bool)]


def _has_colour(colours: Iterable[str], options: Mapping[str, str]) -> bool:
    wanted = list(colours)
    held = options.get("颜色", "")
    return not wanted or any(is_colour(colour, held) for colour in wanted)


def _measured(value: Any, unit: str) -> list[float]:
    """The numbers of a field that are in a canonical unit (400克 is 0.4 kg), all where it states no unit."""
    found = [m for text in texts(value) for m in measures(text, find_numbers(text))]
    if not (unit and found) or not isinstance(value, (str, list)):
        return _numbers(value)
    return [number for m in found if m.unit == unit for number in (m.value, m.top)]


def _numbers(value: Any) -> list[float]:
    """Every number of a field; terabytes count as gigabytes (1TB is 1024)."""
    if isinstance(value, (int, float)):
        return [] if isinstance(value, bool) else [float(value)]
    return [
        float(number) * (1024 if unit == "tb" else 1)
        for text in texts(value)
        for number, unit in _NUMBER.findall(text)
    ]
