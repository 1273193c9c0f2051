"""Marks, and what a sentence about the shop's service wants."""

import pytest

from recsys.query.service import (
    asks_own,
    cannot_use,
    rates_goods,
    rates_service,
    skips,
    wants_to_claim,
    withdraws,
)
from recsys.query.stars import find_stars, read_stars


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("五星", 5), ("给3分", 3), ("给你们五颗星", 5), ("★★★★", 4), ("满分", 5), ("打满分", 5),
        ("只能给一星", 1), ("给两星", 2), ("这次服务打个八分", 8), ("打零分", 0), ("十分满意打十分", 10),
        ("这次服务不满意", 2), ("满意度我选非常满意", 5), ("一般吧", 3), ("我要评价", None), ("给个好评", None),
        ("100分", 100), ("差不多三分二都烂了", None), ("等了五分钟", None),
    ],
)  # fmt: skip
def test_marks_in_a_sentence_that_gives_one(text, stars):
    assert find_stars(text) == stars


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("5", 5), ("五", 5), ("给4分吧", 4), ("给5星", 5), ("我给三星", 3), ("非常满意", 5), ("打 2", 2),
        ("三星的手机", None), ("给我看三星", None), ("一般的手机就行", None), ("3000", None), ("五星好评！", 5),
        ("10", 10), ("第二个", None), ("来3个", None), ("", None),
    ],
)  # fmt: skip
def test_marks_that_answer_a_question_are_all_that_is_said(text, stars):
    assert read_stars(text) == stars


@pytest.mark.parametrize(
    "text",
    ["我有多少积分", "查积分", "我的会员等级", "我是什么会员", "积分", "会员等级", "还剩几分积分"],
)
def test_what_the_shopper_has(text):
    assert asks_own(text)


@pytest.mark.parametrize(
    "text",
    [
        "积分怎么用",
        "我的积分能抵多少钱",
        "会员有什么好处",
        "积分什么时候清零",
        "我的积分怎么不见了",
        "怎么升金牌会员",
        "你好",
    ],
)
def test_how_it_works_is_another_question(text):
    assert not asks_own(text)


def test_claiming_is_not_asking_how():
    assert wants_to_claim("领一张") and wants_to_claim("领取优惠券：全场满 199 元减 10 元")
    assert wants_to_claim("还可以领一张吗") and wants_to_claim("能不能再给我来张券")
    assert not wants_to_claim("每人只能领一张吗") and not wants_to_claim("领了能用吗")
    assert wants_to_claim("给张券呗") and not wants_to_claim("怎么领券")
    assert not wants_to_claim("我有哪些券") and not wants_to_claim("现在有哪些优惠券可以领")


def test_a_coupon_that_does_not_work():
    assert cannot_use("券怎么用不了") and cannot_use("为什么券不能用")
    assert not cannot_use("券怎么用")


def test_goods_and_service_are_rated_apart():
    assert rates_goods("我要评价商品") and rates_goods("晒单") and not rates_goods("我要评价")
    assert rates_service("给客服打分") and not rates_service("评价商品")


@pytest.mark.parametrize("text", ["跳过评分", "不评了", "算了", "不打分", "下次吧"])
def test_skipping(text):
    assert skips(text)


@pytest.mark.parametrize("text", ["五星", "我要评价", "不满意"])
def test_an_answer_is_not_skipped(text):
    assert not skips(text)


@pytest.mark.parametrize(
    "text",
    ["撤销退货申请", "不退了", "取消换货", "售后申请撤回", "撤销申请", "投诉撤了吧", "不修了"],
)
def test_withdrawing(text):
    assert withdraws(text)


@pytest.mark.parametrize("text", ["取消订单", "撤回刚才说的", "我要退货", "申请退款", "不要了"])
def test_other_wishes_withdraw_nothing(text):
    assert not withdraws(text)
