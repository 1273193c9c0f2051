"""保修 and 维修: covered for months that depend on the department, counted from delivery."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.domain.case import Case
from shop.domain.command import RequestRepair
from shop.domain.effect import Effect, TicketDraft
from shop.domain.refusal import AlreadyAsked, NotDelivered, NothingLeft, UnknownWindow
from shop.domain.service import ServiceRules
from shop.domain.text import check_text
from shop.domain.ticket import TicketKind

_FAULT_LENGTH = 500


@dataclass(frozen=True)
class Warranty:
    """Of one line. `covered` None: not known here; `until` None too where there is no warranty."""

    line: int
    title: str
    covered: bool | None
    until: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "until": self.until.isoformat() if self.until else None}


def of_line(case: Case, line: int, rules: ServiceRules, now: datetime) -> Warranty:
    """Raises UnknownLine, NotDelivered."""
    item, arrived = case.item(line), case.delivered_at(line)
    if arrived is None:
        raise NotDelivered(status=case.order.status.value)
    months = rules.warranty_months.of(item.department) if item.department else None
    if months is None:
        return Warranty(line, item.title, covered=None)
    if not months:
        return Warranty(line, item.title, covered=False)
    until = rules.months_after(arrived, months)
    return Warranty(line, item.title, now < until, until)


def repair(command: RequestRepair, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """Out of warranty too, at the customer's cost. Raises UnknownWindow, NotDelivered, AlreadyAsked."""
    warranty = of_line(case, command.line, rules, now)
    if warranty.covered is None:
        raise UnknownWindow(category=case.item(command.line).category)
    if not case.left(command.line):
        raise NothingLeft
    running = case.asked(TicketKind.REPAIR, line=command.line)
    if running is not None and running.open:
        raise AlreadyAsked(ticket_no=running.ticket_no)
    return Effect(
        reason="covered" if warranty.covered else "not_covered",
        ticket=TicketDraft(
            TicketKind.REPAIR,
            line=command.line,
            quantity=1,
            details={
                "fault": check_text(command.fault, _FAULT_LENGTH),
                "covered": warranty.covered,
            },
        ),
        facts=warranty.to_json(),
    )
