"""Goods that are named without being asked for."""

import pytest

from recsys.query import Lexicon, QueryParser

CATEGORIES = {
    "手机": "手机",
    "手机壳": "手机壳",
    "杯子": "保温杯",
    "洗发水": "洗发水",
    "裤子": "裤子",
}
PARSER = QueryParser(Lexicon.from_json({"categories": CATEGORIES}))


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("手机车用夹子支架", "支架"),
        ("手机支架有吗？", "支架"),
        ("硅胶杯子刷", "子刷"),
        ("放一次性杯子的取杯架", "杯架"),
    ],
)
def test_a_compound_noun_ends_in_what_is_asked_for(text: str, head: str) -> None:
    assert PARSER.parse(text).head == head


@pytest.mark.parametrize(
    "text",
    ["手机", "手机壳", "手机带支架", "支架手机", "手机，支架", "杯子没盖", "手机两包", "手机推荐", "支架", ""],
)  # fmt: skip
def test_goods_with_something_are_the_goods(text: str) -> None:
    assert PARSER.parse(text).head is None


@pytest.mark.parametrize(
    "text",
    [
        "质量较差，洗发水很稀。",
        "裤子质量还行，做工也很精细。满分",
        "手机挺好的，郁闷的就是屏幕太容易坏了！",
        "杯子都不送，太抠门了，货也不怎么样",
        "过时的裤子，还是扔了吧。",
    ],
)
def test_how_goods_are_is_a_judgement(text: str) -> None:
    assert PARSER.parse(text).judges


@pytest.mark.parametrize(
    "text",
    [
        "头发很油，洗发水",
        "洗发水，头发很油的那种",
        "手机屏幕太小了，有大的吗",
        "手机太贵了，便宜点的",
        "手机很好，三千以内",
        "手机拍照很好的",
        "裤子很宽松",
        "太差了，退货",
    ],
)
def test_wishes_questions_and_conditions_are_none(text: str) -> None:
    assert not PARSER.parse(text).judges
