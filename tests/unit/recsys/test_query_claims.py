"""What claims and invoices say."""

import pytest

from recsys.query.claims import DEFECTS, REMEDIES, has_no_photo
from recsys.query.invoicing import (
    INVOICE_KINDS,
    find_tax_number,
    find_title,
    read_title,
    wants_anew,
)
from recsys.query.reasons import read_word


@pytest.mark.parametrize(
    ("text", "defect"),
    [
        ("收到是坏的", "破损"), ("包装破了漏了一地", "破损"), ("有划痕", "破损"), ("少发了一件", "少件"),
        ("缺配件", "少件"), ("寄来的是空盒", "少件"), ("买两件只收到一件", "少件"), ("给我发错了", "发错"),
        ("发错货了", "发错"), ("给我发的是黑色", "发错"), ("不是我买的那个", "发错"), ("我收到货了", None),
    ],
)  # fmt: skip
def test_kinds_of_trouble(text, defect):
    assert read_word(text, DEFECTS) == defect


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("补发一个", "补发"),
        ("给我换个新的", "补发"),
        ("退款", "退款"),
        ("退我钱", "退款"),
        ("都行", None),
    ],
)
def test_what_is_wanted_for_it(text, remedy):
    assert read_word(text, REMEDIES) == remedy


@pytest.mark.parametrize(
    "text", ["没有照片", "没拍照", "拍不了", "已经扔了", "没有", "不方便拍", "忘拍了"]
)
def test_no_photo(text):
    assert has_no_photo(text)


@pytest.mark.parametrize("text", ["[发来图片]", "照片发你了", "没有划痕", "等我拍一张"])
def test_a_photo_may_come(text):
    assert not has_no_photo(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("抬头是北京样例科技有限公司", "北京样例科技有限公司"),
        ("抬头：北京样例科技有限公司，税号91330106MA2DEM00XY", "北京样例科技有限公司"),
        ("抬头改成上海演示贸易有限公司吧", "上海演示贸易有限公司"),
        ("抬头:李", "李"), ("抬头是个人", None), ("开发票", None), ("发票抬头错了", None),
    ],
)  # fmt: skip
def test_titles_that_are_named(text, title):
    assert find_title(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("李", "李"), ("好", None), ("陈小满", "陈小满"), ("就写陈小满吧", "陈小满"), ("个人", None), ("公司", None),
        ("演示商贸有限公司 91330106MA2DEM00XY", "演示商贸有限公司"), ("91330106MA2DEM00XY", None),
    ],
)  # fmt: skip
def test_titles_that_answer(text, title):
    assert read_title(text) == title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("税号91330106MA2DEM00XY", "91330106MA2DEM00XY"),
        ("91330106 ma2dem00xy", "91330106MA2DEM00XY"),
        ("税号是９１３３０１０６ＭＡ２ＤＥＭ００ＸＹ", "91330106MA2DEM00XY"),
        ("9133010600000000", "9133010600000000"),
        ("DG100063", None), ("13800000001", None), ("就是这样啊", None), ("Hello World Company Ltd", None),
    ],
)  # fmt: skip
def test_tax_numbers_right_or_wrong(text, number):
    assert find_tax_number(text) == number


def test_kinds_of_invoices():
    assert read_word("开给公司", INVOICE_KINDS) == "企业"
    assert read_word("个人的", INVOICE_KINDS) == "个人"
    assert read_word("开发票", INVOICE_KINDS) is None


def test_anew():
    assert wants_anew("抬头写错了重开") and not wants_anew("要发票")
