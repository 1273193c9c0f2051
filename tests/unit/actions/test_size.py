"""Size advice by chat: what is asked, what is remembered, and what is never guessed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shop.domain.size import ChartUse, Range, Size, SizeChart
from tests.unit.actions.shop import Counter, open_shop

SIZE, ADD, REFINE, AFFIRM = (
    "action_advise_size", "action_add_to_cart", "action_refine", "action_affirm",
)  # fmt: skip
SEARCH = "action_search_products"
ROWS = (("41", 165, 175, 55, 65), ("42", 175, 185, 65, 75), ("43", 185, 195, 75, 90))
CHART = SizeChart(
    "跑鞋",
    (("身高", "体重"),),
    tuple(Size((n,), {"身高": Range(a, b), "体重": Range(c, d)}) for n, a, b, c, d in ROWS),
)


@pytest_asyncio.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = await open_shop(tmp_path)
    async with counter.storage.unit() as unit:
        await unit.size_charts.upsert([ChartUse("shoes", CHART, ("跑步鞋",))])
        await unit.commit()
    yield counter
    await counter.storage.close()


@pytest.mark.parametrize(
    ("said", "responses"),
    [
        ("170、60公斤", ["utter_size_one"]),
        ("175 65公斤", ["utter_size_between"]),
        ("168 150斤", ["utter_size_between"]),
        ("168 170斤", ["utter_size_apart"]),
        ("205 100公斤", ["utter_size_beyond"]),
        ("190 80公斤", ["utter_size_fits", "utter_size_absent"]),
        ("身高175体重95", ["utter_size_unit"]),
        ("身高175", ["utter_size_ask_more"]),
        ("", ["utter_size_ask"]),
    ],
)
async def test_the_chart_decides(counter: Counter, said: str, responses: list[str]) -> None:
    out = await counter.say(SIZE, f"第一个{said}穿什么码")
    assert out.responses == responses


async def test_what_is_missing_is_asked_for_and_an_answer_completes_it(counter: Counter) -> None:
    await counter.say(SIZE, "第一个我穿什么码")
    assert counter.slots["pending"]["wanted"] == ["身高", "体重"]
    out = await counter.say(REFINE, "170")
    assert out.responses == ["utter_size_ask_more"] and out.messages[0]["known"] == "身高 170 cm"
    out = await counter.say(SEARCH, "120")
    assert out.responses == ["utter_size_one"] and counter.slots["body"] == {
        "身高": 170,
        "体重": 60,
    }
    assert out.messages[0]["reasons"] == "41：身高 170 cm（165–175），体重 60 kg（55–65）"


@pytest.mark.parametrize(("said", "weight"), [("公斤", 95), ("是斤", 47.5), ("95斤", 47.5)])
async def test_a_weight_that_may_be_either_is_asked_about(
    counter: Counter, said: str, weight: float
) -> None:
    await counter.say(SIZE, "第一个身高175体重95穿什么码")
    await counter.say(REFINE, said)
    assert counter.slots["body"] == {"身高": 175, "体重": weight}


async def test_a_body_is_remembered_until_somebody_else_is_spoken_of(counter: Counter) -> None:
    await counter.say(SIZE, "第一个170 60公斤穿什么码")
    assert (await counter.say(SIZE, "第一个我穿什么码")).responses == ["utter_size_one"]
    assert (await counter.say(SIZE, "第一个我老公穿什么码")).responses == ["utter_size_ask"]
    assert counter.slots["body"] == {}


async def test_the_advised_size_is_bought_by_saying_so(counter: Counter) -> None:
    await counter.say(SIZE, "第一个170 60公斤穿什么码")
    out = await counter.say(ADD, "那就拿这个码")
    assert out.responses == ["utter_ask_option"] and await counter.cart() == {}
    await counter.say(REFINE, "黑色")
    assert await counter.cart() == {"shoe-1": 1}


async def test_a_yes_buys_the_one_size_and_picks_none_of_two(counter: Counter) -> None:
    await counter.say(SIZE, "第一个170 60公斤穿什么码")
    assert (await counter.say(AFFIRM, "好的")).responses == ["utter_ask_option"]
    await counter.say(SIZE, "第一个175 65公斤穿什么码")
    assert (await counter.say(AFFIRM, "好的")).responses == ["utter_affirm"]
    assert (await counter.say(REFINE, "要42")).responses == ["utter_added_to_cart"]
    assert await counter.cart() == {"shoe-2": 1}


async def test_another_size_than_the_advised_one_is_a_wish_of_its_own(counter: Counter) -> None:
    await counter.say(SIZE, "第一个170 60公斤穿什么码")
    await counter.say(ADD, "要42 黑色")
    assert await counter.cart() == {"shoe-2": 1}


async def test_a_size_that_is_sold_out_is_said_to_be(counter: Counter) -> None:
    async with counter.storage.unit() as unit:
        await unit.catalog.set_stock("shoe-1", 0)
        await unit.catalog.set_stock("shoe-3", 0)
        await unit.commit()
    out = await counter.say(SIZE, "第一个170 60公斤穿什么码")
    assert out.responses == ["utter_size_fits", "utter_size_sold_out"]
    assert counter.slots["pending"] is None


async def test_goods_without_a_chart_get_no_advice(counter: Counter) -> None:
    out = await counter.say(SIZE, "最后一个170 60公斤穿什么码")
    assert out.responses == ["utter_size_no_chart"]


@pytest.mark.parametrize(
    ("said", "response"),
    [
        ("第一个尺码表发一下", "utter_size_chart"),
        ("第一个偏大吗", "utter_size_fit_unknown"),
        ("第一个 我平时穿42 选哪个", "utter_size_usual"),
        ("第一个 我平时穿L 选哪个", "utter_size_usual_ask"),
    ],
)
async def test_other_questions_about_sizes(counter: Counter, said: str, response: str) -> None:
    assert (await counter.say(SIZE, said)).responses == [response]


async def test_the_table_has_only_the_sizes_that_are_sold(counter: Counter) -> None:
    out = await counter.say(SIZE, "第一个尺码表发一下")
    assert [line.split("：")[0] for line in out.messages[0]["chart"].split("\n")] == ["41", "42"]


async def test_letters_of_shoes_keep_the_question_open(counter: Counter) -> None:
    await counter.say(ADD, "第一个 黑色 加购")
    out = await counter.say(REFINE, "L码")
    assert out.responses == ["utter_no_such_option"]
    assert counter.slots["pending"]["missing"] == "尺码"


async def test_a_number_alone_is_a_size_of_what_is_spoken_of(counter: Counter) -> None:
    counter.slots["focus"] = "shoe-1"
    assert (await counter.say(REFINE, "42")).responses == ["utter_option_in_stock"]
    assert (await counter.say(REFINE, "7")).responses == ["utter_number_unclear"]
