"""退货, 换货 and 仅退款: windows, condition, pieces, and the variant wanted instead."""

from datetime import datetime

from shop.domain import payment, refunding
from shop.domain.case import Case, Variant
from shop.domain.command import FAULTS, Condition, ExchangeGoods, RefundOnly, ReturnGoods
from shop.domain.effect import Effect, StockMove, TicketDraft, amount_fact
from shop.domain.order import OrderItem, OrderStatus
from shop.domain.refusal import (
    NotAVariant,
    NotDelivered,
    NotInStock,
    NotReturnable,
    PriceDiffers,
    ReturnFirst,
    UnknownPrice,
    UnknownWindow,
    WindowClosed,
    WrongState,
)
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind


def send_back(command: ReturnGoods, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises NotDelivered, UnknownLine, TooMany, WindowClosed, NotReturnable, UnknownWindow."""
    item = case.check_pieces(command.line, command.quantity)
    fault = command.reason in FAULTS
    days = rules.quality_days if fault else _days(item, rules)
    until = check_window(case, command.line, days, rules, now)
    if not fault:
        _check_condition(item, command.condition, rules)
    amount = refunding.worth(case, command.line, command.quantity)
    return Effect(
        reason=command.reason.name.lower(),
        ticket=TicketDraft(
            TicketKind.RETURN,
            line=command.line,
            quantity=command.quantity,
            details={
                "reason": command.reason.value,
                "condition": command.condition.value,
                "amount": str(amount),
            },
        ),
        facts={
            "title": item.title,
            "amount": amount_fact(amount),
            "channel": payment.channel(case.sale.payments),
            "until": until.isoformat(),
            "pays_return": "shop" if fault else "customer",
        },
    )


def exchange(command: ExchangeGoods, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises like `send_back`, and NotAVariant, PriceDiffers, NotInStock, UnknownPrice."""
    item = case.check_pieces(command.line, command.quantity)
    fault = command.reason in FAULTS
    until = check_window(case, command.line, rules.exchange_days, rules, now)
    if not fault:
        _check_condition(item, command.condition, rules)
    wanted = _variant(command, case, item)
    return Effect(
        reason=command.reason.name.lower(),
        ticket=TicketDraft(
            TicketKind.EXCHANGE,
            line=command.line,
            quantity=command.quantity,
            details={
                "reason": command.reason.value,
                "condition": command.condition.value,
                "sku": wanted.sku,
            },
        ),
        stock=StockMove(wanted.sku, command.quantity),
        facts={
            "title": item.title,
            "options": dict(wanted.options),
            "until": until.isoformat(),
            "pays_return": "shop" if fault else "customer",
        },
    )


def refund_only(command: RefundOnly, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Money without goods coming back: they never came, or have a fault; people decide.

    Raises WrongState before shipment, ReturnFirst for arrived goods without a fault.
    """
    item = case.check_pieces(command.line, command.quantity)
    if case.order.status in (OrderStatus.UNPAID, OrderStatus.PAID, OrderStatus.CANCELLED):
        raise WrongState(status=case.order.status.value)
    arrived = case.delivered_at(command.line) is not None
    if arrived:
        check_window(case, command.line, rules.refund_days, rules, now)
    if arrived and command.reason not in FAULTS:
        raise ReturnFirst
    amount = refunding.worth(case, command.line, command.quantity)
    return Effect(
        reason=command.reason.name.lower(),
        ticket=TicketDraft(
            TicketKind.REFUND,
            line=command.line,
            quantity=command.quantity,
            details={"reason": command.reason.value, "amount": str(amount)},
        ),
        facts={
            "title": item.title,
            "amount": amount_fact(amount),
            "channel": payment.channel(case.sale.payments),
        },
    )


def check_window(case: Case, line: int, days: int, rules: ServiceRules, now: datetime) -> datetime:
    """The end of a window that is open. Raises NotDelivered, WindowClosed."""
    arrived = case.delivered_at(line)
    if arrived is None:
        raise NotDelivered(status=case.order.status.value)
    until = rules.until(arrived, days)
    if now >= until:
        raise WindowClosed(until=until.isoformat())
    return until


def _days(item: OrderItem, rules: ServiceRules) -> int:
    """Days for goods without a fault. Raises NotReturnable, UnknownWindow."""
    if rules.never_returned & {item.category, item.department}:
        raise NotReturnable(category=item.category)
    days = rules.return_days.of(item.department) if item.department else None
    if days is None:
        raise UnknownWindow(category=item.category)
    return days


def _check_condition(item: OrderItem, condition: Condition, rules: ServiceRules) -> None:
    """Raises NotReturnable."""
    sealed_only = bool(rules.sealed_only & {item.category, item.department})
    if condition is Condition.USED or (sealed_only and condition is not Condition.SEALED):
        raise NotReturnable(category=item.category, condition=condition.value)


def _variant(command: ExchangeGoods, case: Case, item: OrderItem) -> Variant:
    family = case.sale.variants.get(command.line, ())
    if not family:
        raise UnknownPrice
    wanted = next((variant for variant in family if variant.sku == command.sku), None)
    if wanted is None:
        raise NotAVariant
    # Other goods at another price are a new purchase; the same SKU replaces what is faulty.
    if wanted.sku != item.sku and wanted.price != _own_price(family, item):
        raise PriceDiffers(price=str(wanted.price), paid=str(item.price))
    if wanted.stock < command.quantity:
        raise NotInStock(available=wanted.stock)
    return wanted


def _own_price(family: tuple[Variant, ...], item: OrderItem) -> object:
    """Today's price of what was bought, so that a price cut of the family hinders nothing."""
    return next((one.price for one in family if one.sku == item.sku), item.price)
