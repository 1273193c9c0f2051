"""Forms of the desk: filled, corrected, interrupted, left, and never done twice."""

from datetime import timedelta

from shop.domain.clock import now
from shop.domain.errors import BackendDown
from shop.domain.order import OrderStatus
from tests.integration.desk.conftest import Arrive
from tests.integration.desk.counter import Counter

CANCEL, STATUS, FALLBACK, YES = "cancel_order", "order_status", "fallback", "affirm"
UNPAID, OWNER = "DG100051", "demo-10"


async def status_of(counter: Counter, order_no: str) -> OrderStatus:
    async with counter.storage.unit() as unit:
        return (await unit.orders.get(order_no, OWNER)).status


async def test_an_order_is_cancelled_once_it_is_confirmed(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    said = await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "不想要了"))
    assert said.responses == ["utter_cancel_order_confirm_unpaid"]
    assert await status_of(counter, UNPAID) is OrderStatus.UNPAID
    said = await counter.say(YES, "好的")
    assert said.responses == ["utter_cancel_order_done"] and counter.case is None
    assert await status_of(counter, UNPAID) is OrderStatus.CANCELLED


async def test_the_same_yes_twice_is_one_effect(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "不想要了"))
    before = dict(counter.slots)
    await counter.say(YES, "确认")
    # A restart between the effect and the slot: the same confirmation comes again.
    counter.slots = before
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_cancel_order_done"]
    async with counter.storage.unit() as unit:
        tickets = await unit.tickets.of_order(UNPAID)
    assert len(tickets) == 1


async def test_small_talk_is_answered_and_the_form_goes_on(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    said = await counter.say("how_are_you", "你吃饭了吗")
    assert said.responses == [
        "utter_how_are_you",
        "utter_desk_back",
        "utter_cancel_order_ask_reason",
    ]
    said = await counter.say(FALLBACK, "拍错了")
    assert said.responses == ["utter_cancel_order_confirm_unpaid"]


async def test_leaving_changes_nothing_and_a_later_yes_confirms_nothing(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "拍错了"))
    said = await counter.say("deny", "算了")
    assert said.responses == ["utter_desk_left"]
    said = await counter.say(YES, "好的")
    assert said.responses == ["utter_affirm"]
    assert await status_of(counter, UNPAID) is OrderStatus.UNPAID


async def test_a_guest_shows_that_the_order_is_theirs_and_the_digits_are_not_kept(
    arrive: Arrive,
) -> None:
    counter = await arrive(None)
    said = await counter.say(STATUS, "查下我的订单")
    assert said.responses == ["utter_desk_ask_order_no"]
    said = await counter.say(FALLBACK, UNPAID)
    assert said.responses == ["utter_desk_ask_tail"]
    said = await counter.say(FALLBACK, "0010")
    assert said.responses == ["utter_order_status_unpaid"] and "0010" not in str(counter.slots)
    assert said.typed[0]["data"]["order_no"] == UNPAID


async def test_five_wrong_tries_and_a_human_is_called(arrive: Arrive) -> None:
    counter = await arrive(None)
    for left in (4, 3, 2, 1, 0):
        said = await counter.say(STATUS, f"{UNPAID} 尾号 9999")
        assert said.responses[0] == "utter_desk_not_verified" and f"{left} 次" in said.text
    said = await counter.say(STATUS, f"{UNPAID} 尾号 0010")
    assert said.responses == ["utter_desk_too_many_tries"] and said.typed[0]["type"] == "handoff"


