"""Categories, brands, colours, attributes, negation, order words and references."""

import pytest

from recsys.index.store import Index
from recsys.query import Lexicon, Query, QueryParser


@pytest.fixture
def parse(index: Index):  # type: ignore[no-untyped-def]
    return index.parser.parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我想买手机", {"category": "手机"}),
        ("我想買手機", {"category": "手机"}),
        ("苹果手机壳", {"category": "手机壳", "brands": ["苹果"]}),
        ("iPhone有吗", {"category": "手机", "brands": ["苹果"]}),
        ("xiaomi手机", {"category": "手机", "brands": ["小米"]}),
        ("小米14", {"category": "手机", "brands": ["小米"], "need": "小米14"}),
        ("汗衫", {"category": "T恤"}),
        ("不要小米", {"not_brands": ["小米"]}),
        ("不要小米和华为的手机", {"category": "手机", "not_brands": ["小米", "华为"]}),
        ("手机不要小米", {"category": "手机", "not_brands": ["小米"]}),
        ("苹果的不要", {"not_brands": ["苹果"]}),
        ("手机 不是华为就行", {"category": "手机", "not_brands": ["华为"]}),
        ("是不是华为的", {"brands": ["华为"]}),
        ("苹果手机不要苹果", {"category": "手机", "not_brands": ["苹果"]}),
        ("跑步鞋，穿着舒服的鞋", {"category": "跑步鞋", "need": "穿着 舒服"}),
        ("不要iphone", {"not_brands": ["苹果"]}),
        ("除了黑色", {"not_colours": ["黑"]}),
        ("有没有黑的", {"colours": ["黑"]}),
        ("红色连衣裙", {"category": "连衣裙", "colours": ["红"]}),
        ("不要皮的", {"not_words": ["皮"]}),
        ("256G以上", {"attributes": [{"name": "存储", "op": ">=", "value": 256.0, "unit": "gb"}]}),
        (
            "六点七寸以上",
            {"attributes": [{"name": "屏幕尺寸", "op": ">=", "value": 6.7, "unit": "寸"}]},
        ),
        (
            "42码的跑鞋",
            {
                "category": "跑步鞋",
                "attributes": [{"name": "尺码", "op": "=", "value": 42.0, "unit": "码"}],
            },
        ),
        (
            "男款跑鞋",
            {
                "category": "跑步鞋",
                "attributes": [{"name": "适用性别", "op": "=", "value": "男", "unit": ""}],
            },
        ),
        (
            "纯棉短袖",
            {
                "category": "T恤",
                "attributes": [{"name": "面料", "op": "=", "value": "纯棉", "unit": ""}],
            },
        ),
        ("跑步穿的鞋", {"category": "鞋", "need": "跑步 穿"}),
        ("送女朋友", {"need": "送 女朋友"}),
        ("黑的不要🙏", {"not_colours": ["黑"]}),
        ("不要黑的哦", {"not_colours": ["黑"]}),
        ("不要真皮😊", {"not_words": ["真皮"]}),
        ("不要真皮呢", {"not_words": ["真皮"]}),
        ("不要真皮了谢谢", {"not_words": ["真皮"]}),
        ("手机 小米不要哦", {"category": "手机", "not_brands": ["小米"]}),
        ("别给我看小米", {"not_brands": ["小米"]}),
        ("别推荐小米", {"not_brands": ["小米"]}),
        ("不要给我推荐小米了", {"not_brands": ["小米"]}),
        ("小米就算了", {"not_brands": ["小米"]}),
        ("小米除外", {"not_brands": ["小米"]}),
        ("小米别来", {"not_brands": ["小米"]}),
        ("小米算了 华为有吗", {"brands": ["华为"], "not_brands": ["小米"]}),
        ("小米不要 有别的吗", {"not_brands": ["小米"]}),
        ("手机 别给我推小米", {"category": "手机", "not_brands": ["小米"]}),
        ("深蓝的鞋", {"category": "鞋", "colours": ["蓝"]}),
        ("浅灰T恤", {"category": "T恤", "colours": ["灰"]}),
        ("墨绿", {"colours": ["绿"]}),
        ("藏青", {"colours": ["蓝"]}),
        ("酒红", {"colours": ["红"]}),
        ("米白", {"colours": ["米"]}),
        ("耐克鞋", {"category": "鞋", "brands": ["耐克"]}),
        (
            "不低于6.7寸",
            {"attributes": [{"name": "屏幕尺寸", "op": ">=", "value": 6.7, "unit": "寸"}]},
        ),
        (
            "嗯…42码",
            {"attributes": [{"name": "尺码", "op": "=", "value": 42.0, "unit": "码"}]},
        ),
        (
            "6寸shouji",
            {
                "category": "手机",
                "attributes": [{"name": "屏幕尺寸", "op": "=", "value": 6.0, "unit": "寸"}],
            },
        ),
    ],
)
def test_constraints(parse, text: str, expected: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    assert parse(text).constraints.to_json() == expected


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("最便宜的那个", "sort", "price_asc"),
        ("卖得最好的", "sort", "sales"),
        ("便宜点的", "relative", "cheaper"),
        ("太贵了", "relative", "cheaper"),
        ("贵一点也行", "lifted", ("price_max",)),
        ("贵一点也没关系", "lifted", ("price_max",)),
        ("存储不限", "lifted", ("attributes:存储",)),
        ("其他条件不限", "lifted", ("everything",)),
        ("再大一点", "relative", "bigger"),
        ("屏幕小点的", "relative", "smaller"),
        ("内存大一点的", "relative", None),
        ("换个牌子", "relative", "other_brand"),
        ("别的颜色呢", "relative", "other_colour"),
        ("还是按刚才的", "relative", "undo"),
        ("回到刚才的手机", "relative", "back"),
        ("还是手机吧", "relative", "back"),
        ("还是便宜点的", "relative", "cheaper"),
        ("档次再高一点", "relative", "dearer"),
        ("价位再低些", "relative", "cheaper"),
        ("有几个牌子", "counts", "brands"),
        ("品牌都有哪些", "counts", "brands"),
        ("一共有多少款", "counts", "products"),
        ("第二个", "ordinals", (2,)),
        ("第2款多少钱", "ordinals", (2,)),
        ("最后那个", "ordinals", (-1,)),
        ("倒数第二个", "ordinals", (-2,)),
        ("价格无所谓", "lifted", ("price",)),
        ("预算不是问题", "lifted", ("price",)),
        ("预算不限", "lifted", ("price",)),
        ("牌子随便", "lifted", ("brands",)),
        ("什么颜色都行", "lifted", ("colours",)),
        ("最后一个", "ordinals", (-1,)),
        ("前两个哪个好", "ordinals", (1, 2)),
        ("苹果也可以吧", "allowed", ("苹果",)),
    ],
)
def test_order_and_references(parse, text: str, field: str, value: object) -> None:  # type: ignore[no-untyped-def]
    assert getattr(parse(text), field) == value


