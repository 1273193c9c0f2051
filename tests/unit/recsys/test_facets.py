"""Counts and questions: every answer that is offered leads to exactly as many products as it promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from recsys.index.columns import Columns
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge, build_lexicon
from recsys.query import Attribute, Constraints, Lexicon, QueryParser
from recsys.search.engine import SearchEngine
from recsys.search.facets import Facet, Splitter, merged
from recsys.search.gift import suits
from recsys.search.overview import Overview, overview
from recsys.search.relax import relax
from recsys.search.request import SearchRequest
from recsys.training.catalogue import read_catalogue

ROOT = Path(__file__).parents[3]
Shop = tuple[list[Document], list[CategorySchema], QueryParser, Columns]


@pytest.fixture(scope="module")
def shop() -> Shop:
    documents, categories = read_catalogue(ROOT / "data/catalog")
    knowledge = Knowledge.load(ROOT / "data/knowledge")
    lexicon = build_lexicon(documents, categories, knowledge)
    parser = QueryParser(Lexicon.from_json(lexicon))
    return documents, categories, parser, Columns(documents, categories, lexicon["excludes"])


def splits(shop: Shop) -> Iterator[tuple[CategorySchema, Splitter]]:
    _, categories, parser, columns = shop
    for category in categories:
        main = [a["name"] for a in category.attributes if a.get("type") in ("text", "list")][:4]
        said, base = Constraints(category=category.name), columns.categories([category.name])
        yield category, Splitter(columns, parser.lexicon, said, base, main)


def test_every_answer_is_read_as_what_it_promises(shop: Shop) -> None:
    parser, wrong, asked = shop[2], [], 0
    for category, splitter in splits(shop):
        for value in (v for facet in splitter.facets() for v in facet.values):
            asked += 1
            read = parser.parse(value.label, category.name).constraints
            if replace(read, category=value.constraints.category) != value.constraints:
                wrong.append((category.name, value.label))
    assert asked > 1000
    assert wrong == []


def test_every_answer_leads_to_as_many_products_as_it_says(shop: Shop) -> None:
    columns, wrong = shop[3], []
    for category, splitter in splits(shop):
        base = columns.categories([category.name])
        for value in (v for facet in splitter.facets() for v in facet.values[:5]):
            said = merged(Constraints(category=category.name), value.constraints)
            found = relax(columns, said, base)
            if found.relaxed or int(found.products.sum()) != value.count:
                wrong.append((category.name, value.label, value.count))
    assert wrong == []


def test_the_best_question_leaves_the_fewest_to_be_expected(shop: Shop) -> None:
    for _, splitter in splits(shop):
        remaining = [facet.expected_remaining for facet in splitter.facets()]
        assert remaining == sorted(remaining)
        assert all(0 < left <= splitter.total + 1e-9 for left in remaining)


def seen(engine: SearchEngine, *products: str, **said: object) -> Overview:
    constraints = Constraints(**said)  # type: ignore[arg-type]
    return overview(engine, SearchRequest(constraints=constraints, exclude=products))


def facet(found: Overview, kind: str) -> Facet:
    return next(f for f in found.facets if f.kind == kind)


def test_sold_out_products_do_not_count(engine: SearchEngine) -> None:
    found = seen(engine, category="手机")
    assert found.total == 4  # p5 is sold out
    assert found.prices == (899.0, 5499.0)
    assert "苹果" not in [value.label for value in facet(found, "brand").values]


def test_what_was_said_is_not_asked_again(engine: SearchEngine) -> None:
    found = seen(engine, category="手机", price_max=Decimal(6000), brands=("小米", "华为"))
    assert {f.kind for f in found.facets}.isdisjoint({"price", "brand", "category"})


def test_without_a_category_it_is_the_question(engine: SearchEngine) -> None:
    found = seen(engine, price_max=Decimal(300))
    counts = {value.label: value.count for value in facet(found, "category").values}
    assert counts == {"手机壳": 1, "T恤": 1, "皮鞋": 1}


def test_a_single_condition_in_the_way_is_found_with_the_shops_prices(engine: SearchEngine) -> None:
    found = seen(engine, category="手机", price_max=Decimal(1))
    (way,) = found.ways
    assert (found.total, way.lifted, way.count, way.low) == (0, "price", 4, 899.0)


def test_two_ways_out_are_both_offered_the_wider_first(engine: SearchEngine) -> None:
    found = seen(engine, category="手机", brands=("华为",), price_max=Decimal(2000))
    assert [(way.lifted, way.count) for way in found.ways] == [("brands", 2), ("price", 1)]


def test_where_no_single_condition_is_enough_all_are_given_up(engine: SearchEngine) -> None:
    huge = Attribute("存储", ">=", 4096, "gb")
    found = seen(
        engine, category="手机", brands=("优衣库",), price_max=Decimal(1), attributes=(huge,)
    )
    assert [way.lifted for way in found.ways] == ["everything"]


def test_a_field_that_nobody_states_is_named(engine: SearchEngine) -> None:
    battery = Attribute("电池容量", ">=", 5000, "mah")
    found = seen(engine, category="连衣裙", attributes=(battery,))
    assert found.unfilterable == (battery,) and found.total == 1


def test_words_that_no_text_has_are_named(engine: SearchEngine) -> None:
    assert seen(engine, category="手机", need="顺丰 影像 拍照").unmentioned == ("顺丰",)


def test_an_empty_shop_has_nothing_to_ask() -> None:
    columns = Columns([])
    splitter = Splitter(columns, Lexicon(), Constraints(), np.ones(0, dtype=bool))
    assert (splitter.total, splitter.prices, splitter.facets()) == (0, None, [])


def test_a_product_that_breaks_a_condition_says_so(engine: SearchEngine) -> None:
    (hit,) = engine.search(SearchRequest(text="500以内的手机")).hits
    assert hit.reasons[0] == "超出预算 399 元"
    others = engine.search(SearchRequest(text="耐克的T恤")).hits
    assert all(hit.reasons[0] == "不是耐克" for hit in others) and others


def test_a_recipient_that_the_catalogue_names_is_a_boost_and_no_filter() -> None:
    documents = [
        Document.from_json(
            {"product_id": c, "title": f"{c} 送礼", "category": c, "skus": [{"sku": c, "price": 9}]}
        )
        for c in ("剃须刀", "口红")
    ]
    shaver = CategorySchema("剃须刀", recipients=("爸爸",))
    lipstick = CategorySchema("口红", recipients=("妈妈",))
    assert suits("送爸爸", documents, [shaver, lipstick]).tolist() == [1.0, 0.0]
    assert suits("送 同事", documents, [shaver, lipstick]).tolist() == [0.0, 0.0]
