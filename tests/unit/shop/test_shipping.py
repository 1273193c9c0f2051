"""催发货, parcels that stand still, 改地址, and what of an address may be shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain import OrderStatus
from shop.domain.command import ChangeAddress, ReportStaleParcel, UrgeShipment
from shop.domain.decision import decide
from shop.domain.parcel import Parcel, ParcelEvent
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
from shop.domain.service import PerDepartment
from shop.domain.shipping import promised
from shop.domain.text import mask_address, mask_phone
from shop.domain.ticket import TicketKind, TicketStatus
from tests.unit.shop.service_cases import DAY, HOUR, NOW, RULES, case, item, order, ticket

PAID = order(OrderStatus.PAID)
URGE = UrgeShipment("N1")
STALE = ReportStaleParcel("N1", "B1")
MOVE = ChangeAddress("N1", "上海市浦东新区样例街 22 号")
PARCEL = Parcel("B1", "N1", "圆通速递", "YT1", NOW - 5 * DAY, (0,))


def test_the_slowest_department_counts() -> None:
    linen = item(department="家居家纺")
    assert promised(case(PAID), RULES) == NOW - 2 * DAY
    assert promised(case(order(OrderStatus.PAID, item(), linen)), RULES) == NOW - DAY


@pytest.mark.parametrize("hours", [0, 23.99])
def test_before_the_promise_nobody_is_urged(hours: float) -> None:
    with pytest.raises(NotOverdue) as refused:
        decide(URGE, case(order(OrderStatus.PAID, paid_at=NOW - hours * HOUR)), RULES, NOW)
    assert refused.value.facts["promised_at"] == (NOW + (24 - hours) * HOUR).isoformat()


def test_from_the_promise_on_it_is_escalated() -> None:
    effect = decide(URGE, case(order(OrderStatus.PAID, paid_at=NOW - DAY)), RULES, NOW)
    assert effect.ticket is not None
    assert (effect.ticket.kind, effect.ticket.once) == (TicketKind.URGE, "urge:N1")


def test_it_is_escalated_once_but_again_after_a_refusal() -> None:
    with pytest.raises(AlreadyAsked):
        decide(URGE, case(PAID, ticket(TicketKind.URGE, TicketStatus.DONE)), RULES, NOW)
    for status in (TicketStatus.REJECTED, TicketStatus.WITHDRAWN):
        assert decide(URGE, case(PAID, ticket(TicketKind.URGE, status)), RULES, NOW).ticket


@pytest.mark.parametrize("status", set(OrderStatus) - {OrderStatus.PAID})
def test_only_what_waits_for_shipment_is_urged(status: OrderStatus) -> None:
    with pytest.raises(WrongState) as refused:
        decide(URGE, case(order(status)), RULES, NOW)
    assert refused.value.facts == {"status": status.value}


def test_without_a_promise_nothing_is_guessed() -> None:
    silent = replace(RULES, promise_hours=PerDepartment(None, {}))
    with pytest.raises(UnknownPromise):
        decide(URGE, case(PAID), silent, NOW)


@pytest.mark.parametrize(("hours", "stale"), [(47.9, False), (48, True), (500, True)])
def test_a_parcel_of_which_nothing_is_heard(hours: float, stale: bool) -> None:
    moved = replace(PARCEL, events=(ParcelEvent(NOW - hours * HOUR, "已揽收"),))
    known = case(order(OrderStatus.SHIPPED), parcels=(moved,))
    if stale:
        assert decide(STALE, known, RULES, NOW).ticket
    else:
        with pytest.raises(NotStale):
            decide(STALE, known, RULES, NOW)


def test_a_parcel_without_any_event_counts_from_shipment() -> None:
    assert decide(STALE, case(parcels=(PARCEL,)), RULES, NOW).ticket
    with pytest.raises(NotStale):
        decide(STALE, case(parcels=(replace(PARCEL, delivered_at=NOW),)), RULES, NOW)


def test_each_parcel_is_asked_for_once() -> None:
    other = replace(PARCEL, parcel_no="B2")
    asked = ticket(TicketKind.STALE_PARCEL, details={"parcel_no": "B1"})
    known = case(None, asked, parcels=(PARCEL, other))
    with pytest.raises(AlreadyAsked):
        decide(STALE, known, RULES, NOW)
    assert decide(ReportStaleParcel("N1", "B2"), known, RULES, NOW).ticket
    with pytest.raises(UnknownParcel):
        decide(ReportStaleParcel("N1", "B9"), known, RULES, NOW)


@pytest.mark.parametrize("status", OrderStatus)
def test_an_address_changes_before_shipment_only(status: OrderStatus) -> None:
    if status in (OrderStatus.UNPAID, OrderStatus.PAID):
        assert decide(MOVE, case(order(status)), RULES, NOW).address == MOVE.address
        with pytest.raises(WrongState):
            decide(MOVE, case(order(status), parcels=(PARCEL,)), RULES, NOW)
    else:
        with pytest.raises(WrongState):
            decide(MOVE, case(order(status)), RULES, NOW)


@pytest.mark.parametrize(
    "text", ["", "上海", "x" * 20, "上" * 201, "北京市海淀区****", "1234567890123"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(BadAddress):
        decide(ChangeAddress("N1", text), case(PAID), RULES, NOW)


@pytest.mark.parametrize(
    ("old", "new"), [("北京市****", "新疆乌鲁木齐市天山区样例路 1 号"), ("西藏****", MOVE.address)]
)
def test_where_freight_differs_a_person_reckons(old: str, new: str) -> None:
    with pytest.raises(NeedsHuman):
        decide(ChangeAddress("N1", new), case(replace(PAID, address=old)), RULES, NOW)


def test_so_often_as_the_shop_allows() -> None:
    once = ticket(TicketKind.ADDRESS, TicketStatus.DONE)
    with pytest.raises(AlreadyAsked):
        decide(MOVE, case(PAID, once), RULES, NOW)
    assert decide(MOVE, case(PAID, once), replace(RULES, address_changes=2), NOW).address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("北京市海淀区演示路 1 号", "北京市海淀区****"),
        ("广东省广州市天河区演示大道 35 号", "广东省广州市天河区****"),
        ("新疆维吾尔自治区乌鲁木齐市天山区样例路 12 号", "新疆维吾尔自治区乌鲁木齐市天山区****"),
        ("浙江省杭州市样例路 3 号幸福小区 2 幢", "浙江省杭州市****"),
        ("somewhere 12", "****"),
        ("", "****"),
    ],
)
def test_the_region_may_be_shown(address: str, shown: str) -> None:
    assert mask_address(address) == shown
    assert mask_address(shown) == shown


@given(st.text(max_size=60))
def test_a_number_of_a_house_is_never_shown(address: str) -> None:
    masked = mask_address(f"上海市浦东新区{address}街 4711 号")
    assert "4711" not in masked
    assert masked.endswith("****")


def test_phones() -> None:
    assert mask_phone("13800000001") == "138****0001"
    assert mask_phone("1380001") == mask_phone("") == "****"
