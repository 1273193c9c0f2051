"""A sentence with conditions of the running search refines it, whatever its intent looked like."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.routing import ORDER, PURCHASE, REFINE, SEARCH, route
from actions.smalltalk import SMALL_TALK
from actions.turn import Reading, Turn, read_in_context
from recsys.client import RecommenderUnavailable

FLAG = {"name": "独立显卡", "op": "=", "value": False, "unit": ""}
BOUND = {"name": "总容积", "op": ">=", "value": 200.0, "unit": "l"}


def turn(
    text: str = "",
    frame: dict[str, Any] | None = None,
    focus: str | None = None,
    said: dict[str, Any] | None = None,
    **reading: Any,
) -> Turn:
    frame = {"category": "冰箱"} if frame is None else frame
    read = Reading(constraints=said or {}, **reading)
    return Turn("c", text, read, frame, None, (("a", "b"),), focus)


@pytest.mark.parametrize("heard", [*sorted(SMALL_TALK), "action_fallback", "action_capabilities"])
def test_small_talk_gives_way_to_a_condition(heard: str) -> None:
    assert route(heard, turn(said={"attributes": [FLAG]})) == REFINE
    assert route(heard, turn(said={"price_max": 3000})) == REFINE
    assert route(heard, turn()) == heard
    assert route(heard, turn(said={"need": "嗯"})) == heard


def test_nothing_is_refined_where_nothing_is_talked_of() -> None:
    assert route("action_affirm", turn(frame={}, said={"attributes": [FLAG]})) == "action_affirm"


def test_another_category_is_searched() -> None:
    assert route("action_affirm", turn(said={"category": "空调"})) == SEARCH


def test_a_question_about_what_is_shown_stays_one() -> None:
    said = {"attributes": [{**FLAG, "value": True}]}
    asked = turn("能机洗吗", said=said, asks=True)
    assert route("action_answer_attribute", asked) == "action_answer_attribute"
    wished = turn("有能机洗的吗", said=said, asks=True)
    assert route("action_answer_attribute", wished) == REFINE


def test_a_bound_is_no_question_even_of_one_product() -> None:
    said = {"attributes": [BOUND]}
    assert route("action_answer_attribute", turn("200升以上", focus="a", said=said)) == REFINE
    flag = {"attributes": [FLAG]}
    heard = "action_answer_attribute"
    assert route(heard, turn("带独显", focus="a", said=flag)) == heard


def test_the_cart_is_left_alone_where_it_is_meant() -> None:
    heard = "action_change_cart"
    assert route(heard, turn("独显不要了", said={"attributes": [FLAG]})) == REFINE
    assert route(heard, turn("删掉一个", said={"attributes": [FLAG]}, quantity=1)) == heard
    assert route(heard, turn("第一个不要了", ordinals=(1,))) == heard


def test_options_of_the_one_product_with_a_number_of_pieces_are_bought() -> None:
    said = {"colours": ["黑"], "attributes": [{**BOUND, "op": "="}]}
    assert route("action_refine", turn(focus="a", said=said, quantity=2)) == PURCHASE
    assert route("action_refine", turn(focus=None, said=said, quantity=2)) == "action_refine"
    assert route(PURCHASE, turn(said={"attributes": [BOUND]})) == REFINE


def test_another_one_told_by_brand_and_options_is_bought() -> None:
    said = {"category": "手机壳", "brands": ["甲"], "colours": ["黑"], "attributes": [FLAG]}
    assert route(SEARCH, turn("再来个甲牌的黑壳", frame={}, said=said)) == PURCHASE
    assert route(SEARCH, turn("看看甲牌的黑壳", frame={}, said=said)) == SEARCH
    del said["brands"]
    assert route(SEARCH, turn("再来个黑壳", frame={}, said=said)) == SEARCH


def test_for_whom_it_is_buys_nothing() -> None:
    assert route(PURCHASE, turn("给我妈买", recipient=True)) == REFINE
    assert route(PURCHASE, turn("给我妈买", focus="a", recipient=True)) == PURCHASE


def test_options_are_bought_whatever_the_sentence_sounds_like() -> None:
    said = {"colours": ["黑"], "attributes": [{**BOUND, "op": "="}]}
    for heard in ("action_out_of_scope", "action_answer_stock", "action_change_cart"):
        assert route(heard, turn(focus="a", said=said, quantity=1)) == PURCHASE
    assert route(REFINE, turn("先要黑的大号", focus="a", said=said)) == PURCHASE
    assert route(REFINE, turn("黑的大号", focus="a", said=said)) == REFINE
    branded = {**said, "brands": ["海信"]}
    assert route(REFINE, turn(said=branded, quantity=2)) == PURCHASE
    kind = {**branded, "category": "冰箱"}
    assert route(REFINE, turn(said=kind, quantity=1)) == REFINE
    assert route(SEARCH, turn("海信冰箱 黑色大号 加购", frame={}, said=kind)) == PURCHASE
    assert (
        route("action_change_cart", turn(focus="a", said=said, quantity=1, edit="set")) != PURCHASE
    )
    assert route(REFINE, turn(focus="a", said=said, quantity=1, asks=True)) == REFINE
    total = turn("黑色大号加上 总价多少", focus="a", said=said, asks=True)
    assert route("action_quote_price", total) == PURCHASE
    price = turn("购物车里黑色大号多少钱", focus="a", said=said, asks=True)
    assert route("action_quote_price", price) == "action_quote_price"


def test_starting_over_wants_its_words() -> None:
    said = {"attributes": [FLAG]}
    assert route("action_start_over", turn("重新来", said=said)) == "action_start_over"
    assert route("action_start_over", turn("想换个带独显的", said=said)) == REFINE


def test_a_size_is_a_condition_and_a_body_wants_advice() -> None:
    said = {"attributes": [{"name": "尺码", "op": "=", "value": "L", "unit": ""}]}
    assert route("action_advise_size", turn("L码的", said=said)) == REFINE
    body = turn("身高175穿L", said=said, body={"height": 175})
    assert route("action_advise_size", body) == "action_advise_size"


class Recommender:
    def __init__(self, answer: dict[str, Any] | None) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str | None]] = []

    async def understand(self, text: str, category: str | None = None) -> dict[str, Any]:
        self.asked.append((text, category))
        if self.answer is None:
            raise RecommenderUnavailable("down")
        return self.answer


def tracker(frame: dict[str, Any], value: dict[str, Any]) -> Tracker:
    message = {"text": "144的", "entities": [{"entity": "query", "value": value}]}
    return Tracker("c", {"frame": frame}, message, [], False, None, {}, "")


def read(found: Tracker) -> Any:
    return next(found.get_latest_entity_values("query"))


async def test_a_sentence_is_read_again_by_what_is_talked_of() -> None:
    found, recommender = tracker({"category": "电视"}, {"alone": True}), Recommender({"new": True})
    await read_in_context(found, recommender, "电视")  # type: ignore[arg-type]
    assert (recommender.asked, read(found)) == ([("144的", "电视")], {"new": True})


@pytest.mark.parametrize(("category", "calls"), [(None, 0), ("电视", 1)])
async def test_the_reading_without_context_stays(category: str | None, calls: int) -> None:
    found, recommender = tracker({}, {"alone": True}), Recommender(None)
    await read_in_context(found, recommender, category)  # type: ignore[arg-type]
    assert (len(recommender.asked), read(found)) == (calls, {"alone": True})


@pytest.mark.parametrize("heard", ["action_exchange_goods", "action_repair"])
def test_before_a_purchase_service_is_not_what_is_meant(heard: str) -> None:
    asked = turn("保修几年", focus="a", asked=("质保",))
    assert route(heard, asked) == "action_answer_attribute"
    assert route(heard, turn("保修几年", asked=("质保",))) == heard
    assert route(heard, turn("坏了要修", focus="a")) == heard


@pytest.mark.parametrize("heard", ["action_exchange_goods", "action_repair"])
def test_a_condition_of_the_search_exchanges_nothing(heard: str) -> None:
    said = {"attributes": [{**FLAG, "value": True}]}
    assert route(heard, turn("可以换轴的", said=said)) == REFINE
    assert route(heard, turn("换L码", said={"attributes": [{**BOUND, "op": "="}]})) == REFINE
    assert route(heard, turn("上次买的换L码", frame={}, said=said)) == heard
    assert route(heard, turn("换个新的")) == heard


@pytest.mark.parametrize(
    "heard", ["action_out_of_scope", "action_product_detail", "action_fallback"]
)
def test_the_number_of_an_order_asks_for_the_order(heard: str) -> None:
    assert route(heard, turn("帮我查下DG100001", frame={})) == ORDER
    assert route(heard, turn("小米K80", frame={})) == heard


def test_what_is_wanted_of_an_order_stays_what_it_is() -> None:
    assert route("action_cancel_order", turn("取消DG100001")) == "action_cancel_order"


@pytest.mark.parametrize(
    ("text", "meant"),
    [("👍", "action_affirm"), ("😡😡", "action_complain_bot"), ("？", "action_fallback")],
)
def test_marks_alone_are_no_words(text: str, meant: str) -> None:
    assert route("action_greet", turn(text)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("字大", REFINE),
        ("声音大一点", REFINE),
        ("续航久的", REFINE),
        ("生日礼物", SEARCH),
        ("给我推荐点好的", SEARCH),
    ],
)
def test_how_goods_are_to_be_is_no_new_wish(text: str, meant: str) -> None:
    assert route(SEARCH, turn(text, said={"need": text})) == meant
    assert route(SEARCH, turn(text, frame={}, said={"need": text})) == SEARCH
