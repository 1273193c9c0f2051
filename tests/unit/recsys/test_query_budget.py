"""Budgets told by the one before, limits that are lifted, refusals taken back, slips of the tongue."""

from decimal import Decimal

import pytest

from recsys.query import Lexicon, QueryParser

PARSER = QueryParser(
    Lexicon.from_json(
        {
            "brands": {"松下": "松下", "飞科": "飞科"},
            "categories": {"剃须刀": "剃须刀"},
            "asked": {"容量": ["容量", "容积"], "续航": ["续航"]},
        }
    )
)


@pytest.mark.parametrize(
    ("text", "times", "more"),
    [
        ("预算加八百", 1, 800),
        ("再加300", 1, 300),
        ("最多再加两千", 1, 2000),
        ("预算提高500", 1, 500),
        ("可以贵三百", 1, 300),
        ("能贵两百多", 1, 299),
        ("多花一百也行", 1, 100),
        ("预算再高600", 1, 600),
        ("预算降一千", 1, -1000),
        ("少花三百", 1, -300),
        ("预算翻倍", 2, 0),
        ("预算可以翻一番", 2, 0),
        ("预算减半", Decimal("0.5"), 0),
    ],
)
def test_changes_of_a_budget(text, times, more):
    query = PARSER.parse(text)
    assert (query.budget.times, query.budget.more) == (times, more)
    assert query.constraints.price_max is None and query.purchase.quantity is None


@pytest.mark.parametrize(
    "text",
    [
        "再加两件",
        "加到3件",
        "满300减50",
        "立减100",
        "再加一个",
        "贵了",
        "加湿器",
        "不便宜300",
        "再来10个",
    ],
)
def test_what_is_no_change_of_a_budget(text):
    assert PARSER.parse(text).budget is None


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("能加到4000", 4000),
        ("预算提到八千", 8000),
        ("降到1500吧", 1500),
        ("预算改成2500", 2500),
        ("还能花350", 350),
        ("手头只有900", 900),
        ("算了还是2000吧", 2000),
        ("五百已内", 500),
        ("800 yinei", 800),
        ("2000yinei", 2000),
    ],
)
def test_ceilings_in_other_words(text, high):
    said = PARSER.parse(text).constraints
    assert (said.price_min, said.price_max) == (None, high)


@pytest.mark.parametrize(
    ("text", "lifted"),
    [
        ("2000的限制去掉", ("price",)),
        ("预算的限制取消吧", ("price",)),
        ("五百以内这个条件不要了", ("price",)),
        ("续航不限了", ("attributes:续航",)),
        ("续航就不要求了", ("attributes:续航",)),
        ("容量的要求去掉", ("attributes:容量", "attributes:容积")),
        ("颜色无所谓了", ("colours",)),
        ("不要飞科", ()),
    ],
)
def test_what_no_longer_matters(text, lifted):
    query = PARSER.parse(text)
    assert query.lifted == lifted
    assert query.constraints.price_max is None and not query.constraints.not_words


@pytest.mark.parametrize(
    ("text", "allowed", "refused"),
    [
        ("不要飞科这条取消", ("飞科",), ()),
        ("不要飞科的条件去掉吧", ("飞科",), ()),
        ("松下可以", ("松下",), ()),
        ("松下可以的", ("松下",), ()),
        ("松下也可以", ("松下",), ()),
        ("不要松下", (), ("松下",)),
        ("松下可以吗", (), ()),
    ],
)
def test_what_is_welcome_again(text, allowed, refused):
    query = PARSER.parse(text)
    assert (query.allowed, query.constraints.not_brands) == (allowed, refused)


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("红色 啊不 蓝色", ("蓝",)),
        ("要红色，不对，蓝色的", ("蓝",)),
        ("红色 说错了 是蓝色", ("蓝",)),
        ("红色不是，蓝色的", ("蓝",)),
        ("要红色的不是蓝色的", ("红",)),
        ("红色或者蓝色", ("红", "蓝")),
    ],
)
def test_the_latter_of_a_slip_holds(text, colours):
    assert PARSER.parse(text).constraints.colours == colours


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("一千 不对 两千以内的", None, 2000), ("八百，啊不，六百以下", None, 600), ("四千不对六千", 4800, 7200),
        ("四千 不是六千", 3200, 4800),
    ],
)  # fmt: skip
def test_a_bare_sum_is_put_right(text, low, high):
    said = PARSER.parse(text).constraints
    assert (said.price_min, said.price_max, said.need) == (low, high, "")


def test_a_slip_of_the_brand_is_no_refusal():
    said = PARSER.parse("飞科 哦不对 松下的剃须刀").constraints
    assert (said.brands, said.not_brands, said.category) == (("松下",), (), "剃须刀")


@pytest.mark.parametrize("text", ["安卓也行", "别的牌子也可以", "其他品牌也行", "牌子无所谓"])
def test_other_brands_are_welcome(text):
    assert PARSER.parse(text).lifted == ("brands",)
