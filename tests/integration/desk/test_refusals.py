"""What seldom happens at the desk: every refusal is told and changes nothing, and facts that the demo shop has not got."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from shop.desk.writing import Writing
from shop.domain.clock import now
from shop.domain.command import CancelOrder, CancelReason, Command
from shop.domain.order import OrderStatus
from shop.domain.refusal import Fact, TooManyTries, codes
from shop.domain.requester import Requester
from shop.storage.schema import orders
from shop.storage.service_schema import parcel_events, refunds
from tests.integration.desk.conftest import Arrive
from tests.integration.desk.counter import Counter
from tests.integration.desk.test_forms import Silent

FALLBACK, YES = "fallback", "affirm"
CANCEL, STATUS, TRACK, URGE = "cancel_order", "order_status", "track_parcel", "urge_shipping"
OVERDUE, OWNER = "DG100054", "demo-01"
FACTS: Mapping[str, Fact] = {
    "available": 1, "category": "手机", "invoice_no": "F-1", "last_at": "2026-05-03T10:00:00+00:00",
    "left": 2, "limit": 500, "paid": "20", "price": "10", "promised_at": "2026-05-03T10:00:00+00:00",
    "status": "已发货", "ticket_no": "T-1", "until": "2026-05-03T16:00:00+00:00",
}  # fmt: skip
# urge_shipping has words of its own for these.
OWN = {"wrong_state", "already_asked"}


async def tickets(counter: Counter, order_no: str) -> int:
    async with counter.storage.unit() as unit:
        return len(await unit.tickets.of_order(order_no))


async def change(counter: Counter, statement: Any) -> None:
    async with counter.storage.unit() as unit:
        await unit._connection.execute(statement)
        await unit.commit()


@pytest.mark.parametrize("code", sorted(codes().keys() - OWN - {TooManyTries.code}))
async def test_every_refusal_is_told_and_leaves_all_as_it_was(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    async def refuses(writing: Writing, requester: Requester, command: Command) -> None:
        raise codes()[code](**FACTS)

    monkeypatch.setattr(Writing, "propose", refuses)
    counter = await arrive(OWNER)
    said = await counter.say(URGE, f"{OVERDUE}催一下发货")
    assert said.responses == [f"utter_desk_{code}"] and counter.case is None
    assert await tickets(counter, OVERDUE) == 0


@pytest.mark.parametrize("code", ["operation_changed", "operation_expired", "unknown_operation"])
async def test_a_confirmation_that_holds_no_more_is_asked_anew(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    async def refuses(writing: Writing, requester: Requester, operation_id: str) -> None:
        raise codes()[code]()

    counter = await arrive(OWNER)
    await counter.say(URGE, f"{OVERDUE}催一下发货")
    with monkeypatch.context() as patch:
        patch.setattr(Writing, "confirm", refuses)
        said = await counter.say(YES, "确认")
    assert said.responses == [f"utter_desk_{code}", "utter_urge_shipping_confirm"]
    assert await tickets(counter, OVERDUE) == 0
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_urge_shipping_done"]
    assert await tickets(counter, OVERDUE) == 1


async def test_what_changed_between_question_and_yes_is_read_back(arrive: Arrive) -> None:
    counter = await arrive("demo-14")
    said = await counter.talk((CANCEL, "取消DG100053"), (FALLBACK, "拍错了"))
    assert said.responses == ["utter_cancel_order_confirm_whole"]
    other = await arrive("demo-14")
    requester = await other.desk.requester(other.conversation_id)
    part = CancelOrder("DG100053", CancelReason.CHANGED_MIND, ((0, 1),))
    proposal = await other.desk.propose(requester, part)
    await other.desk.confirm(requester, proposal.operation_id)
    said = await counter.say(YES, "确认")
    assert said.responses[0] == "utter_desk_operation_changed"
    assert "utter_cancel_order_confirm_whole" in said.responses
    async with counter.storage.unit() as unit:
        assert (await unit.orders.find("DG100053")).status is OrderStatus.PAID


async def test_a_request_is_kept_while_the_systems_are_down(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.say(URGE, f"{OVERDUE}催一下发货")
    office, counter.office = counter.office, Silent()  # type: ignore[assignment]
    said = await counter.say(URGE, f"{OVERDUE}催一下发货")
    assert said.responses == ["utter_desk_keep"] and "先记下" in said.choices
    said = await counter.say(YES, "好的")
    assert said.responses == ["utter_desk_kept"] and counter.case is None
    counter.office = office
    assert await tickets(counter, OVERDUE) == 0
    counter.clock.moment = now() + timedelta(minutes=3)
    (delivered,) = await counter.desk.deliver()
    assert delivered.receipt and await tickets(counter, OVERDUE) == 1


async def test_an_order_whose_payment_has_no_moment_promises_nothing(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await change(counter, update(orders).where(orders.c.order_no == OVERDUE).values(paid_at=None))
    said = await counter.say(STATUS, f"{OVERDUE}什么状态")
    assert said.responses == ["utter_order_status_paid_unknown"]
    said = await counter.say(URGE, f"{OVERDUE}催一下发货")
    assert said.responses == ["utter_desk_unknown_promise"]
    assert await tickets(counter, OVERDUE) == 0


async def test_a_parcel_of_which_nothing_was_heard_yet(arrive: Arrive) -> None:
    counter = await arrive("demo-08")
    await change(counter, delete(parcel_events).where(parcel_events.c.parcel_no == "B-DG100022-1"))
    said = await counter.say(TRACK, "DG100022到哪了")
    assert said.responses[0] == "utter_track_parcel_sent" and "ZT000000100022" in said.text


@pytest.mark.parametrize(
    ("values", "response"),
    [
        ({"sent_at": now() - timedelta(days=1)}, "utter_refund_progress_sent"),
        ({"channel": "礼品卡"}, "utter_refund_progress_sent_unknown"),
        ({"state": "退款失败", "sent_at": None}, "utter_refund_progress_failed"),
    ],
)
async def test_how_far_a_refund_has_come(
    arrive: Arrive, values: Mapping[str, Any], response: str
) -> None:
    counter = await arrive("demo-13")
    ours = refunds.c.order_no == "DG100040"
    await change(counter, update(refunds).where(ours).values(**values))
    said = await counter.say("refund_progress", "DG100040的退款到了吗")
    assert said.responses == [response] and "R-DG100040-1" in said.text


async def test_a_long_story_is_the_answer_that_was_asked_for(arrive: Arrive) -> None:
    counter = await arrive("demo-06")
    await counter.say("repair", "DG100060坏了想修")
    story = "开不了机，师傅叫我别修了先来问问，你们能不能修，多少钱？" * 4
    said = await counter.say("search_products", story)
    assert said.responses == ["utter_repair_confirm_paid"] and "别修了" in said.text
