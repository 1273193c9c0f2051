"""Options of a family: which SKUs a sentence wants, and which values are in stock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.described import is_colour, meets
from actions.turn import Turn
from shop.domain.catalog import Product, Sku

COLOUR = "颜色"


@dataclass(frozen=True)
class Wish:
    """Values of one option that would do, as the catalogue writes them; `said` as the shopper does."""

    option: str
    said: str
    values: tuple[str, ...]


def option_values(product: Product) -> dict[str, list[str]]:
    """Option -> its values, in the shop's order."""
    found: dict[str, dict[str, None]] = {}
    for sku in product.skus:
        for option, value in sku.options.items():
            found.setdefault(option, {})[value] = None
    return {option: list(values) for option, values in found.items()}


def in_stock(product: Product, option: str) -> tuple[list[str], list[str]]:
    """Values that can be had now, and those that are sold out."""
    values = option_values(product)[option]
    live = {sku.options.get(option) for sku in product.skus if sku.stock > 0}
    return [v for v in values if v in live], [v for v in values if v not in live]


def wishes(product: Product, turn: Turn) -> list[Wish]:
    """The options that a sentence asks for: 有黑色吗, 42码的还有吗, 草莓味有吗."""
    options = option_values(product)
    found: dict[str, Wish] = {}
    literal = list(_literal(options, turn))
    # 烟紫 says more than 紫; 白 in 米白 says less.
    own = [wish for wish in literal if _names_as_much(wish, turn)]
    for wish in (*own, *_colours(options, turn), *_measures(options, turn), *literal):
        found.setdefault(wish.option, wish)
    return list(found.values())


def fitting(product: Product, wanted: Sequence[Wish]) -> list[Sku]:
    """The SKUs that have all of it."""
    return [
        sku
        for sku in product.skus
        if all(sku.options.get(wish.option) in wish.values for wish in wanted)
    ]


def _colours(options: Mapping[str, list[str]], turn: Turn) -> Iterator[Wish]:
    pointing = turn.reading.reference.get("described", {}).get("colours", ())
    for colour in turn.reading.constraints.get("colours", ()):
        if COLOUR in options and colour not in pointing:
            values = tuple(v for v in options[COLOUR] if is_colour(colour, v))
            yield Wish(COLOUR, f"{colour.removesuffix('色')}色", values)


def _names_as_much(wish: Wish, turn: Turn) -> bool:
    said = [colour.removesuffix("色") for colour in turn.reading.constraints.get("colours", ())]
    return wish.option == COLOUR and all(len(wish.said.removesuffix("色")) >= len(c) for c in said)


def _measures(options: Mapping[str, list[str]], turn: Turn) -> Iterator[Wish]:
    for condition in conditions(turn):
        for option, values in options.items():
            fit = tuple(value for value in values if meets(condition, option, value))
            if fit or condition["name"] == option:
                yield Wish(option, _called(condition, fit), fit)


def _called(condition: Mapping[str, Any], fit: Sequence[str]) -> str:
    """2kg is 2千克 where the catalogue writes so, and 大包装 whatever fits it; 42码 stays as it was said."""
    bounds = condition["op"] != "=" and fit
    written = len(fit) == 1 and not fit[0].replace(".", "").isdigit()
    return "、".join(fit) if bounds or written else _said(condition)


def _literal(options: Mapping[str, list[str]], turn: Turn) -> Iterator[Wish]:
    """A value as the catalogue writes it, for no lexicon knows every flavour."""
    text = turn.text.casefold()
    for field in turn.reading.asked:  # 机身防抖 asks for no 机身
        text = text.replace(field.casefold(), " ")
    for option, values in options.items():
        said = [value for value in values if _stands_in(value.casefold(), text)]
        if said:
            longest = max(said, key=len)
            yield Wish(option, longest, (longest,))


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9+]){re.escape(word)}(?![a-z0-9+])", text) is not None


def conditions(turn: Turn) -> list[dict[str, Any]]:
    """Conditions on attributes that ask, not those that only point."""
    pointing = turn.reading.reference.get("described", {}).get("attributes", ())
    said = turn.reading.constraints.get("attributes", ())
    return [condition for condition in said if condition not in pointing]


def _said(condition: Mapping[str, Any]) -> str:
    value, unit = condition["value"], str(condition.get("unit", ""))
    number = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{number}{unit.upper() if unit.isascii() else unit}"
