"""Wishes relative to what was shown: cheaper, bigger, another brand, another colour."""

import pytest

from actions.shopping import ActionRefine
from recsys.client import Answer, Facet, Overview
from tests.unit.actions.fakes import answer, perform, tracker
from tests.unit.actions.finding import PHONE, SHOWN, of, titles


async def test_cheaper_than_the_first_is_below_its_price() -> None:
    refine, recommender = of(ActionRefine, answer("c"))
    await perform(refine, tracker("", SHOWN, relative="cheaper", ordinals=[2]))
    assert recommender.asked[0]["constraints"]["price_max"] == 1998


async def test_a_ceiling_that_no_longer_matters_goes() -> None:
    refine, recommender = of(ActionRefine, answer("a"))
    slots = {**SHOWN, "frame": {**PHONE, "price_max": 1000}}
    out = await perform(refine, tracker("贵点也行", slots, lifted=["price_max"]))
    assert recommender.asked[0]["constraints"] == PHONE and out.slots["frame"] == PHONE


def sizes(*values: float) -> Facet:
    said = [{"name": "容量", "op": "=", "value": value, "unit": "l"} for value in values]
    answers = (Answer(f"{a['value']}升", {"attributes": [a]}, 1) for a in said)
    return Facet("总容积", "size", tuple(answers))


@pytest.mark.parametrize(
    ("way", "op", "bound"), [("bigger", ">=", 500.0), ("smaller", "<=", 200.0)]
)
async def test_bigger_and_smaller_go_past_what_was_shown(way: str, op: str, bound: float) -> None:
    overview = Overview(4, size=sizes(200.0, 300.0, 500.0), sizes_of={"p-a": 300.0})
    refine, recommender = of(ActionRefine, answer("b"), overview=overview)
    await perform(refine, tracker("", SHOWN, relative=way))
    (attribute,) = recommender.asked[0]["constraints"]["attributes"]
    assert (attribute["op"], attribute["value"]) == (op, bound)


async def test_nothing_bigger_names_the_biggest() -> None:
    overview = Overview(4, size=sizes(200.0, 500.0), sizes_of={"p-a": 500.0})
    refine, _ = of(ActionRefine, answer("b"), overview=overview)
    out = await perform(refine, tracker("", SHOWN, relative="bigger"))
    assert out.responses == ["utter_biggest"] and out.messages[0]["size"] == "500.0升"


async def test_a_size_that_is_not_stated_is_not_guessed() -> None:
    refine, _ = of(ActionRefine, answer("b"), overview=Overview(4))
    out = await perform(refine, tracker("", SHOWN, relative="bigger"))
    assert out.responses == ["utter_size_unknown"]


async def test_another_brand_is_shown_and_none_is_disliked_for_ever() -> None:
    refine, recommender = of(ActionRefine, answer("b"))
    slots = {**SHOWN, "frame": {**PHONE, "brands": ["华为"]}}
    out = await perform(refine, tracker("", slots, relative="other_brand"))
    assert recommender.asked[0]["constraints"] == {**PHONE, "not_brands": ["华为"]}
    assert out.slots["frame"] == PHONE


async def test_without_another_brand_it_says_so() -> None:
    refine, _ = of(ActionRefine, answer())
    out = await perform(refine, tracker("", SHOWN, relative="other_brand"))
    assert out.responses == ["utter_no_other_brand"]


async def test_another_colour_is_asked_where_none_was_named() -> None:
    colours = Facet("colour", "colour", (Answer("黑色", {"colours": ["黑"]}, 3),), 1.0)
    refine, _ = of(ActionRefine, answer("a"), overview=Overview(4, facets=(colours,)))
    out = await perform(refine, tracker("", SHOWN, relative="other_colour"))
    assert out.responses == ["utter_ask_colour"] and titles(out) == ["黑色 (3)"]


async def test_without_another_colour_it_says_so() -> None:
    refine, _ = of(ActionRefine, answer("a"), overview=Overview(4))
    out = await perform(refine, tracker("", SHOWN, relative="other_colour"))
    assert out.responses == ["utter_no_other_colour"]


async def test_a_named_size_is_no_wall_for_bigger_ones() -> None:
    named = {"name": "容量", "op": "=", "value": 300.0, "unit": "l"}
    overview = Overview(4, size=sizes(200.0, 300.0, 500.0), sizes_of={"p-a": 500.0})
    refine, recommender = of(ActionRefine, answer("b"), overview=overview)
    slots = {**SHOWN, "frame": {**PHONE, "attributes": [named]}}
    await perform(refine, tracker("再大一点", slots, relative="bigger"))
    assert recommender.counted[1]["attributes"] == []
    assert recommender.asked[0]["constraints"]["attributes"][0]["value"] == 500.0


async def test_where_nothing_is_cheaper_the_cheapest_is_spoken_of_from_then_on() -> None:
    refine, _ = of(ActionRefine, answer())
    out = await perform(refine, tracker("便宜点的有没有", SHOWN, relative="cheaper"))
    assert out.responses == ["utter_no_cheaper"]
    cheapest = out.messages[0]["title"]
    assert (out.slots["focus"], cheapest) == ("c", "红米手机 c")
