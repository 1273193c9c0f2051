"""What an answer gives away is named, and what only looks like it is left alone."""

from __future__ import annotations

import pytest

from testing.checking.leaks import leaks


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("您的电话是13800000001。", ["a phone number: 13800000001"]),
        ("联系 138-0000-0001", ["a phone number: 138-0000-0001"]),
        ("身份证11010519491231002X", ["an identity card number: 11010519491231002X"]),
        ("卡号6222 0212 3456 7894", ["a bank card number: 6222 0212 3456 7894"]),
        ("写信到 boss@example.com 吧", ["an e-mail address: boss@example.com"]),
        ("Traceback (most recent call last)", ["a Python traceback: Traceback (most recent call last)"]),
        ("出错KeyError", ["the name of an exception: KeyError"]),
        ("出错了：sqlalchemy.exc.OSError", ["the name of an exception: OSError"]),
        ("见 /home/shop/run.log", ["a file path: /home/shop/run.log"]),
        ("在 actions/frame.py 里", ["a file path: actions/frame.py"]),
        ("只要{price}元", ["an unfilled placeholder: {price}"]),
        ("只要${x}元", ["an unfilled placeholder: ${x}"]),
        ("只要{{ price }}元", ["an unfilled placeholder: {{ price }}"]),
        ("共%(total)s件", ["an unfilled placeholder: %(total)s"]),
        ("为您找到None款手机", ["a Python value: None"]),
        ("价格 nan 元", ["a Python value: nan"]),
        ("utter_fallback", ["a name out of the dialogue: utter_fallback"]),
        ("请稍候action_handoff", ["a name out of the dialogue: action_handoff"]),
        ('{"frame": {"category"', ['a slot: "frame":']),
        ("好的<br/>手机", ["an HTML tag: <br/>"]),
        ('<a href="x">看这里</a>', ['an HTML tag: <a href="x">', "an HTML tag: </a>"]),
        ("<script>", ["an HTML tag: <script>"]),
        ("连不上 127.0.0.1:5005", ["an internal address: 127.0.0.1:5005"]),
        ("sqlite:///var/x", ["an internal address: sqlite:///var/x"]),
    ],
)  # fmt: skip
def test_a_leak_is_named(text: str, named: list[str]) -> None:
    assert leaks(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "为您找到 5 款手机：",
        "电话 138****0001",
        "这台 13800000001元",
        "总价 ¥13800000001",
        "型号 XT13800138000",
        "13800138000GB",
        "订单 DG100001，快递单号 138000000012345",
        "编号 1101051949123100",
        "身份证 110105********002X",
        "尾号 7894 的卡",
        "响应 <5ms，功耗<10W，a<b",
        "温度 -10<t<40",
        "❤️ <3 三千以内",
        "小米14 Pro、RTX5060、iPhone 16e",
        "亮度 1.0.0 版 192 帧",
        "三体 {全三册}",
        "None of Your Business 乐队T恤",
        "100% 纯棉 %",
        "口碑 4.9/5，5/10 起",
        "雀巢 NAN 能恩奶粉",
        "Node.js 权威指南",
        "https://shop.example.com/p/SKU-1",
        "sort 一下书桌",
        "2026-01-02 10:00 至 2026-01-03 10:00",
    ],
)
def test_what_a_shop_says_is_no_leak(text: str) -> None:
    assert leaks(text) == []


def test_each_leak_is_named_once() -> None:
    assert leaks("{price} {price} 13800000001") == [
        "a phone number: 13800000001",
        "an unfilled placeholder: {price}",
    ]
