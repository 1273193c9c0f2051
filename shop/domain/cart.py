"""Carts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shop.domain import money
from shop.domain.catalog import Card
from shop.domain.errors import BadQuantity

MAX_QUANTITY = 99


def check_quantity(quantity: int) -> int:
    """Quantity of a cart line; raises BadQuantity."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(f"{quantity} is not within 1 and {MAX_QUANTITY}")
    return quantity


@dataclass(frozen=True)
class CartItem:
    """A line of the cart, at today's price."""

    card: Card
    quantity: int

    @property
    def amount(self) -> Decimal:
        return self.card.price * self.quantity


@dataclass(frozen=True)
class Cart:
    """A shopper's cart, oldest line first."""

    items: tuple[CartItem, ...]

    @property
    def total(self) -> Decimal:
        return sum((item.amount for item in self.items), Decimal("0.00"))

    def to_json(self) -> dict[str, Any]:
        lines = [{"item": item.card.to_json(), "quantity": item.quantity} for item in self.items]
        return {"items": lines, "total": money.to_json(self.total)}
