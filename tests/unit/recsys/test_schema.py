"""Sentences by the schema of the category that is talked of, over the demo shop and a feed seen for the first time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recsys.index.columns import Columns
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge, build_lexicon
from recsys.query import Attribute, Constraints, Lexicon, QueryParser
from recsys.training.catalogue import read_catalogue

ROOT = Path(__file__).parents[3]
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "schema_cases.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
Shop = tuple[list[Document], list[CategorySchema], QueryParser, Columns]


def made(documents: list[Document], categories: list[CategorySchema]) -> Shop:
    lexicon = build_lexicon(documents, categories, Knowledge.load(ROOT / "data/knowledge"))
    parser = QueryParser(Lexicon.from_json(lexicon))
    return documents, categories, parser, Columns(documents, categories, lexicon["excludes"])


@pytest.fixture(scope="module")
def shop() -> Shop:
    return made(*read_catalogue(ROOT / "data/catalog"))


def worded(one: Attribute) -> str:
    value = f"{one.value:g}" if isinstance(one.value, float) else str(one.value)
    value = value.lower() if isinstance(one.value, bool) else value
    return " ".join(filter(None, (one.name, one.op, value, one.unit)))


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 150
    assert len({category for category, _, _ in CASES}) >= 60


@pytest.mark.parametrize(("category", "text", "wanted"), CASES)
def test_a_sentence_is_read_as_conditions(
    shop: Shop, category: str, text: str, wanted: str
) -> None:
    found = shop[2].parse(text, category).constraints
    assert "; ".join(map(worded, found.attributes)) == wanted
    assert found.category in (None, category)


def test_an_option_that_names_a_flag_speaks_before_the_field() -> None:
    skus = [
        {"sku": f"l{n}", "price": 9, "stock": 1, "options": {"版本": name}}
        for n, name in enumerate(("标准版", "带灯罩版", "不带灯罩"))
    ]
    lamp = {"product_id": "l", "title": "台灯", "category": "台灯", "brand": "甲", "skus": skus}
    kept = {}
    for stated in (True, False):
        document = Document.from_json({**lamp, "attributes": {"带灯罩": stated}})
        columns = Columns([document])
        for wanted in (True, False):
            said = Constraints(attributes=(Attribute("带灯罩", "=", wanted),))
            rows = np.flatnonzero(columns.sku_mask(said, np.ones(1, dtype=bool)))
            kept[stated, wanted] = [columns.skus[row].sku for row in rows]
    assert kept[False, True] == ["l1"] and kept[False, False] == ["l0", "l2"]
    assert kept[True, True] == ["l0", "l1", "l2"] and kept[True, False] == []


def options(documents: list[Document], category: str) -> dict[tuple[str, str], set[str]]:
    """Option and value -> the SKUs that have it."""
    found: dict[tuple[str, str], set[str]] = {}
    for document in documents:
        for sku in document.skus if document.category == category else ():
            for option in sku.options.items():
                found.setdefault(option, set()).add(sku.sku)
    return found


def left(columns: Columns, said: Constraints, category: str) -> set[str]:
    base = columns.categories([category]) & columns.product_mask(said)
    return {columns.skus[row].sku for row in np.flatnonzero(columns.sku_mask(said, base))}


def test_any_value_of_any_option_keeps_the_skus_that_have_it(shop: Shop) -> None:
    """Said as it stands while the category is talked of. What names goods of another kind (牛奶) goes there."""
    documents, categories, parser, columns = shop
    wrong, said = [], 0
    for category in (c.name for c in categories):
        everything = left(columns, Constraints(), category)
        for (name, value), own in options(documents, category).items():
            found = parser.parse(value, category).constraints
            if found.category not in (None, category):
                continue
            said += 1
            kept = left(columns, found, category)
            if not own <= kept or (kept == everything and own != everything):
                wrong.append((category, name, value, found))
    assert said > 3000
    assert len(wrong) <= 0.005 * said, wrong[:20]


def test_a_category_in_the_sentence_outweighs_the_one_talked_of(shop: Shop) -> None:
    found = shop[2].parse("16寸的笔记本", "手机").constraints
    assert (found.category, found.attributes) == (
        "笔记本电脑",
        (Attribute("屏幕尺寸", "=", 16.0, "寸"),),
    )


def test_without_a_category_ambiguous_words_are_no_conditions(shop: Shop) -> None:
    assert shop[2].parse("纯棉的").constraints.attributes == ()
    assert shop[2].parse("512的").constraints.attributes == ()
    assert shop[2].parse("纯棉的T恤").constraints.attributes == (Attribute("面料", "=", "纯棉"),)


@pytest.mark.parametrize(
    ("category", "text"),
    [("手机", "3000以内"), ("冰箱", "5000左右的"), ("T恤", "一百以内"), ("跑步鞋", "500块的")],
)
def test_a_number_without_field_or_unit_stays_a_price(shop: Shop, category: str, text: str) -> None:
    found = shop[2].parse(text, category).constraints
    assert found.attributes == ()
    assert found.price_max is not None


def test_a_battery_and_a_budget_are_kept_apart(shop: Shop) -> None:
    found = shop[2].parse("电池大的 3000以内", "手机").constraints
    assert (found.price_max, found.attributes[0].name) == (3000, "电池容量")


@pytest.mark.parametrize("text", ["能不能折叠", "有没有能折叠的", "可不可以折叠", "能折叠吗"])
def test_asking_for_it_is_not_refusing_it(shop: Shop, text: str) -> None:
    assert shop[2].parse(text, "自行车").constraints.attributes == (Attribute("可折叠", "=", True),)


def test_how_many_to_buy_is_no_option(shop: Shop) -> None:
    bought = shop[2].parse("来3包", "纸尿裤")
    assert (bought.purchase.quantity, bought.constraints.attributes) == (3, ())
    assert shop[2].parse("3包装的", "纸尿裤").constraints.attributes[0].value == "3包"


@pytest.mark.parametrize(
    ("text", "category"), [("打篮球穿的", "篮球鞋"), ("跑步穿的", "跑步鞋"), ("高跟的", "高跟鞋")]
)
def test_a_purpose_narrows_a_group(shop: Shop, text: str, category: str) -> None:
    assert shop[2].parse(text, "鞋").constraints.category == category


def test_what_goods_are_for_stays_in_the_running_category(shop: Shop) -> None:
    found = shop[2].parse("给6岁小孩骑的", "自行车")
    assert found.constraints.category is None
    assert found.recipient


def test_the_shops_own_colour_is_that_colour(shop: Shop) -> None:
    documents, _, parser, columns = shop
    values = options(documents, "手机")
    name = next(v for n, v in values if n == "颜色" and len(v) > 2)
    kept = left(columns, parser.parse(f"{name}的", "手机").constraints, "手机")
    assert kept == values[("颜色", name)]


def test_goods_that_lack_the_field_are_out(shop: Shop) -> None:
    documents, _, parser, columns = shop
    kept = left(columns, parser.parse("无线充电的", "手机").constraints, "手机")
    stated = {s.sku for d in documents if d.attributes.get("无线充电") is True for s in d.skus}
    assert kept == {sku for sku in stated if sku in left(columns, Constraints(), "手机")}


def feed() -> Shop:
    """A shop that no word list was written for."""
    rows = [
        ("琴", {"弦数": 4, "可拆面板": True}, ["原声-小", "电箱-大"]),
        ("琴", {"弦数": 6, "可拆面板": False}, ["原声-大"]),
    ]
    documents = [
        Document.from_json({
            "product_id": f"p{n}", "title": f"尤克里里{n}", "category": "尤克里里", "attributes": attributes,
            "skus": [{"sku": f"p{n}-{v}", "price": 10, "stock": 1, "options": {"款型": v}} for v in values],
        })
        for n, (_, attributes, values) in enumerate(rows)
    ]  # fmt: skip
    return made(documents, [CategorySchema("尤克里里")])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("电箱-大", {"p0-电箱-大"}),
        ("能拆面板的", {"p0-原声-小", "p0-电箱-大"}),
        ("不能拆面板", {"p1-原声-大"}),
        ("弦数5以上", {"p1-原声-大"}),
    ],
)
def test_a_feed_seen_for_the_first_time_has_a_schema_too(text: str, kept: set[str]) -> None:
    _, _, parser, columns = feed()
    assert left(columns, parser.parse(text, "尤克里里").constraints, "尤克里里") == kept


def test_looking_on_says_nothing_of_the_goods(shop: Shop) -> None:
    found = shop[2].parse("我再看看", "手机")
    assert not found.recipient
    assert found.constraints == Constraints()
