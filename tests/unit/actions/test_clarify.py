"""One question beside a list, and indifference as its answer."""

from typing import Any

import pytest

from actions.finder import Finder
from actions.repair import ActionIndifferent
from actions.shopping import ActionRefine, ActionSearchProducts
from actions.welcome import ActionCapabilities, ActionGreet
from recsys.client import Facet, Overview
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer, perform, tracker
from tests.unit.actions.finding import BRANDS, MANY, PHONE, SHOWN, many, of, titles


async def test_one_question_stands_beside_the_list() -> None:
    search, _ = of(ActionSearchProducts, many("a", "b"), overview=MANY)
    out = await perform(search, tracker("手机", constraints=PHONE))
    assert out.responses == ["utter_clarify_brand"] and out.typed["type"] == "products"
    assert titles(out) == ["华为 (12)", "荣耀 (9)", "都可以"]
    assert out.slots["clarified"] == 1
    assert out.slots["pending"] == {"action": "action_indifferent", "missing": "brand"}


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({**SHOWN, "clarified": 2}, {"not_brands": ["小米"]}),
        (SHOWN, {"brands": ["华为"], "price_max": 3000}),
    ],
)
async def test_no_third_question_and_none_where_enough_was_said(
    slots: dict[str, Any], said: dict[str, Any]
) -> None:
    refine, _ = of(ActionRefine, many("a"), overview=MANY)
    out = await perform(refine, tracker("", slots, constraints=said))
    assert out.responses == ["utter_refined"] and "clarified" not in out.slots


async def test_a_question_that_would_not_help_is_not_asked() -> None:
    poor = Facet("brand", "brand", BRANDS.answers, 29.0)
    search, _ = of(ActionSearchProducts, many("a"), overview=Overview(30, facets=(poor,)))
    out = await perform(search, tracker("手机", constraints=PHONE))
    assert out.responses == ["utter_products"]


async def test_indifference_drops_the_question_and_shows_others() -> None:
    action, recommender = of(ActionIndifferent, many("c"))
    slots = {
        **SHOWN,
        "clarified": 1,
        "pending": {"action": "action_indifferent", "missing": "brand"},
    }
    out = await perform(action, tracker("随便", slots, constraints={"need": "随便"}))
    assert recommender.asked[0]["constraints"] == PHONE
    assert recommender.asked[0]["exclude"] == ["p-a", "p-b", "p-c"]
    assert (out.slots["pending"], out.slots["clarified"]) == (None, 2)


async def test_indifference_does_not_decide_what_another_action_asked() -> None:
    action, recommender = of(ActionIndifferent, many("c"))
    slots = {**SHOWN, "pending": {"action": "action_add_to_cart", "missing": "尺码"}}
    out = await perform(action, tracker("随便", slots))
    assert out.responses == ["utter_still_needed"] and out.slots == {}
    assert recommender.asked == []


async def test_each_wish_gets_a_list() -> None:
    wishes = [PHONE, {"category": "电视", "price_max": 5000}]
    search, recommender = of(ActionSearchProducts, answer("a"), answer("tv"))
    out = await perform(search, tracker("手机和电视", wishes=wishes, constraints=wishes[1]))
    assert [asked["constraints"] for asked in recommender.asked] == wishes
    assert out.slots["shown"] == [["a"], ["tv"]] and out.slots["frame"] == wishes[1]


@pytest.mark.parametrize(
    ("kind", "response"), [(ActionGreet, "utter_greet"), (ActionCapabilities, "utter_capabilities")]
)
async def test_the_shop_introduces_itself_by_its_departments(kind: Any, response: str) -> None:
    out = await perform(kind(Finder(FakeStorage(), FakeRecommender())), tracker("你好"))
    assert out.responses == [response] and titles(out) == ["手机数码", "家用电器"]
