"""退货退款, 仅退款 and 换货."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from actions.choices import Choice
from actions.desk.fields import OneOf, Pieces
from actions.desk.lines import WhichLine
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import LISTED, Ended, Talk, Unfit
from actions.options import literal
from recsys.query.reasons import CONDITIONS, EXCHANGE_REASONS, RETURN_REASONS, RETURN_WAYS
from shop.domain.case import Variant
from shop.domain.command import (
    FAULTS,
    Command,
    Condition,
    ExchangeGoods,
    RefundOnly,
    ReturnGoods,
    ReturnReason,
)
from shop.domain.order import OrderItem, OrderStatus
from shop.domain.refusal import NotDelivered, Refused

_MONEY_ONLY, _BOTH = "仅退款", "退货退款"
# 退两个 speaks of goods, 退款 and 退到支付宝 of money.
_GIVES_BACK = re.compile("退(?![款钱到我])")
_FAULTS = frozenset(reason.value for reason in FAULTS)
_NOT_SENT = (OrderStatus.UNPAID.value, OrderStatus.PAID.value)
_ARRIVED = having(OrderStatus.DELIVERED, OrderStatus.COMPLETED)
_SENT = having(OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.COMPLETED)


def goes_back(talk: Talk) -> bool:
    return talk.known.get("way") != _MONEY_ONLY


@dataclass(frozen=True)
class Way(OneOf):
    """Whether the goods go back; what has not arrived cannot, and without a fault they have to."""

    async def read(self, talk: Talk) -> Any | None:
        said = await super().read(talk)
        if said is not None or self.name in talk.known or not talk.at_order:
            return said
        back = _GIVES_BACK.search(talk.text) and _ARRIVED(await talk.order())
        return _BOTH if back else None

    async def given(self, talk: Talk) -> Any | None:
        if not talk.at_order:
            return None
        order = await talk.order()
        if order.status is OrderStatus.SHIPPED:
            return _MONEY_ONLY
        chooses = talk.known.get("reason") in _FAULTS and _ARRIVED(order)
        return None if chooses else _BOTH


class ReturnForm(Request):
    skill = "return_goods"
    fields = (
        WhichOrder(_SENT),
        PhoneTail(),
        WhichLine(),
        Pieces(),
        OneOf("reason", "utter_return_goods_ask_reason", RETURN_REASONS),
        Way("way", "utter_return_goods_ask_way", RETURN_WAYS),
        OneOf("condition", "utter_return_goods_ask_condition", CONDITIONS, goes_back),
    )
    own_words = frozenset({"return_first", "wrong_state", "not_returnable"})
    again: ClassVar[Mapping[str, str]] = {"too_many": "quantity"}

    async def command(self, talk: Talk) -> Command:
        known = talk.known
        about = (known["order"], known["line"], known["quantity"], ReturnReason(known["reason"]))
        if not goes_back(talk):
            return RefundOnly(*about)
        return ReturnGoods(*about, Condition(known["condition"]))

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        if not goes_back(talk):
            return "utter_return_goods_confirm_money"
        return f"utter_return_goods_confirm_{facts['pays_return']}"

    def response(self, talk: Talk, said: Mapping[str, Any]) -> str:
        return "utter_return_goods_done" if goes_back(talk) else "utter_return_goods_done_money"

    def refusal(self, no: Refused) -> str:
        if isinstance(no, NotDelivered) and no.facts["status"] in _NOT_SENT:
            return "utter_return_goods_wrong_state"
        return super().refusal(no)


@dataclass(frozen=True)
class OtherVariant:
    """The SKU wanted instead: what is not said of it stays as it was bought."""

    name: str = "sku"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return talk.at_order and talk.known.get("line", -1) >= 0

    async def read(self, talk: Talk) -> Any | None:
        item, family = await self._goods(talk)
        offered = self._offered(item, family)[:LISTED]
        if talk.asked == self.name and (place := talk.place(len(offered))) is not None:
            return offered[place].sku
        wish = _wish(talk.text)
        said = _said(wish, item, family)
        if said is None and talk.asked == self.name and (name := _lacking(wish, family)):
            raise Unfit("utter_exchange_goods_no_variant", wanted=name)
        if said is None or (said == dict(item.options) and talk.asked != self.name):
            return None
        wanted = next((one for one in family if dict(one.options) == said), None)
        if wanted is None:
            raise Unfit("utter_exchange_goods_no_variant", wanted=" ".join(said.values()))
        return wanted.sku

    async def given(self, talk: Talk) -> Any | None:
        if not self._offered(*await self._goods(talk)):
            raise Ended("utter_exchange_goods_nothing")
        return None

    async def ask(self, talk: Talk) -> None:
        item, family = await self._goods(talk)
        offered = self._offered(item, family)[:LISTED]
        names = [" ".join(one.options.values()) for one in offered]
        choices = [Choice(name, f"换成{name}") for name in names]
        has = " ".join(item.options.values())
        talk.reply.ask("utter_exchange_goods_ask_variant", choices, title=item.title, has=has)

    async def _goods(self, talk: Talk) -> tuple[OrderItem, Sequence[Variant]]:
        line = talk.known["line"]
        views = await talk.desk.read.variants(talk.requester, talk.known["order"])
        return (await talk.order()).items[line], views[line].variants

    @staticmethod
    def _offered(item: OrderItem, family: Sequence[Variant]) -> list[Variant]:
        """What is in stock, at the price of what was bought; the same again last."""
        own = next((one.price for one in family if one.sku == item.sku), item.price)
        found = [one for one in family if one.stock > 0 and one.price == own]
        return sorted(found, key=lambda one: one.sku == item.sku)


class ExchangeForm(Request):
    skill = "exchange_goods"
    fields = (
        WhichOrder(_ARRIVED),
        PhoneTail(),
        WhichLine(),
        Pieces(),
        OtherVariant(),
        OneOf("reason", "utter_exchange_goods_ask_reason", EXCHANGE_REASONS),
        OneOf("condition", "utter_return_goods_ask_condition", CONDITIONS),
    )
    own_words = frozenset({"not_returnable"})
    again: ClassVar[Mapping[str, str]] = {
        "too_many": "quantity",
        "not_in_stock": "sku",
        "price_differs": "sku",
        "not_a_variant": "sku",
    }

    async def command(self, talk: Talk) -> ExchangeGoods:
        known = talk.known
        about = (known["order"], known["line"], known["quantity"], ReturnReason(known["reason"]))
        return ExchangeGoods(*about, Condition(known["condition"]), known["sku"])

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        return f"utter_exchange_goods_confirm_{facts['pays_return']}"

    async def values(self, talk: Talk) -> dict[str, Any]:
        views = await talk.desk.read.variants(talk.requester, talk.known["order"])
        family = views[talk.known["line"]].variants
        wanted = [" ".join(one.options.values()) for one in family if one.sku == talk.known["sku"]]
        return {**await super().values(talk), "wanted": "".join(wanted)}


_SAME = re.compile(r"一样的|同款|同样的|原来的|一模一样")
_STEP = re.compile(r"(?P<to>[大小])\s?(?P<by>[一二两12])?(?:个)?[码号]")
# A size or a colour by its name: 45码, XXL, 荧光绿的.
_NAMED = re.compile(
    r"(?:^|[成要换个件])\s?(?P<name>[^成要换个件有没不错点些,，。!！?？\s]{0,6}?(?:[色码号]|[红橙黄绿青蓝紫黑白灰粉棕]|[SML]))"
    r"(?=[的吧吗呢,，。!！?？]|$)",
    re.IGNORECASE,
)
_SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "XXXL", "3XL", "4XL")


def _wish(text: str) -> str:
    """我买的是L想换M: what follows the last 换."""
    return re.split(r"换(?!货)", text)[-1]


def _said(text: str, item: OrderItem, family: Sequence[Variant]) -> dict[str, str] | None:
    """The options wanted; None where the text says nothing of them."""
    if _SAME.search(text):
        return dict(item.options)
    wanted = dict(item.options)
    found = False
    for option in item.options:
        values = {one.options[option] for one in family if option in one.options}
        own = item.options[option]
        value = literal(text, values) or _stepped(text, own, values) or _coloured(text, values)
        if value is not None:
            wanted[option], found = value, True
    return wanted if found else None


def _colour(text: str) -> str | None:
    """粉 of 换成粉色的; a name of several characters (荧光绿) is one shade, not all of them."""
    named = _NAMED.search(text)
    plain = named["name"].removesuffix("色") if named else ""
    return plain if len(plain) == 1 and not plain.isascii() else None


def _coloured(text: str, values: set[str]) -> str | None:
    """樱花粉 where 粉色 is wanted and no other value is pink."""
    colour = _colour(text)
    found = [value for value in values if colour and value.endswith(colour)]
    return found[0] if len(found) == 1 else None


def _lacking(text: str, family: Sequence[Variant]) -> str | None:
    """What is asked for by name and is no option of the family."""
    named, colour = _NAMED.search(text), _colour(text)
    values = [value for one in family for value in one.options.values()]
    if named is None or (colour and any(value.endswith(colour) for value in values)):
        return None
    return named["name"]


def _stepped(text: str, own: str, values: set[str]) -> str | None:
    """大一码: the size that many places from the one bought, where the sizes have an order."""
    step = _STEP.search(text)
    ordered = _ordered(values)
    if step is None or own not in ordered:
        return None
    by = 2 if step["by"] in ("二", "两", "2") else 1
    place = ordered.index(own) + (by if step["to"] == "大" else -by)
    return ordered[place] if 0 <= place < len(ordered) else None


def _ordered(values: set[str]) -> list[str]:
    if all(re.fullmatch(r"\d+(?:\.\d+)?", value) for value in values):
        return sorted(values, key=float)
    if all(value.upper() in _SIZES for value in values):
        return sorted(values, key=lambda value: _SIZES.index(value.upper()))
    return []
