"""What goods cost a shopper now: the shop's offers, and the trace of the arithmetic in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

from actions.reply import yuan
from shop.domain import money
from shop.domain.cart import Cart, CartItem
from shop.domain.errors import UnknownCustomer
from shop.domain.freight import destination
from shop.domain.promotion import Applied, Goods, Kind, Offer, Quote, Unused, quote
from shop.storage import Storage, Unit

WORDING = Path(__file__).parents[1] / "data" / "responses" / "price.json"
# Dates are told as the shop's calendar has them.
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Price:
    """Lines at today's price, what offers and freight make of them, which coupons are already claimed, and the regions where
    freight may differ while the shopper's address is not known."""

    items: tuple[CartItem, ...]
    quote: Quote
    claimed: frozenset[str]
    elsewhere: tuple[str, ...] = ()

    @property
    def list_total(self) -> Decimal:
        return sum((item.card.list_price * item.quantity for item in self.items), Decimal(0))


class Pricing:
    """Prices a cart, or goods that might go into one."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def cart(self, conversation_id: str) -> tuple[Cart, Price]:
        async with self._storage.unit() as unit:
            cart = await unit.carts.get(conversation_id)
            return cart, await _price(unit, conversation_id, cart.items)

    async def item(self, conversation_id: str, sku: str, quantity: int) -> Price:
        """Raises UnknownSku."""
        async with self._storage.unit() as unit:
            item = CartItem(await unit.catalog.card(sku), quantity)
            return await _price(unit, conversation_id, (item,))

    async def current(self, skus: Sequence[str]) -> list[Offer]:
        """The offers of today that concern these goods, or all where there are none."""
        async with self._storage.unit() as unit:
            goods = await _goods(unit, [CartItem(c, 1) for c in await unit.catalog.cards(skus)])
            moment = unit.now()
            offers = await unit.promotions.offers()
        valid = [o for o in offers if o.valid_from <= moment < o.valid_until]
        return [o for o in valid if not goods or any(o.covers(line) for line in goods)]


async def _price(unit: Unit, conversation_id: str, items: Sequence[CartItem]) -> Price:
    customer_id = (await unit.conversations.get(conversation_id)).customer_id
    new = customer_id is not None and not await unit.orders.of_customer(customer_id, limit=1)
    goods, offers = await _goods(unit, items), await unit.promotions.offers()
    goes_to = destination(await unit.freights.rules(), await _address(unit, customer_id))
    rule = goes_to.rule if goes_to else None
    found = quote(goods, offers, unit.now(), new_customer=new, rule=rule)
    coupons = await unit.coupons.of_customer(customer_id) if customer_id else []
    claimed = frozenset(coupon.coupon_id for coupon in coupons)
    return Price(tuple(items), found, claimed, goes_to.elsewhere if goes_to else ())


async def _address(unit: Unit, customer_id: str | None) -> str | None:
    """Where a customer's orders go; None for guests and for customers whom the shop has not told us of."""
    try:
        return (await unit.customers.get(customer_id)).address or None if customer_id else None
    except UnknownCustomer:
        return None


async def _goods(unit: Unit, items: Sequence[CartItem]) -> list[Goods]:
    families = await unit.catalog.products([item.card.product_id for item in items])
    department = {family.product_id: family.department for family in families}
    return [
        Goods(i.card.category, department[i.card.product_id], i.card.price, i.quantity)
        for i in items
    ]


class PriceWords:
    """Says a price; the sentences are the shop's, in one file."""

    def __init__(self, file: Path = WORDING) -> None:
        raw = json.loads(file.read_text("utf-8"))
        self._labels: Mapping[str, str] = raw["labels"]
        self._reasons: Mapping[str, str] = raw["reasons"]
        self._sums: Mapping[str, str] = raw["sums"]

    def cart(self, price: Price) -> dict[str, Any]:
        """Data of a `cart` message."""
        return {
            "items": [_line(item) for item in price.items],
            "total": money.to_json(price.quote.total),
            "discounts": [
                {"title": self._step(step, price), "amount": money.to_json(step.amount)}
                for step in price.quote.applied
            ],
            "freight": self._freight(price),
            "payable": money.to_json(price.quote.payable),
        }

    def freight(self, price: Price) -> str:
        """What the sum that is told says of freight: 包邮, 含运费 8 元, 不含运费."""
        found = price.quote
        label = (
            "free" if found.rule and not found.freight else "included" if found.rule else "unknown"
        )
        return self._sums[label].format(amount=yuan(found.freight))

    def price(self, price: Price) -> dict[str, Any]:
        """Data of a `price` message."""
        found = price.quote
        steps = [(self._step(step, price), -step.amount) for step in found.applied]
        freight = self._freight(price)
        sent = [(freight["label"], found.freight)] if freight else []
        lines = [*self._goods(price), *steps, *sent]
        return {
            "lines": [{"label": text, "amount": _signed(amount)} for text, amount in lines],
            "payable": money.to_json(found.payable),
            "unused": [{"title": u.offer.title, "why": self._why(u)} for u in found.unused],
        }

    def _freight(self, price: Price) -> dict[str, Any] | None:
        """The line of freight with the rule that it follows; None where no rule says."""
        rule = price.quote.rule
        if rule is None:
            return None
        label = self._labels["freight" if rule.free_from is None else "freight_free_from"].format(
            free_from=yuan(rule.free_from or Decimal(0)), regions="、".join(rule.regions)
        )
        elsewhere = self._labels["freight_elsewhere"].format(regions="、".join(price.elsewhere))
        label += elsewhere if price.elsewhere else ""
        return {"label": label, "amount": money.to_json(price.quote.freight)}

    def _goods(self, price: Price) -> list[tuple[str, Decimal]]:
        count = sum(item.quantity for item in price.items)
        listed, total = price.list_total, price.quote.total
        if listed <= total:
            return [(self._labels["goods"].format(quantity=count), total)]
        return [
            (self._labels["list_price"].format(quantity=count), listed),
            (self._labels["markdown"], total - listed),
        ]

    def _step(self, step: Applied, price: Price) -> str:
        offer = step.offer
        unclaimed = offer.kind is Kind.COUPON and offer.offer_id not in price.claimed
        label = "coupon_unclaimed" if unclaimed else offer.kind.value
        return self._labels[label].format(title=offer.title)

    def _why(self, unused: Unused) -> str:
        offer = unused.offer
        return self._reasons[unused.reason.value].format(
            missing=yuan(unused.missing),
            beside=unused.beside.title if unused.beside else "",
            begin=_day(offer.valid_from),
            end=_day(offer.valid_until),
        )


def _line(item: CartItem) -> dict[str, Any]:
    amount = money.to_json(item.amount)
    return {"item": item.card.to_json(), "quantity": item.quantity, "amount": amount}


def _signed(amount: Decimal) -> int | float:
    return -money.to_json(-amount) if amount < 0 else money.to_json(amount)


def _day(moment: datetime) -> str:
    day = moment.astimezone(_CHINA)
    return f"{day.month} 月 {day.day} 日"
