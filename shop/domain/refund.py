"""Money on its way back: its states, and how much of a line's price a piece was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Any

from shop.domain import money
from shop.domain.money import CENT
from shop.domain.order import Order
from shop.domain.refusal import WrongState


class RefundState(StrEnum):
    """State of a refund, in the words that the shopper reads."""

    PROCESSING = "退款处理中"
    SENT = "已原路退回"
    FAILED = "退款失败"


_NEXT: Mapping[RefundState, frozenset[RefundState]] = {
    RefundState.PROCESSING: frozenset({RefundState.SENT, RefundState.FAILED}),
    # Sent after all, another way.
    RefundState.FAILED: frozenset({RefundState.SENT}),
    RefundState.SENT: frozenset(),
}


@dataclass(frozen=True)
class Refund:
    """Yuan that go back the way they came; `channel` None: not known how they came."""

    refund_no: str
    order_no: str
    ticket_no: str
    amount: Decimal
    channel: str | None
    state: RefundState
    requested_at: datetime
    sent_at: datetime | None = None

    def check(self, wanted: RefundState) -> None:
        """Raises WrongState."""
        if wanted not in _NEXT[self.state]:
            raise WrongState(status=self.state.value)

    def arrival(self, days: Mapping[str, tuple[int, int]]) -> tuple[datetime, datetime] | None:
        """Earliest and latest arrival of money that was sent; None where nothing is known."""
        if self.sent_at is None or self.channel is None or self.channel not in days:
            return None
        first, last = days[self.channel]
        return self.sent_at + timedelta(days=first), self.sent_at + timedelta(days=last)

    def to_json(self) -> dict[str, Any]:
        return {
            "refund_no": self.refund_no,
            "order_no": self.order_no,
            "ticket_no": self.ticket_no,
            "amount": money.to_json(self.amount),
            "channel": self.channel,
            "state": self.state.value,
            "requested_at": self.requested_at.isoformat(),
            "sent_at": self.sent_at.isoformat() if self.sent_at else None,
        }


def line_paid(order: Order, line: int) -> Decimal:
    """What was paid for a line: its price less its share of the discount; all lines add up."""
    goods = sum((item.amount for item in order.items), Decimal("0.00"))
    before = sum((item.amount for item in order.items[:line]), Decimal("0.00"))
    after = before + order.items[line].amount
    share = _portion(order.discount, after, goods) - _portion(order.discount, before, goods)
    return order.items[line].amount - share


def pieces_paid(order: Order, line: int, gone: int, quantity: int) -> Decimal:
    """What was paid for `quantity` more pieces, where `gone` went back before; all add up."""
    paid, whole = line_paid(order, line), Decimal(order.items[line].quantity)
    return _portion(paid, Decimal(gone + quantity), whole) - _portion(paid, Decimal(gone), whole)


def _portion(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """Rounded to fen below; the whole is the amount itself."""
    if not whole:
        return Decimal("0.00")
    return (amount * part / whole).quantize(CENT, ROUND_DOWN)
