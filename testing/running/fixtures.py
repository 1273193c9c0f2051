"""Puts what a setup asks for into a shop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from shop.demo.business import moments
from shop.domain import Coupon, Order, OrderItem, OrderStatus
from shop.domain.errors import UnknownCustomer, UnknownSku
from shop.domain.money import yuan
from shop.storage import Storage, Unit
from testing.conversation.model import Setup
from testing.running.lane import CannotPrepare

_ADDRESS = "北京市海淀区测试路 1 号"


async def apply(storage: Storage, setup: Setup) -> None:
    """All of it or nothing; raises CannotPrepare."""
    async with storage.unit() as unit:
        try:
            if setup.customer is not None:
                await unit.customers.get(setup.customer)
            for sku, stock in setup.stock.items():
                await unit.catalog.set_stock(sku, stock)
            await unit.orders.add([await _order(unit, raw) for raw in setup.orders])
        except UnknownSku as error:
            raise CannotPrepare(f"setup：没有这个 SKU：{error}") from error
        except UnknownCustomer as error:
            raise CannotPrepare(f"setup：没有这个客户：{error}") from error
        await unit.coupons.upsert([_coupon(raw, unit.now()) for raw in setup.coupons])
        await unit.commit()


async def _order(unit: Unit, raw: Mapping[str, Any]) -> Order:
    placed = unit.now() - timedelta(days=raw.get("placed_days_ago", 0))
    status = OrderStatus(raw["status"])
    await unit.customers.get(raw["customer"])
    return Order(
        order_no=raw["order_no"],
        customer_id=raw["customer"],
        status=status,
        items=tuple([await _item(unit, item) for item in raw["items"]]),
        address=raw.get("address", _ADDRESS),
        freight=yuan("0"),
        discount=yuan("0"),
        carrier=raw.get("carrier"),
        tracking_no=raw.get("tracking_no"),
        **moments(status, placed),
    )


async def _item(unit: Unit, raw: Mapping[str, Any]) -> OrderItem:
    card = await unit.catalog.card(raw["sku"])
    return OrderItem(card.sku, card.title, card.price, raw.get("quantity", 1), card.options)


def _coupon(raw: Mapping[str, Any], now: datetime) -> Coupon:
    return Coupon(
        coupon_id=raw["coupon_id"],
        title=raw.get("title", raw["coupon_id"]),
        threshold=yuan(str(raw.get("threshold", 0))),
        off=yuan(str(raw["off"])),
        valid_from=now + timedelta(days=raw.get("starts_in_days", 0)),
        valid_until=now + timedelta(days=raw.get("ends_in_days", 30)),
        scope=raw.get("scope"),
    )