def test_spans_lie_on_the_original_text(parse) -> None:  # type: ignore[no-untyped-def]
    text = "那个 我想買ｘｉａｏｍｉ手機３０００以内"
    query: Query = parse(text)
    pieces = {s.kind: text[s.start : s.end] for s in query.spans}
    assert pieces == {"brand": "ｘｉａｏｍｉ", "category": "手機", "price": "３０００以内"}


def test_keywords_leave_out_what_is_a_condition_or_small_talk(parse) -> None:  # type: ignore[no-untyped-def]
    assert parse("你好我想买个三千以内拍照好的手机，不要小米").keywords == "拍照手机"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("买米", True),
        ("米", True),
        ("有米吗", True),
        ("玉米", False),
        ("米几凳", False),
        ("1.5米", False),
        ("米色", False),
        ("送老师的米 五百以内", True),
        ("送老师的米五百以内", True),
        ("米😊", True),
        ("福临门米", True),
    ],
)
def test_one_character_words_stand_alone(text: str, found: bool) -> None:
    lexicon = Lexicon.from_json({"categories": {"米": "大米"}, "brands": {"福临门": "福临门"}})
    assert (QueryParser(lexicon).parse(text).constraints.category == "大米") is found


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("手鸡", "手机"),
        ("我想买shouji", "手机"),
        ("跑部鞋", "跑步鞋"),
        ("受际", None),
        ("连衣群 红色", "连衣裙"),
        ("跑步协", "跑步鞋"),
    ],
)
def test_typos_are_understood_by_their_sound(parse, text: str, category: str | None) -> None:  # type: ignore[no-untyped-def]
    query = parse(text)
    assert query.constraints.category == category
    assert category is None or category in query.keywords


