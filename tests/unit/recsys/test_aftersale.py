"""What a sentence says of an order, a phone, a day, an address and a reason."""

from datetime import date

import pytest

from recsys.query import aftersale
from recsys.query.address import amended, find_address
from recsys.query.reasons import (
    CANCEL_REASONS,
    CONDITIONS,
    RETURN_REASONS,
    RETURN_WAYS,
    read_word,
)

TODAY = date(2026, 3, 11)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("DG100054到哪了", "DG100054"),
        ("单号是dg100054", "DG100054"),
        ("DG-100054", "DG100054"),
        ("ＤＧ１０００５４", "DG100054"),
        ("订单100054", "100054"),
        ("手机号13800000001", None),
        ("4111111111111111", None),
        ("iPhone 16 8+256", None),
        ("尾号0001", None),
        ("买了2件", None),
    ],
)
def test_order_numbers(text: str, number: str | None) -> None:
    assert aftersale.find_order_no(text) == number


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("0001", "0001"),
        ("尾号0001", "0001"),
        ("13800000001", "0001"),
        ("138 0000 0001", "0001"),
        ("DG100054，0001", "0001"),
        ("DG100054", None),
        ("2000元", None),
        ("2026年", None),
        ("12345", None),
        ("好的", None),
    ],
)
def test_the_last_digits_of_a_phone(text: str, tail: str | None) -> None:
    assert aftersale.find_phone_tail(text) == tail


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4111111111111111", True),
        ("退到4111 1111 1111 1111", True),
        ("4111111111111112", False),
        ("DG100054", False),
        ("13800000001", False),
    ],
)
def test_cards_are_known_by_their_check_digit(text: str, found: bool) -> None:
    assert aftersale.gives_card(text) is found
    hidden = aftersale.hide_cards(text)
    assert (hidden == text) is not found and aftersale.gives_card(hidden) is found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今天买的", 11, 11),
        ("昨天那单", 10, 10),
        ("大前天", 8, 8),
        ("前天", 9, 9),
        ("三天前", 8, 8),
        ("上周买的那双鞋", 2, 8),
        ("上周五", 6, 6),
        ("这周", 9, 15),
        ("3月5日的", 5, 5),
        ("三月五号", 5, 5),
        ("这个月", 1, 11),
    ],
)
def test_days(text: str, first: int, last: int) -> None:
    assert aftersale.find_days(text, TODAY) == (TODAY.replace(day=first), TODAY.replace(day=last))


def test_days_of_other_months_and_years() -> None:
    assert aftersale.find_days("上个月", TODAY) == (date(2026, 2, 1), date(2026, 2, 28))
    assert aftersale.find_days("12月31日", TODAY) == (date(2025, 12, 31), date(2025, 12, 31))
    assert aftersale.find_days("2月30日", TODAY) is None
    assert aftersale.find_days("那双鞋", TODAY) is None


@pytest.mark.parametrize(
    "text", ["好的", "嗯嗯", "确认", "是的，确认", "OK", "行吧", "没问题！", "好，谢谢", "发布吧"]
)
def test_agreement(text: str) -> None:
    assert aftersale.agrees(text)


@pytest.mark.parametrize(
    "text",
    ["", "不", "好像不对", "确认一下地址在哪", "不行", "好的但是改成两件", "可以吗", "取消吧"],
)
def test_no_agreement(text: str) -> None:
    assert not aftersale.agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "算了",
        "那算了吧",
        "不退了",
        "先不了",
        "别取消了",
        "不换货了",
        "放弃",
        "不删了",
        "撤销",
        "不投诉了",
    ],
)
def test_leaving(text: str) -> None:
    assert aftersale.leaves(text)


