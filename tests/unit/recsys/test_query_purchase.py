"""Pieces, and what is to happen to a cart."""

import pytest

from recsys.query import parse


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("来两件", 2),
        ("买2个", 2),
        ("要一双", 1),
        ("给我三盒", 3),
        ("第二个要两件", 2),
        ("买十件", 10),
        ("改成5", 5),
        ("数量改成 12", 12),
        ("来一百件", 100),
        ("1000块以内的耳机来一副", 1),
        ("第二个", None),
        ("前三个", None),
        ("那两个", None),
        ("两个人用的帐篷", None),
        ("三盒装的面膜", None),
        ("四件套", None),
        ("3个月的宝宝", None),
        ("42", None),
        ("3000以内", None),
        ("两三件", None),
        ("就要这个", None),
    ],
)
def test_pieces_are_counted(text: str, quantity: int | None) -> None:
    assert parse(text).purchase.quantity == quantity


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("清空购物车", "clear"),
        ("购物车里的都不要了", "clear"),
        ("改成两件", "set"),
        ("加到三件", "set"),
        ("减到一件", "set"),
        ("只要一个", "set"),
        ("再加一件", "more"),
        ("少买一个", "less"),
        ("减掉两件", "less"),
        ("第一个不要了", "remove"),
        ("把手机壳删掉", "remove"),
        ("把第二个加入购物车", None),
        ("看看购物车", None),
    ],
)
def test_what_is_to_happen_to_a_cart(text: str, edit: str | None) -> None:
    assert parse(text).purchase.edit == edit


@pytest.mark.parametrize(
    ("text", "alone"), [("42", 42), (" 3。", 3), ("两", 2), ("42码", None), ("3 4", None)]
)
def test_a_number_alone(text: str, alone: int | None) -> None:
    assert parse(text).purchase.alone == alone


def test_the_cart_as_a_whole_and_questions() -> None:
    assert parse("购物车用完券多少钱").purchase.whole and not parse("这个多少钱").purchase.whole
    assert parse("有42码吗").asks and parse("这个怎么样").asks and parse("黑色呢").asks
    assert not parse("黑色").asks and not parse("要42码的").asks
