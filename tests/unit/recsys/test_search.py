"""The engine obeys what was said, says what it relaxed, and explains from fields."""

from decimal import Decimal

import pytest

from recsys.index.document import Document
from recsys.index.lexicon import Knowledge
from recsys.index.store import build
from recsys.query import Attribute, Constraints
from recsys.search.engine import SearchEngine
from recsys.search.explain import Explainer
from recsys.search.request import BadRequest, SearchRequest
from tests.unit.recsys.conftest import REASONS, WEIGHTS, HashedEncoder


def ids(engine: SearchEngine, text: str = "", **more: object) -> list[str]:
    return [h.product_id for h in engine.search(SearchRequest(text=text, **more)).hits]  # type: ignore[arg-type]


def test_a_category_is_a_hard_filter(engine: SearchEngine) -> None:
    assert set(ids(engine, "我想买手机", limit=20)) == {"p1", "p2", "p3", "p4"}  # p5 is sold out


def test_sold_out_is_shown_only_when_nothing_else_is_left(engine: SearchEngine) -> None:
    assert ids(engine, "iphone") == ["p5"]


def test_price_and_exclusion_hold(engine: SearchEngine) -> None:
    assert set(ids(engine, "三千以内的手机 不要红米", limit=20)) == {"p4"}


def test_the_sku_shown_is_the_one_that_satisfies(engine: SearchEngine) -> None:
    hit = engine.search(SearchRequest(text="512G的手机")).hits[0]
    assert hit.sku == "p1-2"
    assert engine.search(SearchRequest(text="42码跑步鞋")).hits[0].sku == "p10-2"


def test_a_group_word_searches_all_its_categories(engine: SearchEngine) -> None:
    assert set(ids(engine, "鞋", limit=20)) == {"p9", "p10"}


def test_gender_lets_unisex_pass(engine: SearchEngine) -> None:
    assert ids(engine, "男士T恤") == ["p8"]
    assert (
        "p7" not in ids(engine, "男士连衣裙")
        or engine.search(SearchRequest(text="男士连衣裙")).relaxed
    )


def test_what_suits_everybody_is_not_refused_with_one_gender(engine: SearchEngine) -> None:
    def kinds(gender: str) -> set[str]:
        said = Constraints(attributes=(Attribute("适用性别", "!=", gender),))
        request = SearchRequest(constraints=said, limit=50)
        return {h.product_id for h in engine.search(request).hits}

    assert {"p7", "p8"} <= kinds("男") and not {"p9", "p10"} & kinds("男")
    assert {"p8", "p9", "p10"} <= kinds("女") and "p7" not in kinds("女")


def test_words_can_be_excluded(engine: SearchEngine) -> None:
    assert ids(engine, "鞋 不要真皮的", limit=20) == ["p10"]


def test_refused_kinds_are_left_out(engine: SearchEngine) -> None:
    def kinds(**said: object) -> set[str]:
        request = SearchRequest(constraints=Constraints(**said), limit=50)  # type: ignore[arg-type]
        return {h.product_id for h in engine.search(request).hits}

    assert not kinds(not_words=("鞋",)) & {"p9", "p10"}
    assert kinds(category="鞋", not_words=("皮鞋",)) == {"p10"}
    # A word that is another one for all that is wanted refuses only what says it.
    assert kinds(category="手机", not_words=("智能手机",)) == {"p1", "p2", "p3", "p4"}
    assert kinds(category="鞋", not_words=("鞋",)) == set()


def test_shown_products_can_be_left_out(engine: SearchEngine) -> None:
    assert "p1" not in ids(engine, "手机", exclude=("p1",), limit=20)


def test_purposes_bring_their_tag(engine: SearchEngine) -> None:
    assert ids(engine, "老人用的手机")[0] == "p4"


def test_sort_by_price_covers_the_whole_category(engine: SearchEngine) -> None:
    assert ids(engine, "最便宜的手机", limit=2) == ["p4", "p2"]


@pytest.mark.parametrize(
    ("text", "constraint", "before", "after"),
    [
        ("500以内的手机", "price_max", 500, 899),
        ("手机 一万以上", "price_min", 10000, 5499),
        ("绿色的连衣裙", "colours", ["绿"], None),
        (
            "5000毫安的连衣裙",
            "attribute",
            {"name": "电池容量", "op": "=", "value": 5000.0, "unit": "mah"},
            None,
        ),
    ],
)
def test_relaxation_is_stated(
    engine: SearchEngine, text: str, constraint: str, before: object, after: object
) -> None:
    result = engine.search(SearchRequest(text=text))
    assert [r.to_json() for r in result.relaxed] == [
        {"constraint": constraint, "from": before, "to": after}
    ]
    assert result.hits


def test_exclusions_and_category_never_give_way(engine: SearchEngine) -> None:
    asked = Constraints(category="连衣裙", not_brands=("太平鸟",))
    result = engine.search(SearchRequest(constraints=asked))
    assert result.hits == () and result.total == 0 and result.relaxed == ()


