import pytest

from actions.finder import Finder
from actions.shopping import (
    ActionMoreProducts,
    ActionRefine,
    ActionSearchProducts,
    ActionStartOver,
)
from recsys.client import RecommenderUnavailable
from tests.unit.actions.fakes import (
    PHONES,
    FakeRecommender,
    FakeStorage,
    answer,
    card,
    perform,
    tracker,
)

PHONE = {"category": "手机"}
SHOWN = {"frame": PHONE, "shown": [["a", "b", "c"]], "focus": None}


def action(kind, *answers):
    recommender = FakeRecommender(*answers)
    return kind(Finder(FakeStorage(), recommender)), recommender


async def test_search_shows_cards_with_reasons_and_remembers_them():
    search, recommender = action(ActionSearchProducts, answer("a", "b", constraints=PHONE))
    out = await perform(search, tracker("想买手机", constraints=PHONE))
    assert recommender.asked[0]["constraints"] == PHONE
    assert out.responses == ["utter_products"]
    assert out.messages[0]["category"] == "手机" and out.messages[0]["count"] == 2
    assert out.typed["type"] == "products"
    assert [item["sku"] for item in out.typed["data"]["items"]] == ["a", "b"]
    assert out.typed["data"]["items"][0]["reasons"] == ["好评"]
    assert out.typed["data"]["items"][0]["price"] == 2999
    assert out.slots == {"frame": PHONE, "sort": None, "shown": [["a", "b"]], "focus": None}


@pytest.mark.parametrize(
    ("recipient", "frame"),
    [(True, {"category": "手机", "need": "拍照 送 爸"}), (False, {"need": "送 爸"})],
)
async def test_for_whom_it_is_narrows_the_running_search(recipient, frame):
    search, recommender = action(ActionSearchProducts, answer("a"))
    slots = {**SHOWN, "frame": {**PHONE, "need": "拍照"}}
    said = tracker("送我爸的", slots, constraints={"need": "送 爸"}, recipient=recipient)
    out = await perform(search, said)
    assert recommender.asked[0]["constraints"] == frame == out.slots["frame"]


async def test_search_asks_one_question_where_nothing_is_named():
    search, recommender = action(ActionSearchProducts, answer("a"))
    out = await perform(search, tracker("三千以内的", constraints={"price_max": 3000}))
    assert out.responses == ["utter_ask_category"]
    assert [b["title"] for b in out.messages[0]["buttons"]] == ["手机数码", "家用电器"]
    assert out.slots == {"frame": {"price_max": 3000}, "clarified": 1}
    assert recommender.asked == []


async def test_the_condition_that_gave_way_is_named_with_the_nearest_price():
    relaxed = [{"constraint": "price_max", "from": 500, "to": 799}]
    search, _ = action(ActionSearchProducts, answer("c", constraints=PHONE, relaxed=relaxed))
    out = await perform(search, tracker("500以内的手机", constraints={**PHONE, "price_max": 500}))
    assert out.responses == ["utter_blocked_price_max"]
    assert (out.messages[0]["asked"], out.messages[0]["nearest"]) == ("500", "799")
    assert out.typed["data"]["relaxed"] == relaxed
    assert out.slots["frame"]["price_max"] == 500, "the shopper's own limit is kept"


async def test_search_admits_that_it_guesses():
    need = {"need": "钢琴 凳"}
    search, _ = action(ActionSearchProducts, answer("a", "b", constraints=need, confident=False))
    out = await perform(search, tracker("钢琴凳", constraints=need))
    assert out.responses == ["utter_guessed"] and out.slots["frame"] == need


async def test_a_story_of_goods_is_no_wish_for_them():
    said = {"category": "裤子", "need": "质量 不错 卖家 推荐 尺码 正好 面料"}
    search, _ = action(ActionSearchProducts, answer("a", "b", constraints=said))
    story = await perform(
        search, tracker("裤子质量不错，卖家说的尺码正好，面料也舒服", constraints=said)
    )
    assert story.responses == ["utter_guessed"]
    wish = await perform(search, tracker("想买质量不错尺码正好面料舒服的裤子", constraints=said))
    assert wish.responses == ["utter_products"]


async def test_a_judgement_of_goods_is_no_wish_for_them_even_where_conditions_gave_way():
    said = {"category": "手机", "brands": ["华为"], "need": "容易 坏"}
    relaxed = [{"constraint": "brands", "from": ["华为"], "to": None}]
    search, _ = action(ActionSearchProducts, answer("b", constraints=said, relaxed=relaxed))
    text = "华为手机挺好的，就是屏幕太容易坏了"
    out = await perform(search, tracker(text, constraints=said, judges=True))
    assert out.responses == ["utter_guessed"]
    wish = await perform(search, tracker(f"{text}，推荐一个", constraints=said, judges=True))
    assert wish.responses == ["utter_blocked_brands"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("LG四寸重低音环绕喇叭", "utter_blocked_brands"),
        ("内存太小，声音重低音环绕", "utter_guessed"),
    ],
)
async def test_a_long_name_of_goods_is_told_what_the_shop_lacks(text, told):
    said = {"category": "音箱", "brands": ["LG"], "need": "四 寸 内存 重 低音 环绕 声音"}
    relaxed = [{"constraint": "brands", "from": ["LG"], "to": None}]
    search, _ = action(ActionSearchProducts, answer("b", constraints=said, relaxed=relaxed))
    assert (await perform(search, tracker(text, constraints=said))).responses == [told]


