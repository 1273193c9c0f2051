"""Fields of the catalogue: which ones a question means, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from actions.described import texts
from shop.domain.catalog import Card, Category

PRICE, RATING, SALES = "价格", "评分", "销量"
_WAN = 10_000


@dataclass(frozen=True)
class Fact:
    """One field with its value."""

    name: str
    value: Any
    unit: str = ""

    @property
    def text(self) -> str:
        """The value as a catalogue prints it; empty where there is none."""
        if self.value is None:
            return ""
        if self.is_flag:
            return "是" if self.value else "否"
        if isinstance(self.value, list):
            return "、".join(map(str, self.value))
        if isinstance(self.value, int) and not self.unit and self.value >= _WAN:
            # A count: 已售 41 万, as shoppers say it.
            return f"{self.value / _WAN:g} 万"
        return f"{_number(self.value)} {self.unit}".rstrip()

    @property
    def line(self) -> str:
        return f"{self.name} {self.text}".strip()

    @property
    def is_flag(self) -> bool:
        return isinstance(self.value, bool)


def field_of(card: Card, name: str) -> Any:
    """A field of a card by the name that shoppers use; None where the catalogue is silent."""
    built_in = {PRICE: card.price, RATING: card.rating, SALES: card.sales}
    return built_in[name] if name in built_in else card.attributes.get(name)


def units(category: Category | None) -> Mapping[str, str]:
    """Field -> unit, as the category's schema has them."""
    known = {a.name: a.unit or "" for a in category.attributes} if category else {}
    return {PRICE: "元", **known}


def facts(card: Card, names: Sequence[str], category: Category | None) -> list[Fact]:
    """What the catalogue says under these names, the most telling first.

    A yes or no answers alone. Where no field bears such a name, a list may (特点: IP68防水).
    """
    unit = units(category)
    found = [
        Fact(name, value, unit.get(name, ""))
        for name in names
        if (value := field_of(card, name)) is not None
    ]
    if not found:
        return _mentions(card, names)
    plain = [fact for fact in found if not fact.is_flag]
    return found[:1] if found[0].is_flag else plain


def _mentions(card: Card, names: Sequence[str]) -> list[Fact]:
    lists = [(n, v) for n, v in card.attributes.items() if isinstance(v, list)]
    for name, value in lists:
        items = [item for item in texts(value) if any(asked.casefold() in item for asked in names)]
        if items:
            return [Fact(name, [item for item in value if str(item).casefold() in items])]
    return []


def _number(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"{value:g}" if isinstance(value, float) else str(value)
