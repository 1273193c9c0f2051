"""Orders and the states they move through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shop.domain import money
from shop.domain.errors import BadTransition


class OrderStatus(StrEnum):
    """State of an order, in the words that the shopper reads."""

    UNPAID = "待付款"
    PAID = "待发货"
    SHIPPED = "已发货"
    DELIVERED = "待评价"
    COMPLETED = "已完成"
    CANCELLED = "已取消"
    REFUNDING = "退款中"
    REFUNDED = "已退款"


_NEXT: Mapping[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.UNPAID: frozenset({OrderStatus.PAID, OrderStatus.CANCELLED}),
    OrderStatus.PAID: frozenset({OrderStatus.SHIPPED, OrderStatus.REFUNDING}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.REFUNDING}),
    OrderStatus.DELIVERED: frozenset({OrderStatus.COMPLETED, OrderStatus.REFUNDING}),
    OrderStatus.COMPLETED: frozenset({OrderStatus.REFUNDING}),
    OrderStatus.REFUNDING: frozenset({OrderStatus.REFUNDED}),
    OrderStatus.CANCELLED: frozenset(),
    OrderStatus.REFUNDED: frozenset(),
}


def check_transition(present: OrderStatus, wanted: OrderStatus) -> None:
    """Raises BadTransition where an order may not move from `present` to `wanted`."""
    if wanted not in _NEXT[present]:
        raise BadTransition(f"{present} -> {wanted}")


@dataclass(frozen=True)
class OrderItem:
    """A line of an order: title, price and place in the shop as they were when it was placed.

    `cancelled` of its pieces will not be delivered. `department` is empty where it is not known.
    """

    sku: str
    title: str
    price: Decimal
    quantity: int
    options: Mapping[str, str] = field(default_factory=dict)
    category: str = ""
    department: str = ""
    cancelled: int = 0

    @property
    def amount(self) -> Decimal:
        return self.price * self.quantity

    def to_json(self) -> dict[str, Any]:
        price = money.to_json(self.price)
        return {**self.__dict__, "price": price, "options": dict(self.options)}


@dataclass(frozen=True)
class Order:
    """An order; a moment is None until its state has been reached. Money in yuan."""

    order_no: str
    customer_id: str
    status: OrderStatus
    items: tuple[OrderItem, ...]
    address: str
    placed_at: datetime
    freight: Decimal = Decimal("0.00")
    discount: Decimal = Decimal("0.00")
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    closed_at: datetime | None = None
    carrier: str | None = None
    tracking_no: str | None = None

    @property
    def amount(self) -> Decimal:
        goods = sum((item.amount for item in self.items), Decimal("0.00"))
        return goods + self.freight - self.discount

    def to_json(self) -> dict[str, Any]:
        """What the shopper who owns the order may see; the address stays inside."""
        return {
            "order_no": self.order_no,
            "status": self.status.value,
            "items": [item.to_json() for item in self.items],
            "amount": money.to_json(self.amount),
            "freight": money.to_json(self.freight),
            "discount": money.to_json(self.discount),
            "placed_at": self.placed_at.isoformat(),
            "paid_at": _iso(self.paid_at),
            "shipped_at": _iso(self.shipped_at),
            "delivered_at": _iso(self.delivered_at),
            "closed_at": _iso(self.closed_at),
            "carrier": self.carrier,
            "tracking_no": self.tracking_no,
        }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
