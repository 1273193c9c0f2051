"""How much goes back, which way, and what becomes of the order."""

from datetime import datetime
from decimal import Decimal

from shop.domain import payment
from shop.domain.case import Case
from shop.domain.command import SettleRefund
from shop.domain.effect import Effect, RefundDraft
from shop.domain.order import OrderStatus
from shop.domain.payment import ZERO
from shop.domain.refund import RefundState, pieces_paid
from shop.domain.refusal import NothingLeft, UnknownRefundChannel, UnknownTicket
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind


def draft(case: Case, amount: Decimal) -> RefundDraft:
    """So much, but never more than came in. Raises UnknownRefundChannel, NothingLeft."""
    channel = payment.channel(case.sale.payments)
    if channel is None:
        raise UnknownRefundChannel
    limited = min(amount, case.refundable)
    if limited <= 0:
        raise NothingLeft
    return RefundDraft(limited, channel)


def worth(case: Case, line: int, quantity: int) -> Decimal:
    """What was paid for pieces, less what price protection gave back for them."""
    given = ZERO
    protection = case.asked(TicketKind.PRICE, line=line)
    if protection is not None:
        given = Decimal(str(protection.details["per_piece"])) * quantity
    return max(pieces_paid(case.order, line, case.gone(line), quantity) - given, ZERO)


def order_status(case: Case, refund: RefundDraft | None) -> OrderStatus | None:
    """An order of which all money goes back is refunding; freight may stay with the shop."""
    if refund is None:
        return None
    left = case.refundable - refund.amount
    fully = left <= case.order.freight and not any(
        case.left(line) for line in range(len(case.order.items))
    )
    return OrderStatus.REFUNDING if fully else None


def settle(command: SettleRefund, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises UnknownTicket for no such refund, WrongState."""
    found = [r for r in case.history.refunds if r.refund_no == command.refund_no]
    if not found:
        raise UnknownTicket
    wanted = RefundState.SENT if command.sent else RefundState.FAILED
    found[0].check(wanted)
    others = (r for r in case.history.refunds if r is not found[0])
    all_sent = command.sent and all(other.state is RefundState.SENT for other in others)
    refunding = case.order.status is OrderStatus.REFUNDING
    return Effect(
        reason="sent" if command.sent else "failed",
        order_status=OrderStatus.REFUNDED if refunding and all_sent else None,
        refund_moves={command.refund_no: wanted},
    )
