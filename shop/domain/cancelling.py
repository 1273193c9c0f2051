"""取消订单: all of it or some lines, before shipment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from shop.domain import payment, refunding
from shop.domain.case import Case
from shop.domain.command import CancelOrder
from shop.domain.effect import Effect, TicketDraft, amount_fact
from shop.domain.order import OrderStatus
from shop.domain.refusal import PaymentUnclear, TooMany, WrongState
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind, TicketStatus


def cancel(command: CancelOrder, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises WrongState, PaymentUnclear, UnknownLine, TooMany, UnknownRefundChannel."""
    if case.order.status is OrderStatus.UNPAID:
        return _unpaid(command, case)
    if case.order.status is not OrderStatus.PAID or case.parcels:
        raise WrongState(status=case.order.status.value)
    pieces = _pieces(command.lines, case)
    if _nothing_stays(pieces, case):
        return _all(command, case)
    amount = sum(
        (refunding.worth(case, line, count) for line, count in pieces.items()), Decimal("0.00")
    )
    refund = refunding.draft(case, amount)
    return Effect(
        reason=command.reason.name.lower(),
        ticket=TicketDraft(
            TicketKind.CANCEL,
            TicketStatus.DONE,
            details={"lines": [list(pair) for pair in pieces.items()]},
        ),
        cancelled=pieces,
        refund=refund,
        facts={"whole": False, "amount": amount_fact(refund.amount), "channel": refund.channel},
    )


def _unpaid(command: CancelOrder, case: Case) -> Effect:
    """Nothing goes back, so nothing may have come in."""
    if payment.received(case.sale.payments):
        raise PaymentUnclear
    if command.lines:
        # What is not paid is bought anew without those lines: offers may count differently.
        raise WrongState(status=case.order.status.value)
    return Effect(
        reason=command.reason.name.lower(),
        ticket=TicketDraft(TicketKind.CANCEL, TicketStatus.DONE),
        order_status=OrderStatus.CANCELLED,
        facts={"whole": True, "amount": 0},
    )


def _all(command: CancelOrder, case: Case) -> Effect:
    refund = refunding.draft(case, case.refundable)
    return Effect(
        reason=command.reason.name.lower(),
        ticket=TicketDraft(TicketKind.CANCEL, TicketStatus.DONE),
        order_status=OrderStatus.REFUNDING,
        cancelled={n: case.left(n) for n in range(len(case.order.items)) if case.left(n)},
        refund=refund,
        facts={"whole": True, "amount": amount_fact(refund.amount), "channel": refund.channel},
    )


def _pieces(lines: Sequence[tuple[int, int]], case: Case) -> Mapping[int, int]:
    """Pieces by line; no lines are all."""
    if not lines:
        return {n: case.left(n) for n in range(len(case.order.items)) if case.left(n)}
    for line, quantity in lines:
        case.check_pieces(line, quantity)
    if len(dict(lines)) < len(lines):
        raise TooMany(available=0)
    return dict(lines)


def _nothing_stays(pieces: Mapping[int, int], case: Case) -> bool:
    return all(case.left(n) == pieces.get(n, 0) for n in range(len(case.order.items)))