async def test_anothers_order_and_none_get_the_same_answer(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    for number in ("DG100003", "DG999999"):
        said = await counter.say(STATUS, f"{number}到哪了")
        assert said.responses[0] == "utter_desk_unknown_order"
        await counter.say("deny", "算了")


async def test_a_no_understood_answer_is_asked_again_then_a_human_is_offered(
    arrive: Arrive,
) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    said = await counter.say(FALLBACK, "嘟嘟嘟")
    assert said.responses == ["utter_desk_not_understood", "utter_cancel_order_ask_reason"]
    said = await counter.say(FALLBACK, "哒哒哒")
    assert said.responses[0] == "utter_desk_lost" and "转人工" in said.choices


async def test_a_question_between_parks_the_form(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    said = await counter.say(STATUS, f"{UNPAID}什么状态？")
    assert said.responses == [
        "utter_order_status_unpaid",
        "utter_desk_back",
        "utter_cancel_order_ask_reason",
    ]
    assert counter.case and counter.case["action"] == "action_cancel_order"


async def test_a_card_number_is_refused(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    said = await counter.say(FALLBACK, "退到6222 0200 0000 0000 007吧 4111111111111111")
    assert said.responses[0] == "utter_desk_no_cards" and "4111" not in str(counter.slots)


class Silent:
    """Systems that cannot be reached."""

    def __getattr__(self, name: str) -> "Silent":
        return self

    async def __call__(self, *args: object, **more: object) -> None:
        raise BackendDown


async def test_a_back_end_that_is_down_loses_nothing_said(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    office, counter.office = counter.office, Silent()  # type: ignore[assignment]
    said = await counter.say(FALLBACK, "拍错了")
    assert said.responses == ["utter_desk_down"] and counter.case
    counter.office = office
    said = await counter.say(FALLBACK, "再试一次")
    assert said.responses[-1] == "utter_cancel_order_ask_reason"


async def test_a_yes_while_the_back_end_is_down_is_delivered_later(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "拍错了"))
    office, counter.office = counter.office, Silent()  # type: ignore[assignment]
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_desk_queued"] and counter.case is None
    assert await status_of(counter, UNPAID) is OrderStatus.UNPAID
    counter.office = office
    counter.clock.moment = now() + timedelta(minutes=3)
    (delivered,) = await counter.desk.deliver()
    assert delivered.receipt and await status_of(counter, UNPAID) is OrderStatus.CANCELLED


async def test_a_confirmation_that_comes_too_late_is_asked_anew(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "拍错了"))
    counter.clock.moment = now() + timedelta(minutes=20)
    said = await counter.say(YES, "确认")
    assert said.responses == [
        "utter_desk_operation_expired",
        "utter_cancel_order_confirm_unpaid",
    ]
    assert await status_of(counter, UNPAID) is OrderStatus.UNPAID
    said = await counter.say(YES, "确认")
    assert said.responses == ["utter_cancel_order_done"]


async def test_a_confirmation_of_somebody_else_is_worth_nothing(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "拍错了"))
    thief = await arrive("demo-01")
    thief.slots = dict(counter.slots)
    said = await thief.say(YES, "确认")
    assert "utter_desk_unknown_order" in said.responses
    assert await status_of(counter, UNPAID) is OrderStatus.UNPAID


async def test_a_form_that_is_not_spoken_of_waits_until_it_is_named(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    for _ in range(2):
        said = await counter.say("thanks", "谢谢")
        assert "utter_desk_back" in said.responses
    said = await counter.say("thanks", "谢谢")
    assert said.responses == ["utter_thanks"]
    said = await counter.say("thanks", "谢谢")
    assert said.responses == ["utter_thanks"]
    said = await counter.say(CANCEL, "还是取消吧")
    assert said.responses == ["utter_cancel_order_ask_reason"]


async def test_another_request_takes_the_place_of_the_first(arrive: Arrive) -> None:
    counter = await arrive(OWNER)
    await counter.talk((CANCEL, f"取消{UNPAID}"), (FALLBACK, "拍错了"))
    said = await counter.say("payment_problem", f"{UNPAID}付不了款")
    assert said.responses == ["utter_payment_problem_unpaid"] and counter.case is None
    assert (await counter.say(YES, "好的")).responses == ["utter_affirm"]


async def test_an_answer_is_heard_before_it_is_read_for_the_search_that_runs(
    arrive: Arrive,
) -> None:
    counter = await arrive(OWNER)
    await counter.say(CANCEL, f"取消{UNPAID}")
    counter.slots |= {"frame": {"category": "手机"}, "shown": [["a", "b"]]}
    said = await counter.say("complain_bot", "不想要了，3000以内有更好的")
    assert said.responses == ["utter_cancel_order_confirm_unpaid"]
    assert counter.slots["frame"] == {"category": "手机"}
