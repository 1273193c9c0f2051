"""Nothing fits: what stands in the way, what no field says, what the shop lacks."""

from actions.shopping import ActionRefine, ActionSearchProducts
from recsys.client import Overview, WayOut
from tests.unit.actions.fakes import answer, perform, tracker
from tests.unit.actions.finding import PHONE, SHOWN, of, titles


async def test_ways_out_are_choices_with_counts() -> None:
    relaxed = [{"constraint": "brands", "from": ["华为"], "to": None}]
    overview = Overview(0, ways=(WayOut("brands", 7, 99, 999), WayOut("attributes:材质", 2, 9, 99)))
    search, _ = of(ActionSearchProducts, answer("c", relaxed=relaxed), overview=overview)
    out = await perform(search, tracker("", constraints={**PHONE, "brands": ["华为"]}))
    assert out.responses == ["utter_blocked_brands"]
    assert titles(out)[:2] == ["品牌不限 (7)", "材质不限 (2)"]


async def test_what_no_field_says_is_not_kept_as_a_condition() -> None:
    overview = Overview(3, unmentioned=("顺丰", "发货"))
    refine, _ = of(ActionRefine, answer("a", constraints=PHONE), overview=overview)
    out = await perform(refine, tracker("", SHOWN, constraints={"need": "顺丰 发货"}))
    assert out.responses == ["utter_unfilterable"] and out.messages[0]["what"] == "顺丰发货"
    assert out.slots["frame"] == PHONE


async def test_a_condition_on_no_field_is_told_once_and_not_kept() -> None:
    weeks = {"name": "孕周", "op": "=", "value": 20.0, "unit": "周"}
    overview = Overview(3, unfilterable=(weeks,))
    relaxed = [{"constraint": "attribute", "from": weeks, "to": None}]
    search, _ = of(ActionSearchProducts, answer("a", relaxed=relaxed), overview=overview)
    said = {**PHONE, "price_max": 900, "attributes": [weeks]}
    out = await perform(search, tracker("", constraints=said))
    assert out.responses == ["utter_unfilterable"]
    assert out.slots["frame"] == {**PHONE, "price_max": 900}


async def test_goods_that_the_shop_lacks_end_the_search() -> None:
    search, recommender = of(ActionSearchProducts, answer("a"))
    out = await perform(search, tracker("有钢琴吗", SHOWN, absent="钢琴"))
    assert out.responses == ["utter_not_carried"] and out.slots["frame"] == {}
    assert out.slots["past"] == [{"frame": PHONE, "sort": None}] and recommender.asked == []


async def test_a_gap_between_two_bounds_names_both_and_the_nearest_price() -> None:
    relaxed = [{"constraint": "price_max", "from": 810, "to": 1099}]
    search, _ = of(ActionSearchProducts, answer("c", relaxed=relaxed))
    said = {**PHONE, "price_min": 800, "price_max": 810}
    out = await perform(search, tracker("", constraints=said))
    assert out.responses == ["utter_blocked_price_range"]
    assert [out.messages[0][key] for key in ("low", "high", "nearest")] == ["800", "810", "1099"]


async def test_what_no_text_has_is_shown_as_a_guess() -> None:
    overview = Overview(900, unmentioned=("望远镜",))
    search, _ = of(ActionSearchProducts, answer("a", "b"), overview=overview)
    out = await perform(search, tracker("想买望远镜", constraints={"need": "望远镜"}))
    assert out.responses == ["utter_guessed"]
