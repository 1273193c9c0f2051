"""What is asked about, and how a sentence points at what was shown."""

import pytest

from recsys.query import Lexicon, QueryParser

PARSER = QueryParser(
    Lexicon.from_json(
        {
            "brands": {"小米": "小米"},
            "categories": {"手机": "手机", "屏幕": "显示器", "洗衣机": "洗衣机"},
            "asked": {
                "多重": ["重量"],
                "屏幕": ["屏幕尺寸"],
                "洗衣机洗": ["可机洗"],
                "颜色": ["颜色"],
                "xl": ["尺码"],
            },
        }
    )
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("它多重", ("重量",)),
        ("屏幕多重", ("屏幕尺寸", "重量")),
        ("能用洗衣机洗吗", ("可机洗",)),
        ("有XL吗", ("尺码",)),
        ("有XXL吗", ()),
        ("黑颜色那个", ("颜色",)),
        ("你好", ()),
    ],
)
def test_what_is_asked(text, names):
    assert PARSER.parse(text).asked == names


def test_a_search_reads_as_before():
    query = PARSER.parse("多重的小米手机")
    assert query.constraints.brands == ("小米",) and "多重" in query.need


@pytest.mark.parametrize(
    ("text", "category"),
    [("手机多重", "手机"), ("屏幕多大", None), ("能用洗衣机洗吗", None), ("洗衣机多重", "洗衣机")],
)
def test_an_attribute_is_no_category(text, category):
    assert PARSER.parse(text).to_json()["reference"]["category"] == category


@pytest.mark.parametrize(
    ("text", "ordinals"),
    [
        ("第一、三个", (1, 3)),
        ("1和3哪个好", (1, 3)),
        ("后三个", (-3, -2, -1)),
        ("最后两款", (-2, -1)),
        ("最上面那个", (1,)),
        ("前三个月的工资", ()),
        ("1和2段奶粉", ()),
        ("3和5千元的", ()),
        ("第一批的第二个", (2,)),
    ],
)
def test_positions(text, ordinals):
    assert PARSER.parse(text).ordinals == ordinals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上一批的第三个", {"batch": -1}),
        ("上上批", {"batch": -2}),
        ("一开始那个", {"batch": 1}),
        ("刚才那个", {"batch": None}),
        ("那两个", {"several": 2}),
        ("这几个", {"several": 0}),
        ("黑色那个", {"described": {"colours": ["黑"]}}),
        ("刚才那个小米的", {"described": {"brands": ["小米"]}, "batch": None}),
        ("2999那个", {"described": {"price_min": 2999, "price_max": 2999}}),
        ("有黑色吗", {"described": {}}),
        ("这款黑色的有吗", {"described": {}}),
        ("最便宜和最贵的", {"extremes": ["price_asc", "price_desc"]}),
        ("便宜的那个", {"extremes": ["price_asc"]}),
        ("最便宜的手机", {"extremes": []}),
    ],
)
def test_pointing(text, expected):
    pointed = PARSER.parse(text).to_json()["reference"]
    assert {key: pointed[key] for key in expected} == expected
