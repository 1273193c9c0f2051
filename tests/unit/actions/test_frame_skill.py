"""Asking well, finding nothing, taking back: what the actions do with what the recommender counts."""

from typing import Any

import pytest

from actions.bundle import ActionBundle
from actions.count import ActionCountProducts
from actions.finder import Finder
from actions.frame import corrected, merge
from actions.repair import ActionCorrect, ActionIndifferent
from actions.shopping import ActionRefine, ActionSearchProducts
from actions.welcome import ActionCapabilities, ActionGreet
from recsys.client import Answer, Facet, Overview, Recommendation, WayOut
from tests.unit.actions.fakes import FakeRecommender, FakeStorage, answer, card, perform, tracker

PHONE = {"category": "手机"}
SHOWN = {"frame": PHONE, "shown": [["a", "b", "c"]]}
BRANDS = Facet(
    "brand", "brand", (Answer("华为", {"brands": ["华为"]}, 12), Answer("荣耀", {"brands": ["荣耀"]}, 9)), 10.0
)  # fmt: skip
MANY = Overview(total=30, low=999, high=2999, facets=(BRANDS,))


def of(kind: Any, *answers: Recommendation, overview: Overview | None = None) -> Any:
    recommender = FakeRecommender(*answers)
    recommender.overview = overview or Overview(total=0)
    return kind(Finder(FakeStorage(), recommender)), recommender


def many(*skus: str, **more: Any) -> Recommendation:
    found = answer(*skus, constraints=PHONE, **more)
    return Recommendation(found.items, found.constraints, found.relaxed, 30, found.confident)


def titles(out: Any) -> list[str]:
    return [button["title"] for button in out.messages[0]["buttons"]]


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


async def test_goods_that_the_shop_lacks_end_the_search() -> None:
    search, recommender = of(ActionSearchProducts, answer("a"))
    out = await perform(search, tracker("有钢琴吗", SHOWN, absent="钢琴"))
    assert out.responses == ["utter_not_carried"] and out.slots["frame"] == {}
    assert out.slots["past"] == [{"frame": PHONE, "sort": None}] and recommender.asked == []


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


async def test_each_wish_gets_a_list() -> None:
    wishes = [PHONE, {"category": "电视", "price_max": 5000}]
    search, recommender = of(ActionSearchProducts, answer("a"), answer("tv"))
    out = await perform(search, tracker("手机和电视", wishes=wishes, constraints=wishes[1]))
    assert [asked["constraints"] for asked in recommender.asked] == wishes
    assert out.slots["shown"] == [["a"], ["tv"]] and out.slots["frame"] == wishes[1]


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


CASES = [
    card("fit", "9", category="手机壳"),
    card("other", "9", category="手机壳"),
    card("silent", "9", category="手机壳"),
]


def case(sku: str, *models: str) -> Any:
    found = next(one for one in CASES if one.sku == sku)
    return type(found)(**{**found.__dict__, "attributes": {"适用机型": list(models)}})


class Modelled(FakeStorage):
    """A shop that knows that the phone is an iPhone 16."""

    def __init__(self, *cases: Any) -> None:
        super().__init__([card("phone", "5999"), *cases])

        async def products(wanted: list[str]) -> list[Any]:
            return [type("Product", (), {"model": "iPhone 16"})]

        self.work.catalog.products = products  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("models", "response", "shown"),
    [
        ([("iPhone 16", "iPhone 15"), ("iPhone 16 Pro",), ()], "utter_bundle_fits", ["fit"]),
        ([("iPhone 15",), ("iPhone 16 Pro",), ()], "utter_bundle_none_fits", ["silent"]),
        ([(), (), ()], "utter_bundle_unknown", ["fit", "other", "silent"]),
    ],
)
async def test_what_fits_is_said_only_where_a_field_says_so(
    models: list[tuple[str, ...]], response: str, shown: list[str]
) -> None:
    cases = [
        case(one.sku, *names) if names else one for one, names in zip(CASES, models, strict=True)
    ]
    recommender = FakeRecommender(
        answer("fit", "other", "silent", constraints={"category": "手机壳"})
    )
    bundle = ActionBundle(Finder(Modelled(*cases), recommender))
    slots = {"frame": PHONE, "shown": [["phone"]], "focus": "phone"}
    out = await perform(bundle, tracker("再配个手机壳", slots, constraints={"category": "手机壳"}))
    assert out.responses == [response]
    assert [item["sku"] for item in out.typed["data"]["items"]] == shown


