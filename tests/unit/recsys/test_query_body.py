"""Measures of a body and sizes of garments, and all the numbers that are neither."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.query import QueryParser
from recsys.query.body import find_body
from recsys.text.normalise import normalise

parse = QueryParser().parse  # the segmenter takes a second to build

SAID: list[tuple[str, dict[str, Any]]] = [
    ("175、70公斤穿多大", {"身高": 175, "体重": 70}),
    ("我170 120斤拍什么码", {"身高": 170, "体重": 60}),
    ("175，140斤", {"身高": 175, "体重": 70}),
    ("120斤 163", {"身高": 163, "体重": 60}),
    ("身高1.75米 体重65kg", {"身高": 175, "体重": 65}),
    ("1米68,108斤", {"身高": 168, "体重": 54}),
    ("一百四十斤 一米七", {"身高": 170, "体重": 70}),
    ("身高175", {"身高": 175}),
    ("身高是 1.8", {"身高": 180}),
    ("一米七五", {"身高": 175}),
    ("1米05", {"身高": 105}),
    ("175cm", {"身高": 175}),
    ("140斤", {"体重": 70}),
    ("70公斤", {"体重": 70}),
    ("体重130", {"bare": 130}),
    ("175 140", {"身高": 175, "bare": 140}),
    ("身高160体重50", {"身高": 160, "bare": 50}),
    ("脚长25.5", {"脚长": 255}),
    ("脚长250mm穿几码", {"脚长": 250}),
    ("25厘米穿多大的鞋", {"脚长": 250}),
    ("腰围2尺1", {"腰围": 70}),
    ("二尺三的腰穿什么码", {"腰围": 76.7}),
    ("腰围80cm 臀围95", {"腰围": 80, "臀围": 95}),
    ("下胸围75 胸围88", {"下胸围": 75, "胸围": 88}),
    ("三围 90 70 95", {"胸围": 90, "腰围": 70, "臀围": 95}),
    ("老公180 170斤穿几码", {"身高": 180, "体重": 85, "other": True}),
    ("宝宝20斤穿多大", {"体重": 10, "other": True}),
    ("老公穿多大", {"other": True}),
    ("42", {"alone": 42}),
    ("25.5", {"alone": 25.5}),
]


@pytest.mark.parametrize(("text", "body"), SAID)
def test_a_body_is_measured(text: str, body: dict[str, Any]) -> None:
    assert parse(text).body.to_json() == body


@pytest.mark.parametrize(
    "text",
    [
        "175元", "1.5L", "1.5L的水杯", "10斤大米", "20kg以内的哑铃", "175/92A", "我要170/92A的", "一米八的床",
        "1.8米床单", "175cm长的窗帘", "预算175", "300左右", "手机1500", "24寸行李箱", "80斤狗粮", "我要100斤大米",
        "3斤装", "给我来200个", "净重5kg的锅", "重量2kg以内的电脑", "高180cm的书架", "42码", "身高9999", "体重0",
    ],
)  # fmt: skip
def test_goods_have_measures_too(text: str) -> None:
    assert parse(text).body.to_json() == {}


def test_a_body_is_neither_a_price_nor_a_condition_on_goods() -> None:
    wish = parse("我170 120斤，想买200以内的T恤").constraints.to_json()
    assert wish["price_max"] == 200
    assert "attributes" not in wish and "price_min" not in wish
    assert parse("10斤").constraints.attributes  # said alone it may be either


_HEIGHTS, _KG = st.integers(100, 229), st.integers(20, 200)
_PAIRS = [
    "{h} {kg}公斤",
    "{h}、{kg}kg穿多大",
    "身高{h}体重{kg}公斤",
    "我{h}，{jin}斤拍什么码",
    "{jin}斤 {h}",
]


@given(_HEIGHTS, _KG, st.sampled_from(_PAIRS))
def test_height_and_weight_in_any_order_and_unit(height: int, kg: int, said: str) -> None:
    found = parse(said.format(h=height, kg=kg, jin=2 * kg)).body.to_json()
    assert found == {"身高": height, "体重": kg}


@given(_HEIGHTS)
def test_a_height_is_one_however_it_is_written(height: int) -> None:
    metres, rest = divmod(height, 100)
    said = [f"{height}cm", f"{metres}米{rest:02}", f"{height / 100:.2f}米", f"身高{height}"]
    assert {parse(text).body.to_json().get("身高") for text in said} == {height}


@given(st.text(alphabet="身高体重脚长腰围三米尺斤公cmkg我穿码一二五七十.1579,/ ", max_size=24))
def test_whatever_is_typed_a_body_stays_one(text: str) -> None:
    plain = normalise(text)
    body = find_body(plain)
    assert len({one.name for one in body.measures}) == len(body.measures)
    for one in body.measures:
        assert one.possible and 0 <= one.start < one.end <= len(plain)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("L码", "L"), ("要xl", "XL"), ("m码的", "M"), ("2XL", "2XL"), ("xxxl有吗", "XXXL"), ("均码", "均码"),
        ("我平时穿L这个选啥", "L"), ("就L吧", "L"), ("75b", "75B"), ("来两件L", "L"),
        ("42码", None), ("iphone 15 s", None), ("买一箱1L的牛奶", None), ("ssd", None), ("要l型支架", None),
    ],
)  # fmt: skip
def test_sizes_in_letters(text: str, size: str | None) -> None:
    assert parse(text).size == size


@pytest.mark.parametrize(
    ("text", "sizing"),
    [
        ("偏大吗", "fit"), ("尺码准不准", "fit"), ("要拍大一码吗", "fit"), ("尺码表发一下", "chart"),
        ("有尺码对照表吗", "chart"), ("我平时穿L这个选啥", "usual"), ("175 70kg穿多大", None), ("屏幕大一点", None),
    ],
)  # fmt: skip
def test_what_else_is_asked_of_sizes(text: str, sizing: str | None) -> None:
    assert parse(text).sizing == sizing
