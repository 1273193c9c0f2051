"""What reads answer: facts with their JSON for the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shop.domain import money
from shop.domain.case import Variant
from shop.domain.conversation import Message
from shop.domain.effect import Outcome
from shop.domain.handoff import Handoff
from shop.domain.order import Order
from shop.domain.parcel import Parcel
from shop.domain.payment import Payment
from shop.domain.refund import Refund
from shop.domain.ticket import Ticket


@dataclass(frozen=True)
class OrderView:
    """An order, phone and address masked; `promised_at` None: not known, or nothing to wait for. `reviewed`: lines."""

    order: Order
    phone: str
    promised_at: datetime | None
    overdue: bool
    reviewed: frozenset[int] = frozenset()

    def to_json(self) -> dict[str, Any]:
        return {
            **self.order.to_json(),
            "phone": self.phone,
            "address": self.order.address,
            "promised_at": _iso(self.promised_at),
            "overdue": self.overdue,
        }


@dataclass(frozen=True)
class ParcelView:
    """`stale`: nothing heard of it for too long."""

    parcel: Parcel
    stale: bool

    def to_json(self) -> dict[str, Any]:
        return {**self.parcel.to_json(), "stale": self.stale}


@dataclass(frozen=True)
class RefundView:
    """When the money arrives; None while it has not been sent, or the channel's time is not known."""

    refund: Refund
    earliest: datetime | None
    latest: datetime | None

    def to_json(self) -> dict[str, Any]:
        times = {"earliest": _iso(self.earliest), "latest": _iso(self.latest)}
        return {**self.refund.to_json(), **times}


@dataclass(frozen=True)
class PaymentView:
    """`difference`: yuan that the provider holds beyond what the order accounts for."""

    payments: tuple[Payment, ...]
    difference: Decimal

    @property
    def consistent(self) -> bool:
        return not self.difference

    def to_json(self) -> dict[str, Any]:
        return {
            "payments": [payment.to_json() for payment in self.payments],
            "difference": money.to_json(self.difference),
            "consistent": self.consistent,
        }


@dataclass(frozen=True)
class VariantView:
    """Sizes and colours of a line's family, as they are today."""

    line: int
    title: str
    variants: tuple[Variant, ...]

    def to_json(self) -> dict[str, Any]:
        variants = [
            {**vars(one), "options": dict(one.options), "price": money.to_json(one.price)}
            for one in self.variants
        ]
        return {"line": self.line, "title": self.title, "variants": variants}


@dataclass(frozen=True)
class Proposal:
    """What would happen; nothing has. The shopper is asked with `facts` (JSON values)."""

    operation_id: str
    operation: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Receipt:
    """`state`: "done", or "queued" while the shop's system cannot be reached."""

    operation_id: str
    operation: str
    state: str
    outcome: Outcome | None = None

    def to_json(self) -> dict[str, Any]:
        told = self.outcome.to_json() if self.outcome else {}
        return {"operation": self.operation, "state": self.state, **told}


@dataclass(frozen=True)
class Delivery:
    """How an operation of the outbox ended. `refusal`: code and facts, where a rule said no."""

    conversation_id: str
    operation_id: str
    operation: str
    receipt: Receipt | None
    refusal: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Belongings:
    """How much of a conversation is kept: messages, photos, lines of the cart."""

    messages: int
    photos: int
    goods: int

    def to_json(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class HumanCall:
    """A place in the queue, and whether anybody is there."""

    handoff: Handoff
    open: bool
    hours: str
    next_opening: datetime

    def to_json(self) -> dict[str, Any]:
        return {
            "queue_position": self.handoff.queue_position,
            "business_hours": self.hours,
            "open": self.open,
            "next_opening": self.next_opening.isoformat(),
        }


@dataclass(frozen=True)
class Summary:
    """For the agent who takes over; `orders` and `tickets` None: the back end is down."""

    conversation_id: str
    customer_id: str | None
    reason: str | None
    orders: tuple[Order, ...] | None
    tickets: tuple[Ticket, ...] | None
    operations: tuple[tuple[str, str], ...]
    said: tuple[Message, ...]

    def to_json(self) -> dict[str, Any]:
        orders, tickets = self.orders, self.tickets
        return {
            "conversation_id": self.conversation_id,
            "customer_id": self.customer_id,
            "reason": self.reason,
            "orders": None if orders is None else [order.to_json() for order in orders],
            "tickets": None if tickets is None else [ticket.to_json() for ticket in tickets],
            "operations": [{"operation": name, "state": state} for name, state in self.operations],
            "said": [message.to_json() for message in self.said],
        }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
