"""破损, 少件, 发错: told soon after delivery, with photos."""

from datetime import datetime, timedelta

from shop.domain import refunding
from shop.domain.case import Case
from shop.domain.command import Remedy, ReportDefect
from shop.domain.effect import Effect, TicketDraft, amount_fact
from shop.domain.refusal import NotDelivered, PhotosNeeded, WindowClosed
from shop.domain.service import ServiceRules
from shop.domain.ticket import TicketKind


def report(command: ReportDefect, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Raises UnknownLine, TooMany, NotDelivered, WindowClosed, PhotosNeeded."""
    item = case.check_pieces(command.line, command.quantity)
    arrived = case.delivered_at(command.line)
    if arrived is None:
        raise NotDelivered(status=case.order.status.value)
    until = arrived + timedelta(hours=rules.defect_hours)
    if now >= until:
        raise WindowClosed(until=until.isoformat())
    if not command.photos:
        raise PhotosNeeded
    amount = refunding.worth(case, command.line, command.quantity)
    money_back = command.remedy is Remedy.REFUND
    return Effect(
        reason=command.defect.name.lower(),
        ticket=TicketDraft(
            TicketKind.DEFECT,
            line=command.line,
            quantity=command.quantity,
            details={
                "defect": command.defect.value,
                "remedy": command.remedy.value,
                "photos": list(command.photos),
                **({"amount": str(amount)} if money_back else {}),
            },
        ),
        facts={
            "title": item.title,
            "remedy": command.remedy.value,
            **({"amount": amount_fact(amount)} if money_back else {}),
        },
    )
