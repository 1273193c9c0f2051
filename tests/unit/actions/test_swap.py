"""Other options of what is in the cart take the place of the line; everything else leaves the cart alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.unit.actions.shop import Counter, open_shop

ADD, REFINE, AFFIRM = "action_add_to_cart", "action_refine", "action_affirm"


@pytest_asyncio.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = await open_shop(tmp_path)
    await counter.say(ADD, "第一个 黑色 41码 来两双")
    yield counter
    await counter.storage.close()


@pytest.mark.parametrize(
    ("heard", "said", "held"),
    [
        (REFINE, "尺码换成42的", {"shoe-2": 2}),
        (REFINE, "颜色改象牙白", {"shoe-3": 2}),
        (AFFIRM, "等一下 应该是42", {"shoe-2": 2}),
    ],
)
async def test_what_is_not_said_stays(
    counter: Counter, heard: str, said: str, held: dict[str, int]
) -> None:
    out = await counter.say(heard, said)
    assert out.responses == ["utter_cart_swapped"] and await counter.cart() == held
    assert counter.slots["focus"] == next(iter(held))


async def test_nothing_is_lost_where_the_other_is_sold_out(counter: Counter) -> None:
    out = await counter.say(REFINE, "换成象牙白42码")
    assert out.responses == ["utter_cart_sold_out"]
    assert await counter.cart() == {"shoe-1": 2}


@pytest.mark.parametrize("said", ["还是41吧", "换成47码", "尺码42呢", "换"])
async def test_the_same_or_no_option_changes_nothing(counter: Counter, said: str) -> None:
    await counter.say(AFFIRM, said)
    assert await counter.cart() == {"shoe-1": 2}


async def test_a_line_is_found_by_its_options(counter: Counter) -> None:
    await counter.say(ADD, "第一个 象牙白 41码 来一双")
    counter.slots["focus"] = "shoe-3"
    await counter.say("action_change_cart", "把黑的删掉")
    assert await counter.cart() == {"shoe-3": 1}


@pytest.mark.parametrize(
    ("said", "held"), [("来两包坚果", {"nuts-1": 2}), ("坚果 3包的", {"nuts-3": 1})]
)
async def test_packs_are_counted_singly(counter: Counter, said: str, held: dict[str, int]) -> None:
    counter.slots |= {"shown": [["nuts-1"]], "focus": "nuts-1", "frame": {}}
    await counter.say("action_change_cart", "清空购物车")
    await counter.say(AFFIRM, "确定清空")
    counter.slots["focus"] = "nuts-1"
    await counter.say(ADD, said)
    assert await counter.cart() == held


async def test_what_was_asked_about_is_bought(counter: Counter) -> None:
    await counter.say("action_change_cart", "清空购物车")
    await counter.say(AFFIRM, "确定清空")
    counter.slots |= {"focus": "shoe-1"}
    await counter.say("action_answer_stock", "象牙白41码有吗")
    await counter.say(ADD, "就它吧")
    assert await counter.cart() == {"shoe-3": 1}
