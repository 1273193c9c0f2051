"""How many products and brands, the cheapest and the dearest."""

from actions.count import ActionCountProducts
from recsys.client import Overview
from tests.unit.actions.fakes import answer, perform, tracker
from tests.unit.actions.finding import MANY, PHONE, SHOWN, of


async def test_brands_are_counted_and_named() -> None:
    count, recommender = of(ActionCountProducts, answer("a"), overview=MANY)
    slots = {**SHOWN, "frame": {**PHONE, "brands": ["华为"]}}
    out = await perform(count, tracker("有几个牌子", slots, counts="brands"))
    assert recommender.counted == [PHONE], "the brand that was chosen is no answer"
    assert out.responses == ["utter_count_brands"]
    assert (out.messages[0]["count"], out.messages[0]["names"]) == (2, "华为、荣耀")


async def test_the_dearest_is_the_dearest_sku() -> None:
    count, recommender = of(ActionCountProducts, answer("a"), answer("b", "c"), overview=MANY)
    out = await perform(count, tracker("最贵的多少钱", SHOWN, sort="price_desc"))
    assert recommender.asked[0]["constraints"] == {**PHONE, "price_min": 2999}
    assert out.responses == ["utter_dearest"] and out.slots["focus"] == "a"
    assert out.slots["shown"][-1] == ["a", "b", "c"] and out.slots["sort"] == "price_desc"


async def test_counts_of_nothing_explain_what_stands_in_the_way() -> None:
    relaxed = [{"constraint": "price_max", "from": 1, "to": 999}]
    count, _ = of(ActionCountProducts, answer("c", relaxed=relaxed))
    out = await perform(count, tracker("有几款", {"frame": {**PHONE, "price_max": 1}}))
    assert out.responses == ["utter_blocked_price_max"]


async def test_a_single_brand_is_no_list_of_brands() -> None:
    count, _ = of(ActionCountProducts, answer("a"), overview=Overview(3, 9, 99))
    out = await perform(count, tracker("有几个牌子", SHOWN, counts="brands"))
    assert out.responses == ["utter_one_brand"] and out.messages[0]["total"] == 3


async def test_products_are_counted_with_their_prices() -> None:
    count, _ = of(ActionCountProducts, answer("a"), overview=MANY)
    out = await perform(count, tracker("有多少款", SHOWN, counts="products"))
    assert [out.messages[0][key] for key in ("total", "low", "high")] == [30, "999", "2999"]
