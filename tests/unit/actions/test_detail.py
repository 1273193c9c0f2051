import pytest

from actions.detail import ActionProductDetail
from actions.finder import Finder
from actions.shelf import Shelf
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer, perform, tracker

PHONE = {"category": "手机"}
SHOWN = {"frame": PHONE, "shown": [["a", "b", "c"]], "focus": None}


def action(*answers):
    recommender, storage = FakeRecommender(*answers), FakeStorage()
    return ActionProductDetail(Finder(storage, recommender), Shelf(storage)), recommender


async def test_detail_of_the_second():
    detail, _ = action(answer())
    out = await perform(detail, tracker("第二个怎么样", SHOWN, ordinals=[2]))
    assert out.responses == ["utter_product_detail"]
    assert out.messages[0]["price"] == "1999"
    assert out.typed["type"] == "product"
    assert out.typed["data"]["item"]["sku"] == "b" and out.typed["data"]["description"] == "好用"
    assert out.slots == {"focus": "b"}


@pytest.mark.parametrize(
    ("slots", "reading", "response"),
    [
        (SHOWN, {"ordinals": [9]}, "utter_no_such_product"),
        (SHOWN, {}, "utter_which_product"),
        ({}, {"ordinals": [1]}, "utter_nothing_shown"),
        ({"focus": "gone", "shown": [["a", "b"]]}, {}, "utter_product_gone"),
    ],
)
async def test_detail_that_cannot_be_given(slots, reading, response):
    detail, _ = action(answer())
    out = await perform(detail, tracker("它怎么样", slots, **reading))
    assert out.responses == [response]


async def test_detail_of_a_product_not_shown_is_a_search_of_its_own():
    detail, recommender = action(answer("tv", constraints={"category": "电视"}))
    reading = {"constraints": {"category": "电视", "brands": ["海信"]}}
    slots = {**SHOWN, "frame": {**PHONE, "colours": ["黑"], "not_brands": ["小米"]}}
    out = await perform(detail, tracker("海信电视怎么样", slots, **reading))
    assert recommender.asked[0]["constraints"] == {**reading["constraints"], "not_brands": ["小米"]}
    assert out.responses == ["utter_products"]


async def test_the_candidates_are_the_choices():
    detail, _ = action(answer())
    out = await perform(detail, tracker("它怎么样", SHOWN))
    choices = [(b["title"], b["payload"]) for b in out.messages[0]["buttons"]]
    assert choices == [
        ("华为手机 a", "第1个，它怎么样"),
        ("荣耀手机 b", "第2个，它怎么样"),
        ("红米手机 c", "第3个，它怎么样"),
    ]
