"""Taking back, going back and putting right."""

from typing import Any

import pytest

from actions.frame import corrected, merge
from actions.repair import ActionCorrect
from actions.shopping import ActionRefine, ActionSearchProducts
from tests.unit.actions.fakes import answer, perform, tracker
from tests.unit.actions.finding import PHONE, SHOWN, of


async def test_undo_takes_the_last_frame_and_forgets_it() -> None:
    past = [{"frame": {}, "sort": None}, {"frame": PHONE, "sort": "rating"}]
    slots = {**SHOWN, "frame": {**PHONE, "price_max": 10}, "past": past}
    refine, recommender = of(ActionRefine, answer("a"))
    out = await perform(refine, tracker("撤销", slots, relative="undo"))
    assert recommender.asked[0]["constraints"] == PHONE
    assert (out.slots["frame"], out.slots["sort"], out.slots["past"]) == (PHONE, "rating", past[:1])


async def test_back_restores_the_conditions_of_that_category() -> None:
    past = [{"frame": {**PHONE, "price_max": 3000}, "sort": None}]
    slots = {"frame": {"category": "冰箱"}, "shown": [["tv"]], "past": past}
    search, recommender = of(ActionSearchProducts, answer("a"))
    out = await perform(search, tracker("", slots, relative="back", constraints=PHONE))
    assert recommender.asked[0]["constraints"] == {**PHONE, "price_max": 3000}
    assert out.slots["past"][-1]["frame"] == {"category": "冰箱"}


@pytest.mark.parametrize(
    ("said", "reading", "kept"),
    [
        ("手机要双卡的", {}, True),
        ("刚才手机有双卡的吗", {"reference": {"batch": None}}, True),
        ("想买手机", {}, False),
    ],
)
async def test_what_is_taken_up_as_known_keeps_its_conditions(
    said: str, reading: dict[str, Any], kept: bool
) -> None:
    past = [{"frame": {**PHONE, "price_max": 3000}, "sort": None}]
    slots = {"frame": {"category": "冰箱"}, "shown": [["tv"]], "past": past}
    search, recommender = of(ActionSearchProducts, answer("a"))
    await perform(search, tracker(said, slots, constraints=PHONE, **reading))
    assert ("price_max" in recommender.asked[0]["constraints"]) is kept


@pytest.mark.parametrize(
    ("frame", "before", "delta", "meant"),
    [
        (PHONE, {}, {"category": "平板", "not_words": ["手机"]}, {"category": "平板"}),
        (
            {**PHONE, "price_max": 9, "brands": ["华为"]},
            {},
            {"category": "平板"},
            {"category": "平板", "price_max": 9},
        ),
        (
            {**PHONE, "not_brands": ["小米"]},
            PHONE,
            {"not_brands": ["华为"]},
            {**PHONE, "not_brands": ["华为"]},
        ),
        (
            {**PHONE, "brands": ["小米"]},
            PHONE,
            {"brands": ["华为"], "not_brands": ["小米"]},
            {**PHONE, "brands": ["华为"]},
        ),
        (
            {**PHONE, "price_min": 1000, "price_max": 2000},
            PHONE,
            {"price_max": 3000},
            {**PHONE, "price_max": 3000},
        ),
    ],
)
def test_a_correction_replaces(
    frame: dict[str, Any], before: dict[str, Any], delta: dict[str, Any], meant: dict[str, Any]
) -> None:
    assert corrected(frame, before, delta) == meant


async def test_a_correction_without_content_asks() -> None:
    correct, recommender = of(ActionCorrect, answer("a"))
    out = await perform(correct, tracker("打错了", SHOWN))
    assert out.responses == ["utter_ask_correction"] and recommender.asked == []


def test_a_lifted_attribute_goes_by_its_name() -> None:
    wool = {"name": "材质", "op": "=", "value": "羊毛", "unit": ""}
    size = {"name": "尺码", "op": "=", "value": 42, "unit": "码"}
    frame = {**PHONE, "attributes": [wool, size]}
    assert merge(frame, {}, lifted=["attributes:材质"], new_search=False)["attributes"] == [size]
    assert merge(frame, {}, lifted=["everything"], new_search=False) == PHONE