@pytest.mark.parametrize(("head", "said"), [("支架", "utter_guessed"), ("a", "utter_products")])
async def test_what_belongs_to_goods_is_asked_for_where_no_product_is_called_so(head, said):
    need = {**PHONE, "need": "支架"}
    search, _ = action(ActionSearchProducts, answer("a", "b", constraints=need))
    out = await perform(search, tracker("手机支架", constraints=need, head=head))
    assert out.responses == [said]
    assert out.slots["shown"] == [["a", "b"]]


async def test_another_need_is_not_called_a_refinement():
    search, _ = action(ActionSearchProducts, answer("a", "b", constraints={"need": "送 妈妈"}))
    slots = {"frame": {"need": "钢琴 凳"}, "shown": [["c"]]}
    out = await perform(search, tracker("送妈妈的", slots, constraints={"need": "送 妈妈"}))
    assert out.responses == ["utter_products_any"]


async def test_search_says_when_nothing_is_left():
    search, _ = action(ActionSearchProducts, answer())
    out = await perform(search, tracker("手机", constraints=PHONE))
    assert out.responses == ["utter_nothing_found"] and out.slots == {"frame": PHONE}


async def test_search_fails_loudly_while_the_recommender_is_down():
    search, _ = action(ActionSearchProducts)
    with pytest.raises(RecommenderUnavailable):
        await perform(search, tracker("手机", constraints=PHONE))


async def test_a_sku_that_the_shop_no_longer_has_is_not_shown():
    search, _ = action(ActionSearchProducts, answer("gone", "a", constraints=PHONE))
    out = await perform(search, tracker("手机", constraints=PHONE))
    assert out.slots["shown"] == [["a"]] and out.slots["focus"] == "a"


async def test_refine_adds_to_the_frame():
    refine, recommender = action(ActionRefine, answer("c", constraints=PHONE))
    out = await perform(refine, tracker("不要荣耀", SHOWN, constraints={"not_brands": ["荣耀"]}))
    assert recommender.asked[0]["constraints"] == {**PHONE, "not_brands": ["荣耀"]}
    assert out.responses == ["utter_refined"]
    assert out.slots["shown"] == [["a", "b", "c"], ["c"]]


async def test_refine_asks_back_when_it_read_nothing():
    refine, recommender = action(ActionRefine, answer("c"))
    out = await perform(refine, tracker("换一种感觉", SHOWN))
    assert out.responses == ["utter_ask_condition"] and recommender.asked == []


CHEAPER = [f"cheap{n}" for n in range(3)]
BENT = answer("c", relaxed=[{"constraint": "price_max", "from": 998, "to": 1200}])


def cheaper_shop(*answers):
    storage = FakeStorage([*PHONES, *(card(sku, "899") for sku in CHEAPER)])
    recommender = FakeRecommender(*answers)
    return ActionRefine(Finder(storage, recommender)), recommender


async def test_cheaper_goes_below_the_median_where_three_others_are_left():
    refine, recommender = cheaper_shop(answer(*CHEAPER, constraints=PHONE))
    out = await perform(refine, tracker("便宜点的", SHOWN, relative="cheaper"))
    assert recommender.asked[0]["constraints"] == {**PHONE, "price_max": 1998}
    assert recommender.asked[0]["exclude"] == ["p-a", "p-b", "p-c"]
    assert out.slots["frame"] == {**PHONE, "price_max": 1998}
    assert out.responses == ["utter_refined"]


@pytest.mark.parametrize("below_median", [answer(*CHEAPER[:2]), BENT])
async def test_cheaper_goes_below_the_cheapest_where_fewer_are_left(below_median):
    refine, recommender = cheaper_shop(below_median, answer("cheap2", constraints=PHONE))
    out = await perform(refine, tracker("便宜点的", SHOWN, relative="cheaper"))
    assert recommender.asked[1]["constraints"] == {**PHONE, "price_max": 999}
    assert recommender.asked[1]["exclude"] == [], "a smaller size of one shown may be cheaper"
    assert out.slots["frame"] == {**PHONE, "price_max": 999}


async def test_cheaper_says_when_another_condition_gave_way():
    relaxed = [{"constraint": "colours", "from": ["黑"], "to": None}]
    refine, _ = cheaper_shop(answer("cheap0", constraints=PHONE, relaxed=relaxed))
    out = await perform(refine, tracker("便宜点的", SHOWN, relative="cheaper"))
    assert out.responses == ["utter_closest"]


