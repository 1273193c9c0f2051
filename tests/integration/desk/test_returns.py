"""Going back, exchanging, money alone, and where it is, by talk."""

from datetime import timedelta

import pytest

from shop.domain.clock import now
from shop.domain.ticket import Ticket, TicketKind
from tests.integration.desk.conftest import Arrive
from tests.integration.desk.counter import Counter

FALLBACK, YES, NO = "fallback", "affirm", "deny"
RETURN, EXCHANGE, REFUND = "return_goods", "exchange_goods", "refund_progress"
CUPS, CLOTHES = "DG100063", "DG100061"


async def tickets_of(counter: Counter, number: str) -> list[Ticket]:
    async with counter.storage.unit() as unit:
        return list(await unit.tickets.of_order(number))


async def test_a_return_is_asked_for_step_by_step(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(RETURN, f"{CUPS}我要退货")
    assert said.responses == ["utter_desk_ask_quantity"]
    said = await counter.say("change_cart", "一件")
    assert said.responses == ["utter_return_goods_ask_reason"]
    said = await counter.say(FALLBACK, "不想要了")
    assert said.responses == ["utter_return_goods_ask_condition"]
    said = await counter.say(FALLBACK, "还没拆")
    assert said.responses == ["utter_return_goods_confirm_customer"]
    assert await tickets_of(counter, CUPS) == []
    said = await counter.say(YES, "确认")
    (ticket,) = await tickets_of(counter, CUPS)
    assert said.responses == ["utter_return_goods_done"] and ticket.ticket_no in said.text
    assert (ticket.kind, ticket.line, ticket.quantity) == (TicketKind.RETURN, 0, 1)
    assert ticket.details["reason"] == "七天无理由" and ticket.details["condition"] == "未拆封"


async def test_all_said_at_once_leaves_only_the_confirmation(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(RETURN, f"{CUPS}退两个，杯子漏水有质量问题，已经用过了")
    assert said.responses == ["utter_return_goods_confirm_shop"] and "2 件" in said.text


async def test_a_correction_changes_one_field_and_is_read_back(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    await counter.say(RETURN, f"{CUPS}退两个，质量问题，用过了")
    said = await counter.say("correct", "说错了，是退一个")
    assert said.responses == ["utter_return_goods_confirm_shop"] and "1 件" in said.text
    await counter.say(YES, "好的")
    (ticket,) = await tickets_of(counter, CUPS)
    assert ticket.quantity == 1


async def test_the_line_is_chosen_by_its_name(arrive: Arrive) -> None:
    counter = await arrive("demo-08")
    said = await counter.say(RETURN, f"{CLOTHES}那件连衣裙要退，尺码不合适，没拆")
    assert said.responses == ["utter_return_goods_confirm_customer"]
    said = await counter.say(FALLBACK, "不是连衣裙，是T恤")
    assert said.responses == ["utter_desk_ask_quantity"]


async def test_the_line_is_chosen_by_its_place(arrive: Arrive) -> None:
    counter = await arrive("demo-08")
    said = await counter.say(RETURN, f"{CLOTHES}退货")
    assert said.responses == ["utter_desk_which_line"] and len(said.choices) == 2
    said = await counter.say("product_detail", "第二个")
    assert counter.case and counter.case["known"]["line"] == 1
    assert said.responses == ["utter_desk_ask_quantity"]


async def test_what_arrived_whole_goes_back_before_money_does(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(RETURN, f"{CUPS}仅退款，退一件，不想要了")
    assert said.responses == ["utter_return_goods_return_first"]
    assert await tickets_of(counter, CUPS) == []


async def test_money_alone_for_what_has_a_fault(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.talk((RETURN, f"{CUPS}仅退款，退一件，质量问题"), (YES, "确认"))
    assert said.responses == ["utter_return_goods_done_money"]
    assert [one.kind for one in await tickets_of(counter, CUPS)] == [TicketKind.REFUND]


async def test_what_was_not_sent_is_cancelled_instead(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(RETURN, "DG100054退一件，不想要了，没拆")
    assert said.responses == ["utter_return_goods_wrong_state"]


async def test_the_window_ends_at_midnight_after_the_last_day(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    counter.clock.moment = now() + timedelta(days=9)
    said = await counter.say(RETURN, f"{CUPS}退一件，不想要了，没拆")
    assert said.responses == ["utter_desk_window_closed"]
    assert await tickets_of(counter, CUPS) == []


async def test_used_goods_go_back_only_with_a_fault(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(RETURN, f"{CUPS}退一件，不喜欢，用过了")
    assert said.responses == ["utter_return_goods_not_returnable"] and "已使用" in said.text


async def test_an_exchange_offers_what_is_in_stock_and_keeps_it(arrive: Arrive) -> None:
    counter = await arrive("demo-08")
    said = await counter.say(EXCHANGE, f"{CLOTHES}第一件想换货，尺码不合适，只试穿过")
    assert said.responses == ["utter_exchange_goods_ask_variant"] and said.choices
    wanted = said.choices[0]
    said = await counter.say(FALLBACK, f"换成{wanted}")
    assert said.responses == ["utter_exchange_goods_confirm_customer"] and wanted in said.text
    said = await counter.say(YES, "好")
    assert said.responses == ["utter_exchange_goods_done"]
    (ticket,) = await tickets_of(counter, CLOTHES)
    async with counter.storage.unit() as unit:
        (card,) = await unit.catalog.cards([str(ticket.details["sku"])])
    assert " ".join(card.options.values()) == wanted and ticket.kind is TicketKind.EXCHANGE


async def test_a_size_that_does_not_exist_is_asked_again(arrive: Arrive) -> None:
    counter = await arrive("demo-08")
    await counter.say(EXCHANGE, f"{CLOTHES}第一件想换货，尺码不合适，没拆")
    said = await counter.say(FALLBACK, "换成紫红色")
    assert said.responses[-1] == "utter_exchange_goods_ask_variant"


@pytest.mark.parametrize(
    ("order_no", "channel"),
    [
        ("DG100023", "支付宝"),
        ("DG100030", "微信支付"),
        ("DG100040", "银行卡"),
    ],
)
async def test_a_refund_says_how_much_where_and_when(
    arrive: Arrive, order_no: str, channel: str
) -> None:
    guest = await arrive(None)
    async with guest.storage.unit() as unit:
        owner = (await unit.orders.find(order_no)).customer_id
    counter = await arrive(owner)
    said = await counter.say(REFUND, f"{order_no}的退款到了吗")
    assert channel in said.text and said.responses[0].startswith("utter_refund_progress_")
    assert said.responses[0] in {"utter_refund_progress_arrived", "utter_refund_progress_sent"}


async def test_without_a_refund_the_request_is_told(arrive: Arrive) -> None:
    counter = await arrive("demo-01")
    said = await counter.say(REFUND, f"{CUPS}退款到哪了")
    assert said.responses == ["utter_refund_progress_none"]
    await counter.talk((RETURN, f"{CUPS}退一件，质量问题，用过了"), (YES, "确认"))
    said = await counter.say(REFUND, f"{CUPS}退款到哪了")
    assert said.responses == ["utter_refund_progress_request"] and "待处理" in said.text