def test_a_word_inside_a_longer_general_word_is_not_meant() -> None:
    parser = QueryParser(
        Lexicon.from_json({"categories": {"咖啡": "咖啡", "饮料": "饮料", "手机": "手机"}})
    )
    assert parser.parse("饮料 不含咖啡因").constraints.category == "饮料"
    assert parser.parse("买手机").constraints.category == "手机"


def test_a_word_that_ends_a_longer_one_is_meant() -> None:
    parser = QueryParser(Lexicon.from_json({"categories": {"电视": "电视", "手机": "手机"}}))
    assert parser.parse("新手机").constraints.category == "手机"
    assert parser.parse("电视剧").constraints.category is None
    assert parser.parse("新手机的壳").constraints.category is None


@pytest.mark.parametrize(
    ("brand", "word"),
    [
        ("格力", "空调"),
        ("芭比", "娃娃"),
        ("中兴", "路由"),
        ("苹果", "电脑"),
        ("美的", "电饭煲"),
        ("天堂", "伞"),
        ("宝贝第一", "安全座椅"),
    ],
)
def test_a_brand_is_read_though_its_product_is_glued_to_it(brand: str, word: str) -> None:
    lexicon = Lexicon.from_json({"categories": {word: word}, "brands": {brand: brand}})
    found = QueryParser(lexicon).parse(brand + word)
    assert (found.constraints.category, found.constraints.brands) == (word, (brand,))
    assert found.ordinals == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("来点吃的", True),
        ("有什么吃的吗", True),
        ("吃的", True),
        ("宝宝吃的益生菌", False),
    ],
)
def test_a_wide_word_names_nothing_where_the_noun_follows_it(text: str, found: bool) -> None:
    parser = QueryParser(Lexicon.from_json({"groups": {"吃的": ["零食", "坚果"]}}))
    assert (parser.parse(text).constraints.category == "吃的") is found


@pytest.mark.parametrize(
    "text",
    [
        "清空条件",
        "转一下人工",
        "上一个",
        "厨房置物架",
        "订书机",
        "暖和的窝",
        "哪部电视剧好看",
        "毛呢",
    ],
)
def test_ordinary_words_are_no_typos(text: str) -> None:
    words = ("空调", "转椅", "上衣", "厨房纸", "书籍", "喝的", "电视", "手纸")
    parser = QueryParser(Lexicon.from_json({"categories": {word: word for word in words}}))
    query = parser.parse(text)
    assert query.constraints.category is None
    assert all(char in query.said for char in text)


def test_an_excluded_kind_is_excluded_by_the_word_that_was_said(parse) -> None:  # type: ignore[no-untyped-def]
    assert parse("T恤 不要短袖").constraints.to_json() == {"category": "T恤", "not_words": ["短袖"]}


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("有什么爆款", "sales"),
        ("爆款连衣裙", None),
        ("畅销书", None),
        ("新品上市", None),
        ("最新款手机", "newest"),
    ],
)
def test_praise_in_a_title_is_no_wish_for_an_order(parse, text: str, sort: str | None) -> None:  # type: ignore[no-untyped-def]
    assert parse(text).sort == sort


def test_what_no_longer_matters_is_no_attribute() -> None:
    lexicon = {"attributes": [{"name": "适合体重", "values": ["不限"]}]}
    query = QueryParser(Lexicon.from_json(lexicon)).parse("预算不限")
    assert (query.lifted, query.constraints.attributes) == (("price",), ())
