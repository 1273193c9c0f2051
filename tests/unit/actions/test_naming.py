"""Products that are meant without having been shown: by model, by the part of it that tells, by a brand with one product."""

from dataclasses import replace
from typing import Any

import pytest

from actions.detail import ActionProductDetail
from actions.finder import Finder
from actions.questions import ActionAnswerAttribute
from actions.shelf import Shelf
from tests.unit.actions.fakes import PHONES, FakeRecommender, FakeStorage, answer, perform, tracker

SHOWN = {"frame": {"category": "手机"}, "shown": [["a", "b", "c"]]}


def detail(*found: str) -> tuple[ActionProductDetail, FakeRecommender]:
    storage, recommender = FakeStorage(), FakeRecommender(answer(*found))
    return ActionProductDetail(Finder(storage, recommender), Shelf(storage)), recommender  # type: ignore[arg-type]


async def test_a_product_named_by_its_model_need_not_be_shown() -> None:
    action, recommender = detail("a")
    out = await perform(action, tracker("B1怎么样", named=[["p-b"]]))
    assert out.slots["focus"] == "b" and not recommender.asked


async def test_a_phone_that_names_a_case_is_not_meant() -> None:
    action, _ = detail("a")
    said = {"category": "手机壳"}
    out = await perform(action, tracker("B1的手机壳", named=[["p-b"]], constraints=said))
    assert out.slots["focus"] != "b"


async def test_a_position_goes_before_a_name() -> None:
    action, _ = detail("a")
    out = await perform(action, tracker("第一个", SHOWN, named=[["p-b"]], ordinals=[1]))
    assert out.slots["focus"] == "a"


async def test_a_name_that_several_bear_names_none() -> None:
    action, _ = detail("a")
    out = await perform(action, tracker("红烧牛肉面", SHOWN, named=[["p-a", "p-b"]]))
    assert out.responses == ["utter_which_product"]


async def test_a_brand_with_one_product_in_the_kind_talked_of_is_answered() -> None:
    weighs = [replace(card, attributes={"重量": 200}) for card in PHONES]
    storage, recommender = FakeStorage(weighs), FakeRecommender(answer("b"))
    action = ActionAnswerAttribute(Finder(storage, recommender), Shelf(storage))  # type: ignore[arg-type]
    slots = {"frame": {"category": "手机", "price_max": 900}, "shown": [["c"]]}
    reading: dict[str, Any] = {"asked": ["重量"], "constraints": {"brands": ["荣耀"]}}
    out = await perform(action, tracker("荣耀的多重", slots, **reading))
    assert out.slots["focus"] == "b" and out.responses == ["utter_attribute_value"]
    assert recommender.asked[0]["constraints"] == {"category": "手机", "brands": ["荣耀"]}


@pytest.mark.parametrize("found", [("a", "b"), ()])
async def test_a_brand_with_several_or_none_is_looked_for(found: tuple[str, ...]) -> None:
    storage, recommender = FakeStorage(), FakeRecommender(answer(*found))
    action = ActionAnswerAttribute(Finder(storage, recommender), Shelf(storage))  # type: ignore[arg-type]
    reading: dict[str, Any] = {"asked": ["重量"], "constraints": {"brands": ["小米"]}}
    out = await perform(action, tracker("小米的多重", SHOWN, **reading))
    assert "utter_attribute_value" not in out.responses