async def test_what_fits_only_others_is_not_shown() -> None:
    cases = [case(one.sku, "iPhone 16 Pro") for one in CASES]
    found = answer("fit", "other", constraints={"category": "手机壳"})
    bundle = ActionBundle(Finder(Modelled(*cases), FakeRecommender(found)))
    slots = {"frame": PHONE, "shown": [["phone"]], "focus": "phone"}
    out = await perform(bundle, tracker("再配个手机壳", slots, constraints={"category": "手机壳"}))
    assert out.responses == ["utter_bundle_nothing"] and out.slots == {"frame": PHONE}


def test_a_lifted_attribute_goes_by_its_name() -> None:
    wool = {"name": "材质", "op": "=", "value": "羊毛", "unit": ""}
    size = {"name": "尺码", "op": "=", "value": 42, "unit": "码"}
    frame = {**PHONE, "attributes": [wool, size]}
    assert merge(frame, {}, lifted=["attributes:材质"], new_search=False)["attributes"] == [size]
    assert merge(frame, {}, lifted=["everything"], new_search=False) == PHONE


async def test_a_gap_between_two_bounds_names_both_and_the_nearest_price() -> None:
    relaxed = [{"constraint": "price_max", "from": 810, "to": 1099}]
    search, _ = of(ActionSearchProducts, answer("c", relaxed=relaxed))
    said = {**PHONE, "price_min": 800, "price_max": 810}
    out = await perform(search, tracker("", constraints=said))
    assert out.responses == ["utter_blocked_price_range"]
    assert [out.messages[0][key] for key in ("low", "high", "nearest")] == ["800", "810", "1099"]


async def test_a_single_brand_is_no_list_of_brands() -> None:
    count, _ = of(ActionCountProducts, answer("a"), overview=Overview(3, 9, 99))
    out = await perform(count, tracker("有几个牌子", SHOWN, counts="brands"))
    assert out.responses == ["utter_one_brand"] and out.messages[0]["total"] == 3


async def test_products_are_counted_with_their_prices() -> None:
    count, _ = of(ActionCountProducts, answer("a"), overview=MANY)
    out = await perform(count, tracker("有多少款", SHOWN, counts="products"))
    assert [out.messages[0][key] for key in ("total", "low", "high")] == [30, "999", "2999"]


async def test_without_another_colour_it_says_so() -> None:
    refine, _ = of(ActionRefine, answer("a"), overview=Overview(4))
    out = await perform(refine, tracker("", SHOWN, relative="other_colour"))
    assert out.responses == ["utter_no_other_colour"]


async def test_a_category_without_accessories_is_not_given_any() -> None:
    bundle, _ = of(ActionBundle, answer("a"))
    out = await perform(bundle, tracker("有什么配件", SHOWN))
    assert out.responses == ["utter_no_accessories"] and out.messages[0]["category"] == "手机"


async def test_accessories_for_nothing_ask_for_what() -> None:
    bundle, _ = of(ActionBundle, answer("a"))
    out = await perform(bundle, tracker("有什么配件"))
    assert out.responses == ["utter_bundle_for_what"]


async def test_what_no_text_has_is_shown_as_a_guess() -> None:
    overview = Overview(900, unmentioned=("望远镜",))
    search, _ = of(ActionSearchProducts, answer("a", "b"), overview=overview)
    out = await perform(search, tracker("想买望远镜", constraints={"need": "望远镜"}))
    assert out.responses == ["utter_guessed"]


async def test_a_named_size_is_no_wall_for_bigger_ones() -> None:
    named = {"name": "容量", "op": "=", "value": 300.0, "unit": "l"}
    overview = Overview(4, size=sizes(200.0, 300.0, 500.0), sizes_of={"p-a": 500.0})
    refine, recommender = of(ActionRefine, answer("b"), overview=overview)
    slots = {**SHOWN, "frame": {**PHONE, "attributes": [named]}}
    await perform(refine, tracker("再大一点", slots, relative="bigger"))
    assert recommender.counted[1]["attributes"] == []
    assert recommender.asked[0]["constraints"]["attributes"][0]["value"] == 500.0


@pytest.mark.parametrize(
    ("kind", "response"), [(ActionGreet, "utter_greet"), (ActionCapabilities, "utter_capabilities")]
)
async def test_the_shop_introduces_itself_by_its_departments(kind: Any, response: str) -> None:
    out = await perform(kind(Finder(FakeStorage(), FakeRecommender())), tracker("你好"))
    assert out.responses == [response] and titles(out) == ["手机数码", "家用电器"]
