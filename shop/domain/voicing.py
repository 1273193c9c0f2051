"""评价 of goods and 投诉."""

from datetime import datetime

from shop.domain.case import Case
from shop.domain.command import Complain, ReviewGoods
from shop.domain.effect import Effect, ReviewDraft, TicketDraft
from shop.domain.order import OrderStatus
from shop.domain.rating import check_mark
from shop.domain.refusal import AlreadyReviewed, WrongState
from shop.domain.service import ServiceRules
from shop.domain.text import check_text, writable
from shop.domain.ticket import TicketKind

_REVIEW_LENGTH, _COMPLAINT_LENGTH = 500, 1000


def review(command: ReviewGoods, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Once a line; the last review completes the order. Raises WrongState, AlreadyReviewed."""
    item, order = case.item(command.line), case.order
    if order.status not in (OrderStatus.DELIVERED, OrderStatus.COMPLETED):
        raise WrongState(status=order.status.value)
    done = {one.line for one in case.history.reviews}
    if command.line in done:
        raise AlreadyReviewed
    text = check_text(command.text, _REVIEW_LENGTH) if writable(command.text).strip() else ""
    last = done | {command.line} == set(range(len(order.items)))
    completes = last and order.status is OrderStatus.DELIVERED
    return Effect(
        reason="reviewed",
        order_status=OrderStatus.COMPLETED if completes else None,
        review=ReviewDraft(command.line, check_mark(command.stars), text),
        facts={"title": item.title, "stars": command.stars},
    )


def complain(command: Complain) -> Effect:
    """With or without an order. Raises BadText."""
    text = check_text(command.text, _COMPLAINT_LENGTH)
    return Effect(
        reason="complaint", ticket=TicketDraft(TicketKind.COMPLAINT, details={"text": text})
    )
