"""Greetings, hesitation and thanks around a wish: what is left, and that something always is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.query.chatter import core
from recsys.text.normalise import normalise

OPENERS = (
    "打扰一下，",
    "那个…嗯…",
    "请问一下，",
    "亲，",
    "麻烦问一下，",
    "不好意思，",
    "在吗，",
    "你好，",
    "嗯…",
    "想请问下，",
)
CLOSERS = ("，谢谢", "，谢谢啦", "，麻烦了", "，谢谢您", "")
WISHES = (
    "便宜点的",
    "第二个怎么样",
    "有没有雨伞",
    "我想买手机",
    "转人工",
    "三千以内的",
    "iphone 15有货吗",
)


def wish(text: str) -> str:
    said = normalise(text)
    start, end = core(said)
    return said[start:end]


@given(
    st.lists(st.sampled_from(OPENERS), max_size=3),
    st.sampled_from(WISHES),
    st.sampled_from(CLOSERS),
)
def test_a_wish_is_left_of_what_is_said_around_it(
    openers: list[str], said: str, closer: str
) -> None:
    assert wish("".join(openers) + said + closer) == said


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("在吗我想买手机", "我想买手机"),
        ("亲我想买鞋", "我想买鞋"),
        ("亲亲在吗想买个杯子", "想买个杯子"),
        ("麻烦问一下有没有雨伞", "有没有雨伞"),
        ("你好在吗 我想问一下这个能机洗吗", "这个能机洗吗"),
        ("谢谢，再便宜点", "再便宜点"),
        ("好的谢谢那第二个呢", "那第二个呢"),
        ("转人工谢谢", "转人工"),
        ("就是那个，黑色的", "黑色的"),
    ],
)
def test_an_opener_needs_no_pause_before_a_wish(text: str, left: str) -> None:
    assert wish(text) == left


@pytest.mark.parametrize(
    "text",
    [
        *("在吗", "你好", "亲亲在吗", "你好 客服", "打扰一下", "请问", "嗯…", "喂 有人没", "你好，在吗", "您好 打扰一下"),
        *("谢谢", "好的谢谢", "不用了谢谢", "谢谢再见", "太谢谢你了", "谢谢推荐", "多谢多谢", "辛苦啦 谢谢"),
        *("你好棒", "你好像不懂", "麻烦死了", "问一下我老婆", "有人没有"),
        *("那个多少钱", "那个，多少钱", "额温枪", "亲子装", "老板键盘", "hifi耳机", "谢师宴礼盒", "", "  ", "？"),
    ],
)  # fmt: skip
def test_what_says_nothing_else_or_is_no_chatter_stays(text: str) -> None:
    assert wish(text) == normalise(text)


@given(st.text())
def test_something_is_always_left(text: str) -> None:
    said = normalise(text)
    start, end = core(said)
    assert 0 <= start <= end <= len(said)
    assert any(c.isalnum() for c in said[start:end]) == any(c.isalnum() for c in said)
