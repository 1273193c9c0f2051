"""Carts, prices and notices by chat: the actions on a real database behind the real parser."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from actions.options import Options
from tests.unit.actions.fakes import card
from tests.unit.actions.shop import PARSER, Counter, Parsing, open_shop

ADD, CHANGE, VIEW = "action_add_to_cart", "action_change_cart", "action_view_cart"
PRICE, NOTIFY = "action_quote_price", "action_notify_stock"
REFINE, DETAIL = "action_refine", "action_product_detail"


@pytest_asyncio.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = await open_shop(tmp_path)
    yield counter
    await counter.storage.close()


async def test_every_open_option_is_asked_for_before_anything_is_added(counter: Counter) -> None:
    out = await counter.say(ADD, "把第一个加入购物车")
    assert out.responses == ["utter_ask_option"]
    assert [b["title"] for b in out.messages[0]["buttons"]] == ["黑色", "象牙白"]
    assert await counter.cart() == {}
    out = await counter.say(REFINE, "黑色")
    assert [b["title"] for b in out.messages[0]["buttons"]] == ["41", "42"]
    out = await counter.say(REFINE, "42")
    assert out.responses == ["utter_added_to_cart"]
    assert (out.messages[0]["name"], out.messages[0]["total"]) == ("安踏跑鞋 黑色 42", "279")
    assert await counter.cart() == {"shoe-2": 1} and counter.slots["pending"] is None


@pytest.mark.parametrize(
    ("said", "sku"),
    [("第一个", "shoe-1"), ("最后一个", "shoe-2"), ("2", "shoe-2"), ("42码", "shoe-2")],
)
async def test_a_choice_is_named_by_place_number_or_measure(
    counter: Counter, said: str, sku: str
) -> None:
    await counter.say(ADD, "第一个 黑色 加购")
    await counter.say(DETAIL, said)
    assert await counter.cart() == {sku: 1}


async def test_only_what_is_in_stock_is_offered(counter: Counter) -> None:
    out = await counter.say(ADD, "第一个 象牙白 来一双")
    assert out.responses == ["utter_added_to_cart"]
    assert await counter.cart() == {"shoe-3": 1}


async def test_what_is_sold_out_is_said_and_not_replaced(counter: Counter) -> None:
    out = await counter.say(ADD, "第一个 象牙白 42码 来一双")
    assert out.responses == ["utter_cart_sold_out"]
    assert counter.slots["focus"] == "shoe-4" and await counter.cart() == {}


async def test_what_was_taken_out_comes_back_with_its_options(counter: Counter) -> None:
    fallback = "action_fallback"
    counter.slots["spoken"] = ["nuts-1", "shoe-3"]
    await counter.say(fallback, "跑步鞋加回来吧")
    assert await counter.cart() == {"shoe-3": 1} and counter.slots["focus"] == "shoe-3"
    await counter.say(CHANGE, "另外那个也放回购物车")
    assert await counter.cart() == {"shoe-3": 1, "nuts-1": 1}
    out = await counter.say(CHANGE, "再加回来")
    assert "utter_added_to_cart" not in out.responses


async def test_a_question_in_between_leaves_the_bot_waiting(counter: Counter) -> None:
    await counter.say(ADD, "把第一个加入购物车")
    out = await counter.say(DETAIL, "第一个怎么样")
    assert out.responses == ["utter_product_detail"]
    assert counter.slots["pending"]["missing"] == "颜色"
    out = await counter.say(REFINE, "象牙白")
    assert await counter.cart() == {"shoe-3": 1}


async def test_the_cart_says_what_is_still_to_be_chosen(counter: Counter) -> None:
    await counter.say(ADD, "把第一个加入购物车")
    out = await counter.say(VIEW, "下单")
    assert out.responses == ["utter_cart_empty", "utter_still_needed"]
    assert counter.slots["pending"]["missing"] == "颜色"


async def test_an_option_that_does_not_exist_is_refused(counter: Counter) -> None:
    out = await counter.say(ADD, "第一个红色的来一双")
    assert out.responses == ["utter_no_such_option"]
    out = await counter.say(REFINE, "绿色")
    assert out.responses == ["utter_no_such_option"]
    assert counter.slots["pending"]["missing"] == "颜色" and await counter.cart() == {}


async def test_never_mind_ends_the_waiting(counter: Counter) -> None:
    await counter.say(ADD, "把第一个加入购物车")
    out = await counter.say("action_deny", "算了")
    assert out.responses == ["utter_cart_left"] and counter.slots["pending"] is None
    assert (await counter.say("action_deny", "算了")).responses == ["utter_deny"]


async def test_how_many_it_is_to_be_is_not_how_many_more(counter: Counter) -> None:
    await counter.say(ADD, "第一个 黑色 42码 来一双")
    await counter.say(ADD, "要两双")
    assert await counter.cart() == {"shoe-2": 2}
    await counter.say(ADD, "再要一双")
    assert await counter.cart() == {"shoe-2": 3}


async def test_more_than_there_is_says_how_many_are_left(counter: Counter) -> None:
    out = await counter.say(ADD, "第一个 黑色 42码 来五双")
    assert out.responses == ["utter_cart_too_many"] and out.messages[0]["available"] == 3
    out = await counter.say(ADD, "来两双")
    assert await counter.cart() == {"shoe-2": 2}
    out = await counter.say(ADD, "再来两双")
    assert out.responses == ["utter_cart_too_many_more"]
    assert (out.messages[0]["available"], out.messages[0]["held"]) == (3, 2)
    assert await counter.cart() == {"shoe-2": 2}


async def test_an_option_that_counts_is_no_quantity(counter: Counter) -> None:
    await counter.say(ADD, "第二个加购 3包")
    assert await counter.cart() == {"nuts-3": 1}
    await counter.say(ADD, "第二个 1包的来两份")
    assert await counter.cart() == {"nuts-3": 1, "nuts-1": 2}


async def test_which_product_is_asked_where_none_is_meant(counter: Counter) -> None:
    out = await counter.say(ADD, "就要这个 来两件")
    assert out.responses == ["utter_add_which"]
    assert [b["payload"] for b in out.messages[0]["buttons"]] == ["第1个", "第2个"]
    await counter.say(DETAIL, "第二个")
    await counter.say(REFINE, "1包")
    assert await counter.cart() == {"nuts-1": 2}


async def test_the_cart_is_shown_with_what_the_offers_take_off(counter: Counter) -> None:
    await counter.say(ADD, "第一个 黑色 42码 来两双")
    out = await counter.say(VIEW, "看看购物车")
    data = out.typed["data"]
    assert [(line["quantity"], line["amount"]) for line in data["items"]] == [(2, 558)]
    assert (data["total"], [d["amount"] for d in data["discounts"]]) == (558, [80, 10])
    assert data["payable"] == 468 and out.messages[0]["payable"] == "468"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("第一个改成三双", {"shoe-2": 3, "nuts-1": 4}),
        ("第二个不要了", {"shoe-2": 2}),
        ("把坚果删掉", {"shoe-2": 2}),
        ("不要坚果了", {"shoe-2": 2}),
        ("跑步鞋少一双", {"shoe-2": 1, "nuts-1": 4}),
        ("坚果再多加两包", {"shoe-2": 2, "nuts-1": 6}),
        ("跑步鞋减掉五双", {"nuts-1": 4}),
        ("第一个改成九双", {"shoe-2": 2, "nuts-1": 4}),
        ("第一个改成一百双", {"shoe-2": 2, "nuts-1": 4}),
        ("第三个不要了", {"shoe-2": 2, "nuts-1": 4}),
    ],
)
async def test_lines_are_changed_by_place_or_name(
    counter: Counter, said: str, left: dict[str, int]
) -> None:
    await counter.say(ADD, "第一个 黑色 42码 来两双")
    await counter.say(ADD, "第二个 1包的来四份")
    await counter.say(CHANGE, said)
    assert await counter.cart() == left


async def test_clearing_waits_for_a_yes(counter: Counter) -> None:
    await counter.say(ADD, "第一个 黑色 42码 来两双")
    await counter.say(CHANGE, "清空购物车")
    assert await counter.cart() == {"shoe-2": 2}
    await counter.say("action_wait", "先留着")
    assert counter.slots["pending"] is None and await counter.cart() == {"shoe-2": 2}
    await counter.say(CHANGE, "清空购物车")
    out = await counter.say("action_affirm", "好的")
    assert out.responses == ["utter_cart_cleared"] and await counter.cart() == {}


async def test_a_price_is_told_step_by_step(counter: Counter) -> None:
    out = await counter.say(PRICE, "第一个买两双多少钱")
    data = out.typed["data"]
    assert [line["amount"] for line in data["lines"]] == [782, -224, -80, -10]
    assert sum(line["amount"] for line in data["lines"]) == data["payable"] == 468
    out = await counter.say(PRICE, "买一双呢")
    assert out.typed["data"]["payable"] == 269
    assert out.typed["data"]["unused"] == [{"title": "满 300 减 80", "why": "还差 21 元"}]


async def test_nothing_meant_tells_the_offers_or_the_cart(counter: Counter) -> None:
    out = await counter.say(PRICE, "有什么优惠")
    assert out.responses == ["utter_offers"] and "满 300 减 80" in out.messages[0]["offers"]
    await counter.say(ADD, "第二个 1包的来四份")
    counter.slots["focus"] = None
    out = await counter.say(PRICE, "用完券多少钱")
    assert out.responses == ["utter_price_plain"] and out.typed["data"]["payable"] == 80


@pytest.mark.parametrize(("customer", "kept"), [("demo-05", 1), (None, 0)])
async def test_a_notice_needs_a_customer(tmp_path: Path, customer: str | None, kept: int) -> None:
    counter = await open_shop(tmp_path, customer)
    first = await counter.say(NOTIFY, "第一个 象牙白42码到货提醒我")
    again = await counter.say(NOTIFY, "到货提醒我")
    wanted = ["utter_notice_kept", "utter_notice_already"] if kept else ["utter_notice_sign_in"] * 2
    assert [*first.responses, *again.responses] == wanted
    async with counter.storage.unit() as unit:
        notices = await unit.notices.of_customer("demo-05")
    assert [notice.sku for notice in notices] == ["shoe-4"] * kept
    await counter.storage.close()


async def test_a_notice_of_what_is_in_stock_is_pointless(counter: Counter) -> None:
    out = await counter.say(NOTIFY, "第一个黑色41码到货提醒我")
    assert out.responses == ["utter_notice_in_stock"] and out.messages[0]["stock"] == 5


@pytest.mark.parametrize(("said", "left"), [("黑色", ["礁石黑"]), ("蓝的", ["人鱼蓝", "湖蓝色"])])
async def test_a_plain_colour_means_the_shops_own_names_of_it(said: str, left: list[str]) -> None:
    colours = ("人鱼蓝", "湖蓝色", "礁石黑")
    cards = [replace(card(colour, "9"), options={"颜色": colour}) for colour in colours]
    read = PARSER.parse(said).constraints.to_json()
    found = await Options(Parsing()).narrow(cards, said, read)  # type: ignore[arg-type]
    assert [one.options["颜色"] for one in found.cards] == left


async def test_a_line_of_the_cart_answers_no_question(counter: Counter) -> None:
    await counter.say(ADD, "第一个 黑色 42码 加购")
    waits = {
        "missing": "尺码",
        "choices": ["41", "42"],
        "left": ["shoe-1", "shoe-2"],
        "quantity": 1,
    }
    counter.slots["pending"] = {"action": ADD, **waits}
    await counter.say(CHANGE, "第一个改成三双")
    assert await counter.cart() == {"shoe-2": 3}
