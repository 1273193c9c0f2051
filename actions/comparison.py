"""Products side by side: which fields, and which product is ahead in what matters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from actions.described import meets
from actions.facts import PRICE, RATING, SALES, Fact, field_of, units
from actions.frame import Frame
from actions.turn import Turn
from shop.domain.catalog import Card, Category

Cards = Sequence[Card]
_WAYS = {"<=": "asc", ">=": "desc"}
_DEGREE = re.compile(r"[大小高低轻重长短多少快慢强弱薄厚]一?[点些]?的?\W*$")


@dataclass(frozen=True)
class Row:
    """One field of every product; `values` in the order of the products, None where it is silent."""

    name: str
    unit: str
    values: tuple[Any, ...]

    @property
    def differs(self) -> bool:
        """Whether two products are known to differ."""
        return len({json.dumps(v, ensure_ascii=False) for v in self.values if v is not None}) > 1

    def to_json(self) -> dict[str, Any]:
        values = list(self.values)
        return {"name": self.name, "unit": self.unit, "values": values, "differs": self.differs}


@dataclass(frozen=True)
class Advice:
    """The product that is ahead, and its fields that say so."""

    card: Card
    because: tuple[Fact, ...]

    def to_json(self) -> dict[str, Any]:
        return {"sku": self.card.sku, "because": [f.line for f in self.because]}


class Directions:
    """Which way a field is better; only where shoppers agree (data/knowledge/attributes.json)."""

    def __init__(self, better: Mapping[str, str | None]) -> None:
        self._better = better

    @classmethod
    def load(cls, knowledge: Path) -> Directions:
        data = json.loads((knowledge / "attributes.json").read_text("utf-8"))
        return cls(data["better"])

    def turned(self, names: Sequence[str], way: str) -> Directions:
        """The same, but for fields that the shopper wants the most (`desc`) or the least (`asc`) of."""
        said = {"desc": "higher", "asc": "lower"}.get(way)
        return Directions({**self._better, **dict.fromkeys(names, said)}) if said else self

    def sign(self, name: str) -> int:
        """1 where more is better, -1 where less is, 0 where nobody can say."""
        return {"higher": 1, "lower": -1}.get(self._better.get(name) or "", 0)


def leaning(turn: Turn) -> tuple[str, str] | None:
    """要噪音小的 weighs two that are compared: the field and `asc` or `desc`; 30分贝以下的 is a bound."""
    said = turn.reading.constraints.get("attributes", ())
    if len(said) != 1 or said[0]["op"] not in _WAYS or not _DEGREE.search(turn.text):
        return None
    return said[0]["name"], _WAYS[said[0]["op"]]


def rows(cards: Cards, category: Category | None) -> list[Row]:
    """Price, the category's fields in its own order, rating and sales; what no product has is left out."""
    schema = [a.name for a in category.attributes] if category else []
    own = [name for card in cards for name in card.attributes]
    unit = units(category)
    names = dict.fromkeys([PRICE, *schema, *own, RATING, SALES])
    found = [
        Row(name, unit.get(name, ""), tuple(_plain(field_of(c, name)) for c in cards))
        for name in names
    ]
    return [row for row in found if any(value is not None for value in row.values)]


def leaders(cards: Cards, name: str, directions: Directions) -> Cards | None:
    """The products that are ahead in a field, all where they are equal; None where it cannot be said."""
    sign = directions.sign(name)
    values = [field_of(card, name) for card in cards]
    if not sign or not all(isinstance(v, (int, float, Decimal)) for v in values):
        return None
    best = max(sign * value for value in values)
    return [card for card, value in zip(cards, values, strict=True) if sign * value == best]


def first_telling(cards: Cards, names: Sequence[str], directions: Directions) -> str | None:
    """The first of the fields that can be compared."""
    return next((n for n in names if leaders(cards, n, directions) is not None), None)


def meeting(cards: Cards, frame: Frame) -> list[tuple[Fact, Cards]]:
    """For each condition of the frame the products that meet it, where not all do."""
    found: list[tuple[Fact, Cards]] = []
    low, high = frame.get("price_min"), frame.get("price_max")
    if low is not None or high is not None:
        fitting = [c for c in cards if (low or 0) <= c.price <= (high or c.price)]
        found.append((Fact(PRICE, None), fitting))
    for condition in frame.get("attributes", ()):
        found.append((Fact(condition["name"], None), [c for c in cards if _meets(condition, c)]))
    return [(fact, fitting) for fact, fitting in found if len(fitting) < len(cards)]


def advise(
    cards: Cards,
    frame: Frame,
    names: Sequence[Sequence[str]],
    directions: Directions,
    unit: Mapping[str, str],
) -> Advice | None:
    """The one product that is ahead or not behind in everything said; None where they differ or nothing is known.

    `names` are the fields that matter, each with its stand-ins.
    """
    won = [(fact.name, fitting) for fact, fitting in meeting(cards, frame)]
    for group in names:
        name = first_telling(cards, group, directions)
        if name is not None:
            won.append((name, leaders(cards, name, directions) or ()))
    won = [(name, ahead) for name, ahead in won if len(ahead) < len(cards)]
    best = [card for card in cards if won and all(card in ahead for _, ahead in won)]
    if len(best) != 1:
        return None
    return Advice(best[0], tuple(_reason(best[0], name, unit) for name, _ in won))


def _reason(card: Card, name: str, unit: Mapping[str, str]) -> Fact:
    return Fact(name, field_of(card, name), unit.get(name, ""))


def _meets(condition: Mapping[str, Any], card: Card) -> bool:
    said = [*card.options.items(), *card.attributes.items()]
    return any(meets(condition, name, value) for name, value in said)


def _plain(value: Any) -> Any:
    """As JSON; prices are numbers on the wire."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
