"""Orders, parcels, cancelling, addresses and payments by talk, and what they leave in the database."""

from typing import Any

import pytest

from shop.domain.order import Order, OrderStatus
from shop.domain.ticket import Ticket, TicketKind
from tests.integration.desk.conftest import Arrive
from tests.integration.desk.counter import RULES, Counter

FALLBACK, YES, NO = "fallback", "affirm", "deny"
URGE, TRACK, ADDRESS, PAY, CANCEL = (
    "urge_shipping", "track_parcel", "change_address", "payment_problem", "cancel_order",
)  # fmt: skip
NEW = "浙江省杭州市西湖区文三路 99 号 3 幢 501 室"


async def order_of(counter: Counter, number: str) -> Order:
    async with counter.storage.unit() as unit:
        return await unit.orders.find(number)


async def tickets_of(counter: Counter, number: str) -> list[Ticket]:
    async with counter.storage.unit() as unit:
        return list(await unit.tickets.of_order(number))


async def kinds(counter: Counter, number: str) -> list[TicketKind]:
    return [ticket.kind for ticket in await tickets_of(counter, number)]


async def test_an_overdue_order_is_urged_once(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(URGE, "DG100054怎么还不发货，催一下")
    assert said.responses == ["utter_urge_shipping_confirm"]
    assert await tickets_of(counter, "DG100054") == []
    said = await counter.say(YES, "好的")
    assert said.responses == ["utter_urge_shipping_done"] and said.typed[0]["type"] == "ticket"
    said = await counter.say(URGE, "DG100054再催一下")
    assert said.responses == ["utter_urge_shipping_already_asked"]
    assert await kinds(counter, "DG100054") == [TicketKind.URGE]


async def test_the_only_unsent_order_goes_without_saying(arrive: Arrive) -> None:
    counter = await arrive("demo-14")
    said = await counter.say(URGE, "催发货")
    assert said.responses == ["utter_desk_not_overdue"]
    assert counter.slots["desk"]["order_no"] == "DG100053" and counter.case is None


async def test_what_was_sent_is_not_urged(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(URGE, "DG100055催一下发货")
    assert said.responses == ["utter_urge_shipping_wrong_state"]


async def test_a_silent_parcel_is_reported_if_that_is_wanted(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(TRACK, "DG100055到哪了")
    assert said.responses == ["utter_track_parcel_stale", "utter_track_parcel_confirm"]
    assert said.typed[0]["type"] == "shipment" and said.typed[0]["data"]["stale"]
    said = await counter.say(YES, "要，麻烦了，好的")
    assert await kinds(counter, "DG100055") == [TicketKind.STALE_PARCEL]


async def test_a_silent_parcel_is_left_alone_if_not(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.talk((TRACK, "DG100055到哪了"), (NO, "不用了"))
    assert said.responses == ["utter_desk_left"] and counter.case is None
    assert await kinds(counter, "DG100055") == []


async def test_two_parcels_are_told_one_by_one(arrive: Arrive) -> None:
    counter = await arrive("demo-02")
    said = await counter.say(TRACK, "DG100056的物流")
    assert said.responses == [
        "utter_track_parcel_several", "utter_track_parcel_delivered", "utter_track_parcel_moving",
    ]  # fmt: skip
    assert [typed["type"] for typed in said.typed] == ["shipment", "shipment"]


async def test_nothing_is_under_way_before_it_is_sent(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(TRACK, "DG100054的快递到哪了")
    assert said.responses == ["utter_track_parcel_none"] and "待发货" in said.text


async def test_an_address_is_changed_after_it_was_read_back(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.talk((ADDRESS, "DG100054改地址"), (FALLBACK, f"改成{NEW}"))
    assert said.responses == ["utter_change_address_confirm"] and NEW in said.text
    before = (await order_of(counter, "DG100054")).address
    assert before != NEW
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_change_address_done"]
    assert (await order_of(counter, "DG100054")).address == NEW
    said = await counter.say(ADDRESS, f"DG100054 地址再改成{NEW}")
    assert said.responses == ["utter_change_address_already_asked"]


@pytest.mark.parametrize(
    ("order_no", "address", "response"),
    [
        ("DG100054", "西湖区那边", "utter_desk_bad_address"),
        ("DG100054", "新疆乌鲁木齐市天山区解放路 1 号 2 栋", "utter_change_address_needs_human"),
        ("DG100055", NEW, "utter_change_address_wrong_state"),
    ],
)
async def test_an_address_that_cannot_be(
    arrive: Arrive, order_no: str, address: str, response: str
) -> None:
    counter = await arrive("demo-01")
    before = (await order_of(counter, order_no)).address
    said = await counter.talk((ADDRESS, f"{order_no}改地址"), (FALLBACK, address))
    assert response in said.responses
    assert (await order_of(counter, order_no)).address == before


async def test_a_guest_signs_in_before_an_address_is_asked_for(arrive: Arrive) -> None:
    counter = await arrive(None)
    said = await counter.say(ADDRESS, f"DG100054改成{NEW}")
    assert said.responses == ["utter_desk_sign_in_required"] and counter.case is None


async def test_the_phone_is_changed_by_a_human(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(ADDRESS, "DG100054收货人电话写错了")
    assert said.responses == ["utter_change_address_person"]


@pytest.mark.parametrize(
    ("customer", "order_no", "response"),
    [
        ("demo-04", "DG100058", "utter_payment_problem_confirm"),
        ("demo-04", "DG100059", "utter_payment_problem_pending"),
        ("demo-10", "DG100062", "utter_payment_problem_confirm"),
        ("demo-10", "DG100051", "utter_payment_problem_unpaid"),
        ("demo-01", "DG100054", "utter_payment_problem_payment_consistent"),
    ],
)
async def test_payments_are_compared_before_anything_is_said(
    arrive: Arrive, customer: str, order_no: str, response: str
) -> None:
    counter = await arrive(customer)
    said = await counter.say(PAY, f"{order_no}付了钱还显示未付款")
    assert said.responses == [response]
    assert await tickets_of(counter, order_no) == []


async def test_a_difference_is_reported_once(arrive: Arrive) -> None:
    counter = await arrive("demo-04")
    said = await counter.talk((PAY, "DG100058付了钱还显示未付款"), (YES, "是的"))
    assert said.responses == ["utter_payment_problem_done"]
    assert await kinds(counter, "DG100058") == [TicketKind.PAYMENT]
    said = await counter.say(PAY, "DG100058付了钱还显示未付款")
    assert said.responses == ["utter_payment_problem_already_asked"]


async def test_a_paid_order_is_cancelled_and_its_money_goes_back(arrive: Arrive) -> None:
    counter = await arrive("demo-14")
    said = await counter.talk((CANCEL, "DG100053我不要了，取消"), (FALLBACK, "发货太慢"))
    assert said.responses == ["utter_cancel_order_confirm_whole"] and "DG100053" in said.text
    said = await counter.say(YES, "嗯 确认")
    assert said.responses == ["utter_cancel_order_done_paid"]
    assert (await order_of(counter, "DG100053")).status is OrderStatus.REFUNDING
    said = await counter.say("refund_progress", "退款什么时候到账")
    assert said.responses == ["utter_refund_progress_processing"]


async def test_one_piece_is_cancelled_and_the_rest_is_sent(arrive: Arrive) -> None:
    counter = await arrive("demo-14")
    said = await counter.talk((CANCEL, "DG100053取消一本"), (FALLBACK, "买多了"))
    assert said.responses == ["utter_cancel_order_confirm_part"] and "1 件" in said.text
    await counter.say(YES, "可以")
    order = await order_of(counter, "DG100053")
    assert order.status is OrderStatus.PAID and order.items[0].cancelled == 1


async def test_what_is_on_its_way_is_not_cancelled(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.talk((CANCEL, "DG100055取消"), (FALLBACK, "不想要了"))
    assert said.responses == ["utter_cancel_order_wrong_state"] and "已发货" in said.text


async def test_money_that_the_provider_holds_is_reconciled_first(arrive: Arrive) -> None:
    counter = await arrive("demo-04")
    said = await counter.talk((CANCEL, "DG100058取消"), (FALLBACK, "不想要了"))
    assert said.responses == ["utter_desk_payment_unclear"]


async def test_too_many_pieces_are_asked_again(arrive: Arrive) -> None:
    counter = await arrive("demo-14")
    said = await counter.say(CANCEL, "DG100053取消9本")
    assert said.responses[0] == "utter_desk_too_many"
    assert counter.case and counter.case["asked"] == "quantity"


def listed(said: Any) -> list[str]:
    return [typed["data"]["order_no"] for typed in said.typed if typed["type"] == "order"]


async def test_several_orders_are_shown_and_chosen_by_place_or_day(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say("order_status", "查一下我的订单")
    orders = listed(said)
    assert said.responses == ["utter_desk_orders", "utter_desk_which_order"] and len(orders) > 1
    said = await counter.say("product_detail", "第二个")
    assert listed(said) == [orders[1]]
    said = await counter.say("order_status", "最近那单什么情况")
    assert listed(said) == [orders[0]]
    placed = (await order_of(counter, "DG100003")).placed_at.astimezone(RULES.zone)
    said = await counter.say("order_status", f"{placed.month}月{placed.day}日买的那单")
    assert listed(said) == ["DG100003"]
