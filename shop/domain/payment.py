"""What the payment provider has recorded; never a card number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shop.domain import money

ZERO = Decimal("0.00")


class PaymentState(StrEnum):
    """State at the provider."""

    PENDING = "处理中"
    PAID = "已支付"
    FAILED = "支付失败"


@dataclass(frozen=True)
class Payment:
    """One attempt to pay for an order, as the provider tells it."""

    payment_no: str
    order_no: str
    channel: str
    amount: Decimal
    state: PaymentState
    at: datetime

    def to_json(self) -> dict[str, Any]:
        return {
            "payment_no": self.payment_no,
            "channel": self.channel,
            "amount": money.to_json(self.amount),
            "state": self.state.value,
            "at": self.at.isoformat(),
        }


def received(payments: Iterable[Payment]) -> Decimal:
    """What the provider holds."""
    return sum((p.amount for p in payments if p.state is PaymentState.PAID), ZERO)


def channel(payments: Iterable[Payment]) -> str | None:
    """How the order was paid, where exactly one channel did it."""
    used = {p.channel for p in payments if p.state is PaymentState.PAID}
    return used.pop() if len(used) == 1 else None
