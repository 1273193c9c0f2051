"""What a command comes to: decided by pure rules, written by whoever keeps the order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shop.domain import money
from shop.domain.invoice import Invoice, InvoiceKind
from shop.domain.order import OrderStatus
from shop.domain.refund import Refund, RefundState
from shop.domain.ticket import Ticket, TicketKind, TicketStatus


@dataclass(frozen=True)
class TicketDraft:
    """A request to open. `once`: no second one of this key can be, whatever happens at once."""

    kind: TicketKind
    status: TicketStatus = TicketStatus.OPEN
    line: int | None = None
    quantity: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    once: str | None = None


@dataclass(frozen=True)
class RefundDraft:
    amount: Decimal
    channel: str


@dataclass(frozen=True)
class InvoiceDraft:
    """`replaces`: the number of the one that becomes void."""

    kind: InvoiceKind
    title: str
    amount: Decimal
    tax_no: str | None = None
    replaces: str | None = None


@dataclass(frozen=True)
class ReviewDraft:
    line: int
    stars: int
    text: str


@dataclass(frozen=True)
class StockMove:
    """Pieces taken out of stock, or put back where negative."""

    sku: str
    pieces: int


@dataclass(frozen=True)
class Effect:
    """All changes of one operation; what is None or empty stays as it is."""

    reason: str
    ticket: TicketDraft | None = None
    ticket_status: TicketStatus | None = None
    order_status: OrderStatus | None = None
    address: str | None = None
    cancelled: Mapping[int, int] = field(default_factory=dict)
    refund: RefundDraft | None = None
    refund_moves: Mapping[str, RefundState] = field(default_factory=dict)
    invoice: InvoiceDraft | None = None
    invoice_issued: str | None = None
    review: ReviewDraft | None = None
    stock: StockMove | None = None
    # What the shopper is to be told before confirming, as JSON values.
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What an operation has done; the same operation again gives the same outcome."""

    operation_id: str
    ticket: Ticket | None = None
    refund: Refund | None = None
    invoice: Invoice | None = None
    order_status: OrderStatus | None = None

    def to_json(self) -> dict[str, Any]:
        """What the shopper may see."""
        return {
            "ticket": self.ticket.to_json() if self.ticket else None,
            "refund": self.refund.to_json() if self.refund else None,
            "invoice": self.invoice.to_json() if self.invoice else None,
            "order_status": self.order_status.value if self.order_status else None,
        }


def amount_fact(amount: Decimal) -> int | float:
    """An amount among the facts."""
    return money.to_json(amount)
