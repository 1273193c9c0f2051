"""催发货, parcels that do not move, 改地址."""

import re
from datetime import datetime, timedelta

from shop.domain.case import Case
from shop.domain.command import ChangeAddress, ReportStaleParcel, UrgeShipment
from shop.domain.effect import Effect, TicketDraft
from shop.domain.order import OrderStatus
from shop.domain.refusal import (
    AlreadyAsked,
    BadAddress,
    NeedsHuman,
    NotOverdue,
    NotStale,
    UnknownParcel,
    UnknownPromise,
    WrongState,
)
from shop.domain.service import ServiceRules
from shop.domain.text import writable
from shop.domain.ticket import TicketKind, TicketStatus

_ADDRESS = range(8, 201)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")


def promised(case: Case, rules: ServiceRules) -> datetime | None:
    """When the last line of a paid order is to be sent; None where it is not known."""
    order = case.order
    if order.paid_at is None:
        return None
    hours = [rules.promise_hours.of(item.department) for item in order.items]
    known = [hour for hour in hours if hour is not None]
    return order.paid_at + timedelta(hours=max(known)) if known else None


def urge(command: UrgeShipment, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """An overdue order is escalated, once. Raises WrongState, NotOverdue, AlreadyAsked."""
    if case.order.status is not OrderStatus.PAID:
        raise WrongState(status=case.order.status.value)
    moment = promised(case, rules)
    if moment is None:
        raise UnknownPromise
    if now < moment:
        raise NotOverdue(promised_at=moment.isoformat())
    case.check_first(TicketKind.URGE)
    return Effect(
        reason="overdue",
        ticket=TicketDraft(
            TicketKind.URGE,
            details={"promised_at": moment.isoformat()},
            once=f"urge:{command.order_no}",
        ),
        facts={"promised_at": moment.isoformat()},
    )


def report_stale(
    command: ReportStaleParcel, case: Case, rules: ServiceRules, now: datetime
) -> Effect:
    """Asks the carrier, once a parcel. Raises UnknownParcel, NotStale, AlreadyAsked."""
    found = [parcel for parcel in case.parcels if parcel.parcel_no == command.parcel_no]
    if not found:
        raise UnknownParcel
    parcel = found[0]
    if not parcel.stale(now, timedelta(hours=rules.stale_hours)):
        raise NotStale(last_at=parcel.last_at.isoformat())
    case.check_first(TicketKind.STALE_PARCEL, parcel_no=parcel.parcel_no)
    return Effect(
        reason="stale",
        ticket=TicketDraft(
            TicketKind.STALE_PARCEL,
            details={"parcel_no": parcel.parcel_no},
            once=f"stale:{parcel.parcel_no}",
        ),
        facts={"last_at": parcel.last_at.isoformat(), "tracking_no": parcel.tracking_no},
    )


def change_address(
    command: ChangeAddress, case: Case, rules: ServiceRules, now: datetime
) -> Effect:
    """Before shipment, so often as the shop allows. Raises WrongState, BadAddress, NeedsHuman."""
    order = case.order
    if order.status not in (OrderStatus.UNPAID, OrderStatus.PAID) or case.parcels:
        raise WrongState(status=order.status.value)
    changes = [t for t in case.history.tickets if t.kind is TicketKind.ADDRESS]
    if len(changes) >= rules.address_changes:
        raise AlreadyAsked(ticket_no=changes[-1].ticket_no)
    address = _address(command.address)
    if any(end.startswith(rules.address_by_human) for end in (address, order.address)):
        raise NeedsHuman(why="freight")
    return Effect(
        reason="asked",
        ticket=TicketDraft(TicketKind.ADDRESS, TicketStatus.DONE),
        address=address,
        facts={"address": address},
    )


def _address(text: str) -> str:
    """Raises BadAddress."""
    address = re.sub(r"\s+", " ", writable(text)).strip()
    if len(address) not in _ADDRESS or not _CHINESE.search(address) or "****" in address:
        raise BadAddress
    return address