@pytest.mark.parametrize(
    "text", ["退一件", "不想要了", "不是这双", "我要退货", "取消订单", "撤销退货申请"]
)
def test_not_leaving(text: str) -> None:
    assert not aftersale.leaves(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("不是第一件是第二件", "第二件"),
        ("说错了，是41码", "41码"),
        ("写错了应该是DG100054", "DG100054"),
        ("是不是坏了", "是不是坏了"),
        ("退第二件", "退第二件"),
    ],
)
def test_corrections(text: str, right: str) -> None:
    assert aftersale.corrected(text) == right


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("改成浙江省杭州市西湖区文三路99号", "浙江省杭州市西湖区文三路99号"),
        ("地址换成北京市海淀区中关村大街1号吧", "北京市海淀区中关村大街1号"),
        ("寄到广州市天河区体育西路5号，谢谢", "广州市天河区体育西路5号"),
        ("改一下地址", None),
        ("DG100054改地址", None),
        ("西湖区", None),
    ],
)
def test_addresses(text: str, address: str | None) -> None:
    found = find_address(text)
    assert (found or "").rstrip("，") == (address or "")


@pytest.mark.parametrize(
    ("words", "text", "value"),
    [
        (CANCEL_REASONS, "不需要了", "不想要了"),
        (CANCEL_REASONS, "拍重复了", "拍错了"),
        (CANCEL_REASONS, "一直不发货", "发货太慢"),
        (CANCEL_REASONS, "别家更便宜", "其他地方更便宜"),
        (CANCEL_REASONS, "嗯", None),
        (RETURN_REASONS, "屏幕坏了", "质量问题"),
        (RETURN_REASONS, "有色差", "与描述不符"),
        (RETURN_REASONS, "发错颜色了", "发错货"),
        (RETURN_REASONS, "太小了穿不进", "尺码或颜色不合适"),
        (RETURN_REASONS, "不喜欢", "七天无理由"),
        (CONDITIONS, "没拆", "未拆封"),
        (CONDITIONS, "拆了但没用", "已拆封未使用"),
        (CONDITIONS, "试穿了一下", "已拆封未使用"),
        (CONDITIONS, "没穿过", "已拆封未使用"),
        (CONDITIONS, "穿过一次", "已使用"),
        (RETURN_WAYS, "只退款不退货", "仅退款"),
        (RETURN_WAYS, "我要退货", "退货退款"),
    ],
)
def test_words_for_a_reason(words: dict[str, str], text: str, value: str | None) -> None:
    assert read_word(text, words) == value


def test_a_secret_is_no_order() -> None:
    assert aftersale.find_order_no("刚收到验证码 846213") is None
    assert aftersale.find_order_no("密码是123456") is None
    assert aftersale.find_order_no("订单846213") == "846213"


@pytest.mark.parametrize("text", ["算了，开个人的", "算了还是换一个吧", "那算了 我要退货"])
def test_wanted_instead(text: str) -> None:
    assert aftersale.wants_instead(text)


@pytest.mark.parametrize("text", ["算了", "算了不退了", "算了吧谢谢", "开个人的", "算了要不先这样"])
def test_nothing_instead(text: str) -> None:
    assert not aftersale.wants_instead(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("说错了", True),
        ("不对不对", True),
        ("地址填错", True),
        ("不对称的", False),
        ("好的", False),
    ],
)
def test_called_wrong(text: str, wrong: bool) -> None:
    assert aftersale.errs(text) is wrong


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("海淀区", "北京市海淀区幸福路88号2单元301"),
        ("海淀区吧", "北京市海淀区幸福路88号2单元301"),
        ("平安路8号", "北京市朝阳区平安路8号2单元301"),
        ("3单元", "北京市朝阳区幸福路88号3单元301"),
        ("东村", None),
        ("隔壁那个区", None),
        ("301", None),
    ],
)
def test_one_part_of_an_address_anew(said: str, becomes: str | None) -> None:
    assert amended("北京市朝阳区幸福路88号2单元301", said) == becomes


def test_a_level_that_an_address_has_twice_is_not_changed() -> None:
    assert amended("上海市浦东新区幸福小区8号", "静安区") is None


def test_a_city_with_a_level_in_its_name_is_one_part() -> None:
    assert amended("江苏省苏州市工业园区样例路6号", "镇江市") == "江苏省镇江市工业园区样例路6号"
