"""Kinds of goods that a shop does not carry, told from its words and titles."""

import pytest

from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge, build_lexicon
from recsys.query import Lexicon, QueryParser

KNOWLEDGE = Knowledge(
    goods=("杯子", "面包", "烤箱", "枕头", "马桶"),
    groups={"鞋": ["跑步鞋", "皮鞋"], "家电": ["洗衣机", "电视"]},
    products={"iphone": {"brand": "苹果", "category": "手机"}},
    aliases={"猫粮": ["猫猫粮"]},
)
TITLES = {
    "家居": ("凯度空气炸烤箱 25升", "泰国乳胶枕", "马桶刷/附盒子"),
    "服装": ("短款面包服", "小牛皮 皮鞋"),
}


def parser(titles: dict[str, tuple[str, ...]] = TITLES) -> QueryParser:
    documents = [
        Document.from_json({"product_id": title, "category": category, "title": title, "brand": "",
                            "skus": [{"sku": title, "price": 10, "stock": 1, "options": {}}]})
        for category, several in titles.items() for title in several
    ]  # fmt: skip
    schemas = [CategorySchema.from_json({"name": name, "attributes": []}) for name in titles]
    return QueryParser(Lexicon.from_json(build_lexicon(documents, schemas, KNOWLEDGE)))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("有杯子吗", "杯子"),
        ("100以内的杯子", "杯子"),
        ("好看的杯子", "杯子"),
        ("送女朋友的跑步鞋", "跑步鞋"),
        ("我想买手机", "手机"),
        ("猫粮", "猫粮"),
        ("面包", "面包"),
    ],
)
def test_goods_of_other_shops_are_absent(text: str, noun: str) -> None:
    assert parser().parse(text).absent == noun


@pytest.mark.parametrize(
    "text", ["烤箱", "枕头", "皮鞋", "家电", "杯子架", "放杯子", "服装", "便宜点的"]
)
def test_what_a_title_ends_in_or_a_wide_word_may_be_there(text: str) -> None:
    assert parser().parse(text).absent is None


def test_a_shop_that_has_the_category_carries_it() -> None:
    assert parser({"手机": ("小米14",), "猫粮": ("冻干",)}).parse("手机").absent is None
