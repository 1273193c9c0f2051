"""What happened to the demo shop's orders after they were placed: parcels, payments, refunds, invoices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from shop.demo.files import Entry
from shop.domain.invoice import Invoice, InvoiceKind, InvoiceState, check_tax_number
from shop.domain.order import Order, OrderStatus
from shop.domain.parcel import Parcel, ParcelEvent
from shop.domain.payment import Payment, PaymentState
from shop.domain.refund import Refund, RefundState, line_paid
from shop.domain.refusal import BadTaxNumber
from shop.domain.ticket import Ticket, TicketKind, TicketStatus

# What carriers usually report, in hours after shipment.
_USUAL = ((0, "已揽收"), (10, "已发往目的地城市"), (26, "已到达目的地网点"), (40, "正在派送"))
_REFUNDED_AFTER = timedelta(days=1)


class PaymentEntry(Entry):
    """An attempt to pay, other than the one that paid for the order."""

    state: PaymentState
    hours_after: float = Field(0.1, ge=0)


class EventEntry(Entry):
    hours_after: float = Field(ge=0)
    text: str


class ParcelEntry(Entry):
    """Hours count from the placing of the order."""

    carrier: str
    tracking_no: str
    lines: list[int]
    shipped_hours_after: float = Field(20, ge=0)
    delivered_hours_after: float | None = None
    events: list[EventEntry]


def _tax_number(text: str) -> str:
    try:
        return check_tax_number(text)
    except BadTaxNumber as cause:
        raise ValueError("not a taxpayer number") from cause


class InvoiceEntry(Entry):
    kind: InvoiceKind
    title: str
    tax_no: Annotated[str, AfterValidator(_tax_number)] | None = None
    state: InvoiceState = InvoiceState.ISSUED


class ServedEntry(Entry):
    """`channel`: how the order was paid; without `parcels` the usual single one is on its way."""

    channel: str = "支付宝"
    payments: list[PaymentEntry] = []
    parcels: list[ParcelEntry] | None = None
    invoice: InvoiceEntry | None = None


@dataclass(frozen=True)
class Served:
    """Everything around one order."""

    parcels: Sequence[Parcel]
    payments: Sequence[Payment]
    tickets: Sequence[Ticket]
    refunds: Sequence[Refund]
    invoices: Sequence[Invoice]


def served(order: Order, entry: ServedEntry, now: datetime) -> Served:
    """Derived from the moments of the order, and from what its entry says besides."""
    tickets, refunds = _refunded(order, entry)
    return Served(
        _parcels(order, entry, now),
        _payments(order, entry),
        tickets,
        refunds,
        _invoices(order, entry),
    )


def _payments(order: Order, entry: ServedEntry) -> list[Payment]:
    found = [
        _payment(order, n, entry.channel, one.state, timedelta(hours=one.hours_after))
        for n, one in enumerate(entry.payments, 2)
    ]
    if order.paid_at is not None:
        took = order.paid_at - order.placed_at
        found.insert(0, _payment(order, 1, entry.channel, PaymentState.PAID, took))
    return found


def _payment(
    order: Order, number: int, channel: str, state: PaymentState, took: timedelta
) -> Payment:
    name = f"P-{order.order_no}-{number}"
    return Payment(name, order.order_no, channel, order.amount, state, order.placed_at + took)


def _parcels(order: Order, entry: ServedEntry, now: datetime) -> list[Parcel]:
    if entry.parcels is not None:
        return [_parcel(order, n, one) for n, one in enumerate(entry.parcels, 1)]
    if order.shipped_at is None or order.carrier is None or order.tracking_no is None:
        return []
    usual = [ParcelEvent(order.shipped_at + timedelta(hours=h), text) for h, text in _USUAL]
    end = order.delivered_at or now
    events = [event for event in usual if event.at < end]
    if order.delivered_at is not None:
        events.append(ParcelEvent(order.delivered_at, "已签收"))
    return [
        Parcel(
            parcel_no=f"B-{order.order_no}-1",
            order_no=order.order_no,
            carrier=order.carrier,
            tracking_no=order.tracking_no,
            shipped_at=order.shipped_at,
            lines=tuple(range(len(order.items))),
            delivered_at=order.delivered_at,
            events=tuple(events),
        )
    ]


def _parcel(order: Order, number: int, entry: ParcelEntry) -> Parcel:
    def at(hours: float) -> datetime:
        return order.placed_at + timedelta(hours=hours)

    arrived = entry.delivered_hours_after
    return Parcel(
        parcel_no=f"B-{order.order_no}-{number}",
        order_no=order.order_no,
        carrier=entry.carrier,
        tracking_no=entry.tracking_no,
        shipped_at=at(entry.shipped_hours_after),
        lines=tuple(entry.lines),
        delivered_at=None if arrived is None else at(arrived),
        events=tuple(ParcelEvent(at(event.hours_after), event.text) for event in entry.events),
    )


def _refunded(order: Order, entry: ServedEntry) -> tuple[list[Ticket], list[Refund]]:
    """Orders that are refunding or refunded went back whole."""
    if order.status not in (OrderStatus.REFUNDING, OrderStatus.REFUNDED):
        return [], []
    asked = (order.delivered_at or order.placed_at) + _REFUNDED_AFTER
    tickets = [_sent_back(order, line, asked) for line in range(len(order.items))]
    return tickets, [_paid_back(order, ticket, entry.channel) for ticket in tickets]


def _sent_back(order: Order, line: int, asked: datetime) -> Ticket:
    amount = str(line_paid(order, line))
    return Ticket(
        ticket_no=f"T-{order.order_no}-{line + 1}",
        kind=TicketKind.RETURN,
        status=TicketStatus.DONE,
        opened_at=asked,
        order_no=order.order_no,
        customer_id=order.customer_id,
        line=line,
        quantity=order.items[line].quantity,
        details={"reason": "七天无理由", "condition": "未拆封", "amount": amount},
    )


def _paid_back(order: Order, ticket: Ticket, channel: str) -> Refund:
    sent = order.closed_at if order.status is OrderStatus.REFUNDED else None
    return Refund(
        refund_no=ticket.ticket_no.replace("T-", "R-"),
        order_no=order.order_no,
        ticket_no=ticket.ticket_no,
        amount=Decimal(ticket.details["amount"]),
        channel=channel,
        state=RefundState.PROCESSING if sent is None else RefundState.SENT,
        requested_at=ticket.opened_at,
        sent_at=sent,
    )


def _invoices(order: Order, entry: ServedEntry) -> list[Invoice]:
    if entry.invoice is None or order.paid_at is None:
        return []
    issued = entry.invoice.state is InvoiceState.ISSUED
    moment = order.delivered_at or order.paid_at
    return [
        Invoice(
            invoice_no=f"F-{order.order_no}-1",
            order_no=order.order_no,
            kind=entry.invoice.kind,
            title=entry.invoice.title,
            amount=order.amount,
            state=entry.invoice.state,
            requested_at=moment,
            tax_no=entry.invoice.tax_no,
            issued_at=moment if issued else None,
        )
    ]
