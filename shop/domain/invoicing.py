"""发票: one valid invoice an order, which can be replaced."""

from datetime import datetime
from decimal import Decimal

from shop.domain.case import Case
from shop.domain.command import ReissueInvoice, RequestInvoice
from shop.domain.effect import Effect, InvoiceDraft, TicketDraft, amount_fact
from shop.domain.invoice import InvoiceKind, check_tax_number, check_title
from shop.domain.order import OrderStatus
from shop.domain.refusal import (
    InvoiceExists,
    NoInvoice,
    NothingLeft,
    WindowClosed,
    WrongState,
)
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind

_INVOICED = (OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.COMPLETED)


def request(command: RequestInvoice, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises WrongState, WindowClosed, InvoiceExists, BadInvoiceTitle, BadTaxNumber."""
    if case.invoice is not None:
        raise InvoiceExists(invoice_no=case.invoice.invoice_no)
    return _effect("asked", _draft(command, case, rules, now))


def reissue(command: ReissueInvoice, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """The old one becomes void. Raises like `request`, and NoInvoice."""
    if case.invoice is None:
        raise NoInvoice
    replaced = case.invoice.invoice_no
    return _effect("replaced", _draft(command, case, rules, now, replaced))


def _draft(
    command: RequestInvoice | ReissueInvoice,
    case: Case,
    rules: ServiceRules,
    now: datetime,
    replaces: str | None = None,
) -> InvoiceDraft:
    title = check_title(command.title)
    company = command.kind is InvoiceKind.COMPANY
    tax_no = check_tax_number(command.tax_no or "") if company else None
    return InvoiceDraft(command.kind, title, _amount(case, rules, now), tax_no, replaces)


def _amount(case: Case, rules: ServiceRules, now: datetime) -> Decimal:
    """What was paid and stayed with the shop."""
    order = case.order
    if order.status not in _INVOICED or order.paid_at is None:
        raise WrongState(status=order.status.value)
    until = rules.until(order.paid_at, rules.invoice_days)
    if now >= until:
        raise WindowClosed(until=until.isoformat())
    amount = order.amount - case.refunded
    if amount <= 0:
        raise NothingLeft
    return amount


def _effect(reason: str, draft: InvoiceDraft) -> Effect:
    return Effect(
        reason=reason,
        ticket=TicketDraft(TicketKind.INVOICE),
        invoice=draft,
        facts={
            "kind": draft.kind.value,
            "title": draft.title,
            "tax_no": draft.tax_no,
            "amount": amount_fact(draft.amount),
            "replaces": draft.replaces,
        },
    )
