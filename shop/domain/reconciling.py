"""支付异常: what the provider holds against what the order says."""

from datetime import datetime
from decimal import Decimal

from shop.domain import payment
from shop.domain.case import Case
from shop.domain.command import ReportPayment
from shop.domain.effect import Effect, TicketDraft, amount_fact
from shop.domain.order import OrderStatus
from shop.domain.payment import PaymentState
from shop.domain.refusal import PaymentConsistent
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind


def difference(case: Case) -> Decimal:
    """Yuan that the provider holds beyond what the order accounts for; negative: too few."""
    order, held = case.order, payment.received(case.sale.payments)
    if order.status is OrderStatus.UNPAID:
        return held
    if order.status is OrderStatus.CANCELLED:
        return held - case.refunded
    return held - order.amount if case.sale.payments else Decimal("0.00")


def report(command: ReportPayment, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """A difference is reconciled by people, once. Raises PaymentConsistent, AlreadyAsked."""
    found = difference(case)
    if not found:
        pending = any(p.state is PaymentState.PENDING for p in case.sale.payments)
        raise PaymentConsistent(status=case.order.status.value, pending=pending)
    case.check_first(TicketKind.PAYMENT)
    return Effect(
        reason="payment_differs",
        ticket=TicketDraft(
            TicketKind.PAYMENT,
            details={"difference": str(found), "status": case.order.status.value},
            once=f"payment:{command.order_no}",
        ),
        facts={"difference": amount_fact(found), "status": case.order.status.value},
    )
