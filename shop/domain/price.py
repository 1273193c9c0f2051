"""价保: the difference to today's price, once a line."""

from datetime import datetime
from decimal import Decimal

from shop.domain import refunding
from shop.domain.case import Case
from shop.domain.command import ProtectPrice
from shop.domain.effect import Effect, TicketDraft, amount_fact
from shop.domain.order import OrderStatus
from shop.domain.refusal import NoPriceDrop, NothingLeft, UnknownPrice, WindowClosed, WrongState
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind, TicketStatus

_COVERED = (OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.COMPLETED)


def protect(command: ProtectPrice, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises WrongState, WindowClosed, AlreadyAsked, UnknownPrice, NoPriceDrop."""
    item = case.item(command.line)
    until = _window(case, rules, now)
    case.check_first(TicketKind.PRICE, line=command.line)
    if not case.left(command.line):
        raise NothingLeft
    today = _dropped(case, command.line)
    pieces, per_piece = case.left(command.line), item.price - today
    # What a discount took off has been given already.
    refund = refunding.draft(
        case, min(per_piece * pieces, refunding.worth(case, command.line, pieces))
    )
    return Effect(
        reason="price_dropped",
        ticket=TicketDraft(
            TicketKind.PRICE,
            TicketStatus.DONE,
            line=command.line,
            quantity=pieces,
            details={"per_piece": str(per_piece), "today": str(today)},
            once=f"price:{command.order_no}:{command.line}",
        ),
        refund=refund,
        facts={
            "title": item.title,
            "paid": amount_fact(item.price),
            "today": amount_fact(today),
            "quantity": pieces,
            "amount": amount_fact(refund.amount),
            "channel": refund.channel,
            "until": until.isoformat(),
        },
    )


def _window(case: Case, rules: ServiceRules, now: datetime) -> datetime:
    """Its end, while it is open."""
    order = case.order
    if order.status not in _COVERED or order.paid_at is None:
        raise WrongState(status=order.status.value)
    until = rules.until(order.paid_at, rules.price_days)
    if now >= until:
        raise WindowClosed(until=until.isoformat())
    return until


def _dropped(case: Case, line: int) -> Decimal:
    """Today's price, below the one paid."""
    item = case.item(line)
    family = case.sale.variants.get(line, ())
    today = next((variant.price for variant in family if variant.sku == item.sku), None)
    if today is None:
        raise UnknownPrice
    if today >= item.price:
        raise NoPriceDrop(price=str(today), paid=str(item.price))
    return today
