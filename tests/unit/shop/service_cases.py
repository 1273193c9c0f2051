"""Orders as the after-sale rules see them, at a moment that stands still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from shop.domain import Order, OrderItem, OrderStatus
from shop.domain.case import Case, History, Sale, Variant
from shop.domain.payment import Payment, PaymentState
from shop.domain.ticket import Ticket, TicketKind, TicketStatus
from shop.service import read_service

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
RULES = read_service(Path(__file__).parents[3] / "data" / "catalog" / "demo" / "service.json")

S = OrderStatus
_REACHED = {S.UNPAID: 0, S.CANCELLED: 0, S.PAID: 1, S.SHIPPED: 2}


def item(price: str = "59.00", quantity: int = 2, **other: Any) -> OrderItem:
    place = {"category": "T恤", "department": "服装服饰", **other}
    return OrderItem("sku-m", "纯棉T恤", Decimal(price), quantity, {"尺码": "M"}, **place)


def order(status: OrderStatus = S.DELIVERED, *items: OrderItem, **other: Any) -> Order:
    """Paid three days ago, sent two days ago, delivered a day ago, as far as the state goes."""
    names = ("paid_at", "shipped_at", "delivered_at")[: _REACHED.get(status, 3)]
    moments = dict(zip(names, (NOW - 3 * DAY, NOW - 2 * DAY, NOW - DAY), strict=False))
    fields = {
        "order_no": "N1",
        "customer_id": "C1",
        "status": status,
        "items": items or (item(),),
        "address": "北京市海淀区****",
        "placed_at": NOW - 3 * DAY,
        **moments,
        **other,
    }
    return Order(**fields)  # type: ignore[arg-type]


def paid(one: Order, channel: str = "支付宝", amount: Decimal | None = None) -> Payment:
    return Payment("P1", one.order_no, channel, amount or one.amount, PaymentState.PAID, NOW)


def case(one: Order | None = None, *tickets: Ticket, **other: Any) -> Case:
    """The order, paid for where it says so. `parcels`, `payments`, `variants` and the rest by name."""
    one = one or order()
    payments = other.pop("payments", (paid(one),) if one.paid_at else ())
    sale = Sale(one, "138****0001", tuple(payments), other.pop("variants", {}))
    parcels = other.pop("parcels", ())
    return Case(sale, tuple(parcels), History(tickets, **other))


def variant(sku: str, price: str = "59.00", stock: int = 5) -> Variant:
    return Variant(sku, {"尺码": sku[-1].upper()}, Decimal(price), stock)


def ticket(kind: TicketKind, status: TicketStatus = TicketStatus.OPEN, **other: Any) -> Ticket:
    return replace(Ticket("T1", kind, status, NOW - HOUR, "N1", "C1"), **other)