async def test_cheaper_admits_that_there_is_nothing_cheaper_and_names_the_cheapest():
    refine, _ = cheaper_shop(BENT)
    out = await perform(refine, tracker("便宜点的", SHOWN, relative="cheaper"))
    assert out.responses == ["utter_no_cheaper"] and out.slots == {"frame": PHONE, "focus": "c"}
    assert (out.messages[0]["title"], out.messages[0]["price"]) == ("红米手机 c", "999.5")


async def test_cheaper_than_products_that_are_gone_is_sorted_by_price():
    refine, recommender = cheaper_shop(answer("c", constraints=PHONE))
    await perform(refine, tracker("便宜点的", {**SHOWN, "shown": [["gone"]]}, relative="cheaper"))
    assert recommender.asked[0]["sort"] == "price_asc"


async def test_dearer_names_the_dearest():
    refine, _ = cheaper_shop(answer())
    out = await perform(refine, tracker("贵一点的", SHOWN, relative="dearer"))
    assert out.responses == ["utter_no_dearer"] and out.messages[0]["price"] == "2999"


async def test_an_order_is_kept_for_more_and_while_refining():
    first, _ = action(ActionSearchProducts, answer("a", "b", constraints=PHONE))
    out = await perform(first, tracker("最便宜的手机", constraints=PHONE, sort="price_asc"))
    assert out.slots["sort"] == "price_asc"
    for kind in (ActionMoreProducts, ActionRefine):
        again, recommender = action(kind, answer("c", constraints=PHONE))
        delta = {"colours": ["黑"]} if kind is ActionRefine else {}
        out = await perform(again, tracker("换一批", {**out.slots}, constraints=delta))
        assert recommender.asked[0]["sort"] == "price_asc" and out.slots["sort"] == "price_asc"


async def test_an_order_ends_with_its_search():
    search, recommender = action(ActionSearchProducts, answer("tv"))
    slots = {**SHOWN, "sort": "price_asc"}
    out = await perform(search, tracker("看看电视", slots, constraints={"category": "电视"}))
    assert recommender.asked[0]["sort"] is None and out.slots["sort"] is None


@pytest.mark.parametrize(("kept", "left"), [("price_asc", None), ("sales", "sales")])
async def test_a_price_that_does_not_matter_lifts_limit_and_order(kept, left):
    refine, recommender = action(ActionRefine, answer("c", constraints=PHONE))
    slots = {**SHOWN, "frame": {**PHONE, "price_max": 1000}, "sort": kept}
    await perform(refine, tracker("价格无所谓", slots, lifted=["price"]))
    assert recommender.asked[0]["constraints"] == PHONE
    assert recommender.asked[0]["sort"] == left


async def test_cheap_things_of_another_category_are_sorted_by_price():
    search, recommender = action(ActionSearchProducts, answer("tv"))
    delta = {"category": "电视"}
    await perform(search, tracker("便宜的电视", SHOWN, constraints=delta, relative="cheaper"))
    assert recommender.asked[0]["sort"] == "price_asc"
    assert recommender.asked[0]["constraints"] == delta


async def test_more_shows_no_family_twice():
    more, recommender = action(ActionMoreProducts, answer("tv", constraints=PHONE))
    slots = {**SHOWN, "shown": [["a"], ["b", "c"]]}
    out = await perform(more, tracker("换一批", slots))
    assert recommender.asked[0]["exclude"] == ["p-a", "p-b", "p-c"]
    assert out.responses == ["utter_more_products"]


async def test_more_keeps_five_lists():
    more, _ = action(ActionMoreProducts, answer("tv", constraints=PHONE))
    slots = {**SHOWN, "shown": [["a"], ["b"], ["c"], ["a"], ["b"]]}
    out = await perform(more, tracker("换一批", slots))
    assert out.slots["shown"] == [["b"], ["c"], ["a"], ["b"], ["tv"]]


async def test_more_admits_the_end():
    more, _ = action(ActionMoreProducts, answer())
    out = await perform(more, tracker("换一批", SHOWN))
    assert out.responses == ["utter_no_more"]


async def test_more_does_not_bend_a_condition():
    relaxed = [{"constraint": "price_max", "from": 500, "to": 799}]
    more, _ = action(ActionMoreProducts, answer("c", relaxed=relaxed))
    out = await perform(more, tracker("换一批", SHOWN))
    assert out.responses == ["utter_no_more"] and out.slots == {"frame": PHONE}


async def test_the_words_of_more_are_no_need():
    more, recommender = action(ActionMoreProducts, answer("tv"))
    await perform(more, tracker("换一批", SHOWN, constraints={"need": "一批"}))
    assert recommender.asked[0]["constraints"] == PHONE


async def test_more_of_nothing_asks_what():
    more, _ = action(ActionMoreProducts, answer("a"))
    out = await perform(more, tracker("换一批"))
    assert out.responses == ["utter_ask_category"]


async def test_start_over_forgets_everything():
    start_over, _ = action(ActionStartOver, answer())
    out = await perform(start_over, tracker("重新来", SHOWN))
    forgotten = ("sort", "shown", "focus", "past", "pending", "clarified", "spoken", "question")
    assert out.slots == {"frame": {}, **dict.fromkeys(forgotten)}
    assert out.responses == ["utter_start_over"]
