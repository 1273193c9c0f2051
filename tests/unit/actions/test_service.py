from actions.finder import Finder
from actions.service import ActionFallback
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer, perform, tracker


def fallback(*answers):
    recommender = FakeRecommender(*answers)
    return ActionFallback(Finder(FakeStorage(), recommender)), recommender


async def test_fallback_searches_where_a_product_is_named():
    action, recommender = fallback(answer("a", constraints={"category": "手机"}))
    out = await perform(action, tracker("手机哇", constraints={"category": "手机", "need": "哇"}))
    assert recommender.asked[0]["constraints"] == {"category": "手机", "need": "哇"}
    assert out.responses == ["utter_products"]


async def test_fallback_refines_an_open_search():
    action, recommender = fallback(answer("a"))
    slots = {"frame": {"category": "手机"}, "shown": [["b"]]}
    out = await perform(action, tracker("三千嘛", slots, constraints={"price_max": 3000}))
    assert recommender.asked[0]["constraints"] == {"category": "手机", "price_max": 3000}
    assert out.responses == ["utter_refined"]


async def test_fallback_shows_what_the_text_matches_well():
    action, recommender = fallback(answer("a", "b", constraints={"need": "徕卡"}))
    out = await perform(action, tracker("徕卡", constraints={"need": "徕卡"}))
    assert recommender.asked[0]["text"] == "徕卡"
    assert out.responses == ["utter_guessed"] and out.slots["shown"] == [["a", "b"]]


async def test_fallback_offers_ways_on_where_nothing_matches():
    action, _ = fallback(answer("a", confident=False))
    out = await perform(action, tracker("asdfgh", constraints={"need": "asdfgh"}))
    assert out.responses == ["utter_fallback"] and out.slots == {}


async def test_fallback_searches_nothing_for_a_story():
    action, recommender = fallback(answer("a"))
    said = {"category": "裤子", "need": "质量 不错 走线 工整 下次 还来"}
    out = await perform(action, tracker("裤子质量不错，走线工整，下次还来", constraints=said))
    assert out.responses == ["utter_fallback"] and not recommender.asked
