"""What follows when a request is withdrawn or moved on by an agent."""

import re
from decimal import Decimal

from shop.domain import refunding
from shop.domain.case import Case
from shop.domain.command import AdvanceTicket, Remedy, WithdrawTicket
from shop.domain.effect import Effect, RefundDraft, StockMove
from shop.domain.invoice import InvoiceState
from shop.domain.refusal import BadText
from shop.domain.ticket import Ticket, TicketKind, TicketStatus

_WORD = re.compile(r"[a-z][a-z_]{1,39}")
_ENDED = (TicketStatus.REJECTED, TicketStatus.WITHDRAWN)


def decide(command: WithdrawTicket | AdvanceTicket, ticket: Ticket, case: Case | None) -> Effect:
    """Raises WrongState; BadText where an agent's reason is not a stable word for the log."""
    if isinstance(command, WithdrawTicket):
        return _move(ticket, TicketStatus.WITHDRAWN, "withdrawn", case)
    if not _WORD.fullmatch(command.reason):
        raise BadText(limit=40)
    return _move(ticket, command.status, command.reason, case)


def _move(ticket: Ticket, wanted: TicketStatus, reason: str, case: Case | None) -> Effect:
    ticket.check(wanted)
    if case is None:
        return Effect(reason=reason, ticket_status=wanted)
    refund = _refund(ticket, wanted, case)
    return Effect(
        reason=reason,
        ticket_status=wanted,
        order_status=refunding.order_status(case, refund),
        refund=refund,
        invoice_issued=_issued(ticket, wanted, case),
        stock=_put_back(ticket, wanted),
    )


def _refund(ticket: Ticket, wanted: TicketStatus, case: Case) -> RefundDraft | None:
    """Money goes back when a return has been inspected, or a claim for money granted."""
    owed = ticket.kind in (TicketKind.RETURN, TicketKind.REFUND) or (
        ticket.kind is TicketKind.DEFECT and ticket.details["remedy"] == Remedy.REFUND.value
    )
    if wanted is not TicketStatus.DONE or not owed:
        return None
    amount = Decimal(str(ticket.details["amount"]))
    return refunding.draft(case, amount) if amount else None


def _issued(ticket: Ticket, wanted: TicketStatus, case: Case) -> str | None:
    invoice = case.invoice
    if ticket.kind is not TicketKind.INVOICE or wanted is not TicketStatus.DONE or invoice is None:
        return None
    return invoice.invoice_no if invoice.state is InvoiceState.REQUESTED else None


def _put_back(ticket: Ticket, wanted: TicketStatus) -> StockMove | None:
    """What an exchange kept for the customer, where it comes to nothing."""
    if ticket.kind is not TicketKind.EXCHANGE or wanted not in _ENDED:
        return None
    return StockMove(str(ticket.details["sku"]), -(ticket.quantity or 0))
