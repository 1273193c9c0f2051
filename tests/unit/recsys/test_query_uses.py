"""What goods are for narrows the group that is talked of, and what is never done refuses goods."""

import pytest

from recsys.query import Lexicon, QueryParser

PARSER = QueryParser(
    Lexicon.from_json(
        {
            "categories": {"电水壶": "电水壶", "微波炉": "微波炉", "茶叶": "茶叶", "白酒": "白酒"},
            "groups": {
                "小家电": ["电水壶", "微波炉", "剃须刀"],
                "厨房电器": ["电水壶", "微波炉"],
                "酒": ["白酒", "啤酒"],
            },
            "uses": {
                "烧水": ["电水壶"], "做菜": ["厨房电器"], "刮胡子": ["剃须刀"], "喝酒": ["酒"],
                "清洗": ["电水壶", "微波炉"],
            },
        }
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "running", "category"),
    [
        ("烧水用的", "小家电", "电水壶"), ("我要个能刮胡子的", "小家电", "剃须刀"), ("平时做菜", "小家电", "厨房电器"),
        ("烧水用的", "厨房电器", "电水壶"), ("做菜用的", "厨房电器", None), ("刮胡子的", "厨房电器", None),
        ("烧水用的", "茶叶", None), ("烧水用的", None, None), ("能烧水的微波炉", "小家电", "微波炉"),
        ("不烧水", "小家电", None), ("容易清洗", "小家电", None),
    ],
)  # fmt: skip
def test_the_group_that_is_talked_of_is_narrowed(text, running, category):
    query = PARSER.parse(text, running)
    assert query.constraints.category == category
    assert query.narrows == (category is not None)


def test_what_goods_are_for_is_no_other_wish():
    assert PARSER.parse("烧水用的", "小家电").need == ""


@pytest.mark.parametrize(
    "text", ["他不喝酒", "我从来不喝酒的", "平时不怎么喝酒", "她不喝酒，送点别的"]
)
def test_what_is_never_done_refuses_its_goods(text):
    assert PARSER.parse(text).constraints.not_words == ("酒",)


@pytest.mark.parametrize("text", ["爱喝酒", "不喝酒精饮料", "喝酒不喝"])
def test_and_nothing_else_does(text):
    assert PARSER.parse(text).constraints.not_words == ()
