"""From a question and a product to what is said: the field, its value, or that it is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.described import meets
from actions.facts import Fact, facts, units
from actions.reply import Reply
from actions.turn import Turn
from actions.variants import Wish, conditions, fitting, in_stock, option_values, wishes
from recsys.query.numbers import find_numbers
from recsys.query.units import measures
from shop.domain.catalog import Card, Category, Product

STOCK = "库存"
# Canonical unit -> what fields that are measured in it are named by.
_MEASURED_BY = {"cm": "长宽高深厚径", "kg": "重", "l": "容"}
_OPEN = re.compile(r"多少|多[大重长高]|几|什么|啥|哪")
Asked = tuple[Card, Product, "Question"]


@dataclass(frozen=True)
class Question:
    """What a sentence asks of one product: options wanted, fields named, conditions to check; `title` is what
    to call it where the catalogue has no name for it."""

    names: tuple[str, ...]
    wishes: tuple[Wish, ...]
    conditions: tuple[Mapping[str, Any], ...]
    category: Category | None
    title: str

    @classmethod
    def of(cls, turn: Turn, product: Product, category: Category | None) -> Question:
        wanted = wishes(product, turn)
        taken = {wish.option for wish in wanted}
        checks = [c for c in conditions(turn) if c["name"] not in taken]
        if _OPEN.search(turn.text) and any(n in product.attributes for n in turn.reading.asked):
            checks = []  # 幼猫粮蛋白含量多少 only names the goods by 幼猫
        colours = [f"{c.removesuffix('色')}色" for c in turn.reading.constraints.get("colours", ())]
        said = [*turn.reading.asked, *(str(c["name"]) for c in checks), *colours]
        title = next(iter([*said, *(wish.said for wish in wanted)]), "")
        return cls(turn.reading.asked, tuple(wanted), tuple(checks), category, title)

    @property
    def asks_something(self) -> bool:
        return bool(self.title)

    def option(self, product: Product) -> str | None:
        """The option that is asked about before any field is: 几种颜色, 内存多大."""
        options = option_values(product)
        known = next((n for n in self.names if n in options or n in product.attributes), None)
        return known if known in options else None

    def checked(self, card: Card) -> tuple[bool, Fact] | None:
        """Whether a condition holds and by which field; None where no field tells."""
        unit = units(self.category)
        for condition in self.conditions:
            for name, value in card.attributes.items():
                if meets(condition, name, value):
                    return True, Fact(name, value, unit.get(name, ""))
            name = str(condition["name"])
            if name in card.attributes:
                return False, Fact(name, card.attributes[name], unit.get(name, ""))
        return None

    def measured(self, card: Card) -> str:
        """The options wanted that state what no field does: 规格 三人位2.4米, asked how long it is."""
        if STOCK in self.names or self.facts(card):
            return ""
        return "，".join(
            f"{wish.option} {_listed(stated)}"
            for wish in self.wishes
            if (stated := [value for value in wish.values if self._states(value)])
        )

    def _states(self, value: str) -> bool:
        found = measures(value, find_numbers(value))
        telling = {char for m in found for char in _MEASURED_BY.get(m.unit, "")}
        return any(telling & set(name) for name in self.names)

    def facts(self, card: Card) -> list[Fact]:
        return facts(card, self.names, self.category)


class Answers:
    """Says what is known, names the field, and says so where nothing is known."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def of_one(self, card: Card, product: Product, question: Question) -> None:
        option = question.option(product)
        if told := question.measured(card):
            self._reply.say("utter_attribute_value", title=card.title, facts=told)
        elif question.wishes or STOCK in question.names:
            self.stock(card, product, question)
        elif option is not None:
            self._values(card, product, option)
        elif found := question.checked(card):
            self._checked(card, *found)
        elif known := question.facts(card):
            self._facts(card, known)
        else:
            self._reply.say("utter_attribute_unknown", title=card.title, name=question.title)

    def of_several(self, asked: Sequence[Asked]) -> None:
        """Which of them have it; where it is no yes or no, what each has."""
        title, known = (
            asked[0][2].title,
            [(card, _verdict(*one)) for one in asked for card in one[:1]],
        )
        told = [(card, verdict) for card, verdict in known if verdict is not None]
        yes = [card.title for card, (answer, _) in told if answer]
        if not told:
            self._reply.say("utter_attribute_none_known", name=title)
        elif any(answer is None for _, (answer, _) in told):
            each = "\n".join(f"「{card.title}」{text}" for card, (_, text) in told)
            self._reply.say("utter_attribute_each", each=each)
        elif yes:
            self._reply.say("utter_attribute_which", name=title, titles=_listed(yes))
        else:
            self._reply.say("utter_attribute_none", name=title)
        silent = [card.title for card, verdict in known if verdict is None]
        if told and silent:
            self._reply.say("utter_attribute_silent", name=title, titles=_listed(silent))

    def stock(self, card: Card, product: Product, question: Question) -> None:
        if question.wishes:
            self._wanted(card, product, question.wishes)
            return
        states = [(option, *in_stock(product, option)) for option in option_values(product)]
        live = "；".join(f"{option} {'、'.join(values)}" for option, values, _ in states if values)
        sold = "；".join(f"{option} {'、'.join(gone)}" for option, _, gone in states if gone)
        if not any(sku.stock > 0 for sku in product.skus):
            self._reply.say("utter_stock_none", title=card.title)
        elif not live:
            self._reply.say("utter_stock_plain", title=card.title)
        elif sold:
            self._reply.say("utter_stock_partly", title=card.title, live=live, sold=sold)
        else:
            self._reply.say("utter_stock_all", title=card.title, live=live)

    def _wanted(self, card: Card, product: Product, wanted: Sequence[Wish]) -> None:
        said = "、".join(wish.said for wish in wanted)
        found = fitting(product, wanted)
        absent = next((wish for wish in wanted if not wish.values), None)
        if absent is not None:
            values = _listed(option_values(product)[absent.option])
            self._reply.say(
                "utter_option_absent",
                title=card.title, said=absent.said, option=absent.option, values=values,
            )  # fmt: skip
        elif stock := sum(sku.stock for sku in found):
            self._reply.say("utter_option_in_stock", title=card.title, said=said, count=stock)
        else:
            self._reply.say("utter_option_sold_out", title=card.title, said=said)

    def _values(self, card: Card, product: Product, option: str) -> None:
        live, sold = in_stock(product, option)
        values = {"title": card.title, "option": option, "count": len(live) + len(sold)}
        if not live:
            self._reply.say("utter_option_all_sold", **values, sold=_listed(sold))
        elif sold:
            self._reply.say("utter_option_partly", **values, live=_listed(live), sold=_listed(sold))
        else:
            self._reply.say("utter_option_values", **values, live=_listed(live))

    def _checked(self, card: Card, holds: bool, fact: Fact) -> None:
        response = "utter_attribute_yes" if holds else "utter_attribute_no"
        self._reply.say(response, title=card.title, name=fact.name, value=fact.text)

    def _facts(self, card: Card, known: Sequence[Fact]) -> None:
        if known[0].is_flag:
            self._checked(card, bool(known[0].value), known[0])
            return
        each = "，".join(fact.line for fact in known)
        self._reply.say("utter_attribute_value", title=card.title, facts=each)


def _verdict(card: Card, product: Product, question: Question) -> tuple[bool | None, str] | None:
    """Yes or no, or None with the value; nothing at all where the catalogue is silent."""
    if question.wishes:
        return any(sku.stock for sku in fitting(product, question.wishes)), ""
    option = question.option(product)
    if option is not None:
        return None, f"{option} {_listed(option_values(product)[option])}"
    if found := question.checked(card):
        return found[0], found[1].line
    known = question.facts(card)
    if not known:
        return None
    if known[0].is_flag:
        return bool(known[0].value), known[0].line
    return None, "，".join(fact.line for fact in known)


def _listed(words: Sequence[str]) -> str:
    return "、".join(words)