def test_only_what_blocks_is_relaxed(engine: SearchEngine) -> None:
    asked = Constraints(category="手机", brands=("荣耀",), price_max=Decimal(1000), colours=("绿",))
    result = engine.search(SearchRequest(constraints=asked))
    assert [r.constraint for r in result.relaxed] == ["colours"]
    assert [h.product_id for h in result.hits] == ["p4"]


def test_reasons_state_fields_only(engine: SearchEngine) -> None:
    hit = engine.search(SearchRequest(text="小米 4000以内 5G 拍照手机")).hits[0]
    assert hit.product_id == "p1"
    assert hit.reasons == ("4000 元以内", "支持5G", "适合影像")


def test_a_relaxed_condition_is_no_reason(engine: SearchEngine) -> None:
    hit = engine.search(SearchRequest(text="500以内的手机")).hits[0]
    assert not any("元以内" in r for r in hit.reasons)


@pytest.mark.parametrize("text", ["", " ", "😀", "<b>", "asdkjh", "'; drop table", "​"])
def test_odd_texts_do_not_break_the_search(engine: SearchEngine, text: str) -> None:
    engine.search(SearchRequest(text=text))


def test_unknown_text_is_not_confident(engine: SearchEngine) -> None:
    assert not engine.search(SearchRequest(text="明天会下雨吗")).confident
    assert engine.search(SearchRequest(text="手机")).confident


@pytest.mark.parametrize(
    "body",
    [
        {"text": 5}, {"text": "x" * 1001}, {"limit": 0}, {"limit": True}, {"limit": 101}, {"sort": "x"}, {"context": "x"},
        {"exclude": "p1"}, {"constraints": []}, {"constraints": {"colour": "红"}}, {"constraints": {"price_max": "x"}},
        {"constraints": {"price_max": -1}}, {"constraints": {"price_max": True}}, {"constraints": {"brands": "小米"}},
        {"constraints": {"attributes": [{"name": "x", "op": "!", "value": 1}]}}, {"product_id": 7},
    ],
)  # fmt: skip
def test_bad_requests_are_refused_by_name(body: dict[str, object]) -> None:
    with pytest.raises(BadRequest) as error:
        SearchRequest.from_json(body)
    assert next(iter(body)) in str(error.value)


def test_constraints_survive_the_wire() -> None:
    asked = Constraints(
        "手机",
        ("华为",),
        ("小米",),
        ("黑",),
        (),
        (),
        ("皮",),
        Decimal("99.5"),
        Decimal(3000),
        "拍照",
    )
    assert Constraints.from_json(asked.to_json()) == asked


def test_a_bare_category_is_ranked_by_popularity(engine: SearchEngine) -> None:
    found = ids(engine, "手机", context="search")
    assert found[:4] == ["p1", "p3", "p2", "p4"]
    assert found[4:] == ["p6"]  # what else is like it comes after


def test_a_narrower_word_for_the_category_is_not_lost(engine: SearchEngine) -> None:
    assert engine.understand(SearchRequest(text="短袖")).asks_for_more
    assert not engine.understand(SearchRequest(text="三千以内的华为手机")).asks_for_more


def test_a_brand_that_an_accessory_fits_only_ranks(engine: SearchEngine) -> None:
    result = engine.search(SearchRequest(text="苹果手机壳"))
    assert [h.product_id for h in result.hits] == ["p6"]
    assert result.relaxed == ()


def test_an_excluded_brand_takes_its_sub_brands_and_titles_that_name_it_along(
    engine: SearchEngine,
) -> None:
    assert set(ids(engine, "手机 不要小米", limit=20)) == {"p3", "p4"}
    assert "p6" not in ids(engine, "手机壳 不要苹果", limit=20)


def test_in_a_feed_of_bare_titles_unstated_fields_rank_and_do_not_filter() -> None:
    titles = ["联想 s660 手机 钛金灰", "联想 s660 手机 16g 白色", "联想 a320 手机 白色 16g"]
    documents = [
        Document.from_json(
            {"product_id": t, "title": t, "skus": [{"sku": t, "price": 1, "stock": 1}]}
        )
        for t in titles
    ]
    engine = SearchEngine(
        build(documents, [], Knowledge(), HashedEncoder()),
        HashedEncoder(),
        None,
        WEIGHTS,
        Explainer(REASONS),
    )
    result = engine.search(SearchRequest(text="联想 s660 白色 16g", context="search"))
    assert next(h.product_id for h in result.hits) == titles[1]
    assert result.total == 3
    assert {r.constraint for r in result.relaxed} == {"colours", "attribute"}


def test_a_category_named_in_passing_is_doubted_only_where_it_was_read(
    engine: SearchEngine,
) -> None:
    text = "徕卡影像 5G 配T恤"
    assert engine.search(SearchRequest(text=text, context="search")).hits[0].product_id == "p1"
    given = engine.search(SearchRequest(text=text, constraints=Constraints(category="T恤")))
    assert {h.product_id for h in given.hits} == {"p8"}
