"""Everything that is known about an order: what the rules of the after-sale desk decide on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from shop.domain import payment
from shop.domain.invoice import Invoice, InvoiceState
from shop.domain.order import Order, OrderItem
from shop.domain.parcel import Parcel
from shop.domain.payment import Payment
from shop.domain.rating import Review
from shop.domain.refund import Refund
from shop.domain.refusal import AlreadyAsked, TooMany, UnknownLine
from shop.domain.ticket import Ticket, TicketKind, TicketStatus

# Goods of such a request are on their way back, or with the shop.
_TAKING = (TicketKind.RETURN, TicketKind.EXCHANGE, TicketKind.REFUND, TicketKind.DEFECT)
_VOID = (TicketStatus.REJECTED, TicketStatus.WITHDRAWN)


@dataclass(frozen=True)
class Variant:
    """A SKU of the family that a line was bought from, as it is today."""

    sku: str
    options: Mapping[str, str]
    price: Decimal
    stock: int


@dataclass(frozen=True)
class Sale:
    """What the order system knows; phone and address are masked. `variants`: by line."""

    order: Order
    phone: str
    payments: tuple[Payment, ...] = ()
    variants: Mapping[int, tuple[Variant, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """What the after-sale system knows of an order, oldest first."""

    tickets: tuple[Ticket, ...] = ()
    refunds: tuple[Refund, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True)
class Case:
    """The three together."""

    sale: Sale
    parcels: tuple[Parcel, ...]
    history: History

    @property
    def order(self) -> Order:
        return self.sale.order

    @property
    def refunded(self) -> Decimal:
        """Yuan that went back or are about to; what failed is sent again."""
        return sum((refund.amount for refund in self.history.refunds), Decimal("0.00"))

    @property
    def refundable(self) -> Decimal:
        """Yuan that were received and have not gone back."""
        return payment.received(self.sale.payments) - self.refunded

    @property
    def invoice(self) -> Invoice | None:
        """The one that counts."""
        valid = (i for i in self.history.invoices if i.state is not InvoiceState.VOIDED)
        return next(valid, None)

    def item(self, line: int) -> OrderItem:
        """Raises UnknownLine."""
        if not 0 <= line < len(self.order.items):
            raise UnknownLine
        return self.order.items[line]

    def gone(self, line: int) -> int:
        """Pieces of a line that were cancelled or are part of another request."""
        taken = (
            ticket.quantity or 0
            for ticket in self.history.tickets
            if ticket.kind in _TAKING and ticket.status not in _VOID and ticket.line == line
        )
        return self.item(line).cancelled + sum(taken)

    def left(self, line: int) -> int:
        """Pieces of a line that can still be asked for."""
        return max(self.item(line).quantity - self.gone(line), 0)

    def check_pieces(self, line: int, quantity: int) -> OrderItem:
        """Raises UnknownLine, TooMany."""
        item = self.item(line)
        if not 1 <= quantity <= self.left(line):
            raise TooMany(available=self.left(line))
        return item

    def asked(self, kind: TicketKind, **details: object) -> Ticket | None:
        """The latest request of a kind that was neither rejected nor withdrawn."""
        for ticket in reversed(self.history.tickets):
            told = {**ticket.details, "line": ticket.line}
            same = all(told.get(name) == value for name, value in details.items())
            if ticket.kind is kind and ticket.status not in _VOID and same:
                return ticket
        return None

    def check_first(self, kind: TicketKind, **details: object) -> None:
        """Raises AlreadyAsked."""
        before = self.asked(kind, **details)
        if before is not None:
            raise AlreadyAsked(ticket_no=before.ticket_no)

    def delivered_at(self, line: int) -> datetime | None:
        """When the parcel with a line arrived, else when the order did."""
        arrived = [p.delivered_at for p in self.parcels if line in p.lines]
        if arrived and all(arrived):
            return max(moment for moment in arrived if moment)
        return None if arrived else self.order.delivered_at
