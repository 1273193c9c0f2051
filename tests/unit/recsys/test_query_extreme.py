"""Orders by fields, extremes that point, and products named by model."""

import pytest

from recsys.index.document import Document
from recsys.index.lexicon import Knowledge, brand_words
from recsys.index.names import product_names
from recsys.query import Lexicon, QueryParser
from recsys.query.names import find_products
from recsys.search.engine import SearchEngine
from recsys.search.request import BadRequest, SearchRequest
from tests.unit.recsys.conftest import product

PARSER = QueryParser(
    Lexicon.from_json(
        {
            "categories": {"相机": "相机", "屏幕": "显示器"},
            "asked": {
                "电池": ["电池容量", "能量"],
                "屏幕": ["屏幕尺寸"],
                "重量": ["重量", "净重"],
                "噪音": ["噪音"],
                "尺寸": ["尺寸"],
                "价格": ["价格"],
                "评分": ["评分"],
                "销量": ["销量"],
            },
        }
    )
)
BATTERY, WEIGHT = "电池容量|能量", "重量|净重"


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("电池最大的相机", f"{BATTERY}:desc"),
        ("哪个电池大", f"{BATTERY}:desc"),
        ("谁的电池大", f"{BATTERY}:desc"),
        ("屏幕最大的", "屏幕尺寸:desc"),
        ("屏幕大的是哪个", "屏幕尺寸:desc"),
        ("噪音最小的", "噪音:asc"),
        ("最轻的相机", f"{WEIGHT}:asc"),
        ("哪台更重", f"{WEIGHT}:desc"),
        ("最大的是哪个", "尺寸:desc"),
        ("评分最高的", "rating"),
        ("按评分排一下", "rating"),
        ("按销量从高到低排", "sales"),
        ("按价格排", "price_asc"),
        ("按价格从高到低排", "price_desc"),
        ("按重量从轻到重排", f"{WEIGHT}:asc"),
        ("从便宜到贵排一下", "price_asc"),
        ("由贵到便宜给我排", "price_desc"),
        ("便宜的排前面", "price_asc"),
        ("最便宜的", "price_asc"),
        ("大概多少钱", None),
        ("再大一点", None),
        ("要噪音小的", None),
    ],
)
def test_orders(text, sort):
    query = PARSER.parse(text)
    assert query.sort == sort
    assert query.constraints.category in (None, "相机")


@pytest.mark.parametrize(
    ("text", "extremes"),
    [
        ("便宜的那个", ("price_asc",)),
        ("贵的那款多重", ("price_desc",)),
        ("大的那个", ("尺寸:desc",)),
        ("电池大的那台", (f"{BATTERY}:desc",)),
        ("轻的那个", (f"{WEIGHT}:asc",)),
        ("便宜的", ()),
    ],
)
def test_extremes_that_point(text, extremes):
    query = PARSER.parse(text)
    assert query.reference.extremes == extremes
    assert query.relative is None or not extremes


def test_what_only_matters():
    assert PARSER.parse("要噪音小的").leaning == "噪音:asc"
    assert PARSER.parse("要噪音小的").need


@pytest.mark.parametrize(
    ("text", "place"),
    [("中间那个", "middle"), ("另外那个", "other"), ("剩下那款", "other"), ("那个", None)],
)
def test_places(text, place):
    assert PARSER.parse(text).reference.place == place


def documents() -> list[Document]:
    return [
        product("z30", "相机", "尼康", "尼康 Z30 微单", [3599], model="Z30", series="Z"),
        product("z30ii", "相机", "尼康", "尼康 Z30 II 微单", [4599], model="Z30 II", series="Z"),
        product("band", "手表", "小米", "小米手环10", [269], model="小米手环10", series="小米手环"),
        product(
            "cat", "猫粮", "皇家", "皇家 K36 幼猫粮", [99], model="K36幼猫粮", series="健康营养"
        ),
        product("cat2", "猫粮", "顽皮", "顽皮 幼猫粮", [59], model="全期幼猫粮", series="鲜肉"),
        product("fish", "剃须刀", "飞科", "飞科小飞碟", [149], model="小飞碟", series="小飞碟"),
    ]


NAMES = product_names(documents(), {"尼康": "尼康", "nikon": "尼康", "皇家": "皇家"}, {"猫粮"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("z30多重", (("z30",),)),
        ("nikonz30", (("z30",),)),
        ("尼康 z30 ii 怎么样", (("z30ii",),)),
        ("z30和小米手环10", (("z30",), ("band",))),
        ("k36", (("cat",),)),
        ("皇家幼猫粮", (("cat",),)),
        ("幼猫粮", ()),
        ("z300", ()),
        ("z30pro", ()),
        ("小米手环10元", ()),
        ("小飞碟呢", (("fish",),)),
        ("相机", ()),
    ],
)
def test_products_named_by_model(text, named):
    assert find_products(text, NAMES) == named


def test_a_part_of_a_model_points():
    assert [PARSER.parse(t).part for t in ("16的呢", "ultra那款", "16")] == ["16", "ultra", "16"]
    assert PARSER.parse("那个").part is None


def test_the_named_product_comes_first(engine: SearchEngine):
    plain = engine.search(SearchRequest.from_json({"constraints": {"category": "手机"}}))
    last = plain.hits[-1].product_id
    request = {"constraints": {"category": "手机"}, "named": [last]}
    assert engine.search(SearchRequest.from_json(request)).hits[0].product_id == last


def test_a_model_in_a_text_comes_first(engine: SearchEngine):
    assert engine.search(SearchRequest(text="小米14")).hits[0].product_id == "p1"


def test_goods_in_the_order_of_a_field(engine: SearchEngine):
    request = {"constraints": {"category": "手机"}, "sort": "存储:desc", "limit": 3}
    found = [hit.product_id for hit in engine.search(SearchRequest.from_json(request)).hits]
    assert found[:2] == ["p1", "p2"]  # 512, 128; the others do not say


@pytest.mark.parametrize("sort", ["存储", ":desc", "存储:up", 3])
def test_an_order_that_is_none_is_refused(sort):
    with pytest.raises(BadRequest, match="sort"):
        SearchRequest.from_json({"sort": sort})


def test_a_brand_goes_by_its_name_without_the_trade():
    words = brand_words(["林深家居", "高山电器", "高山", "海风家纺"], Knowledge())
    assert words["林深"] == "林深家居" and words["海风"] == "海风家纺"
    assert words["高山"] == "高山"
