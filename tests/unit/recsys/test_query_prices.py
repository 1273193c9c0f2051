"""Prices and numbers as shoppers type them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recsys.query import QueryParser
from recsys.query.numbers import chinese_number, find_numbers

PARSER = QueryParser()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三千以内", None, 3000),
        ("3000以下的", None, 3000),
        ("3,000元以内", None, 3000),
        ("不超过一千五", None, 1500),
        ("别超过500块", None, 500),
        ("预算3000", None, 3000),
        ("1.5w以内", None, 15000),
        ("2k-3k", 2000, 3000),
        ("2-3千", 2000, 3000),
        ("两千到三千", 2000, 3000),
        ("500到800之间", 500, 800),
        ("两三百的", 200, 300),
        ("三四千", 3000, 4000),
        ("几百块", 100, 999),
        ("一千五左右", 1200, 1800),
        ("3k左右", 2400, 3600),
        ("千把块", 800, 1200),
        ("一百来块", 80, 120),
        ("千元机", 1000, 1999),
        ("百元以内", None, 100),
        ("两千多", 2000, 2999),
        ("3000多块", 3000, 3999),
        ("300以上", 300, None),
        ("至少两百", 200, None),
        ("300起", 300, None),
        ("￥99", 79, 119),
        ("１００元以内", None, 100),
        ("一万二以内", None, 12000),
        ("300到500", 300, 500),
        ("一千到五百的跑鞋", 500, 1000),
        ("500", 400, 600),
        ("不低于1000", 1000, None),
        ("不少于1000块", 1000, None),
        ("不小于一千", 1000, None),
        ("不能低于1000", 1000, None),
        ("起码1000", 1000, None),
        ("最少1000", 1000, None),
        ("不高于1000", None, 1000),
        ("不大于1000", None, 1000),
        ("不能高于1000块", None, 1000),
        ("低于1000", None, 1000),
        ("高于1000", 1000, None),
        ("能不能低于1000", None, 1000),
        ("有能低于1000的吗", None, 1000),
        ("超过1000的不要", None, 1000),
        ("1000以上不考虑哈", None, 1000),
        ("低于500的不要", 500, None),
        ("1000以内不要苹果", None, 1000),
        ("那个…1000到1500", 1000, 1500),
        ("嗯...1000以内", None, 1000),
        ("500😊", 400, 600),
        ("500 谢谢", 400, 600),
        ("500吧，谢谢啦🙏", 400, 600),
        ("三千左右滴", 2400, 3600),
        ("3k以內", None, 3000),
        ("三千五", 2800, 4200),
        ("3千", 2400, 3600),
        ("2k", 1600, 2400),
        ("1.5w", 12000, 18000),
        ("￥300", 240, 360),
        ("300块", 240, 360),
        ("300大洋", 240, 360),
        ("百来块钱", 80, 120),
        ("一千出头", 1000, 1300),
        ("一百块出头", 100, 130),
        ("万元以内", None, 10000),
        ("小一千", 800, 1000),
        ("将近一千", 800, 1000),
        ("近千元", 800, 1000),
        ("上千块", 1000, None),
        ("3000+的手机", 3000, None),
        ("两千不到", None, 2000),
        ("两千五六", 2500, 2600),
        ("一百二三十", 120, 130),
        ("百八十块", 80, 100),
        ("千儿八百", 800, 1000),
        ("四位数", 1000, 9999),
        ("两k的", 1600, 2400),
        ("贰仟", 1600, 2400),
    ],
)
def test_price_is_understood(text: str, low: int | None, high: int | None) -> None:
    found = PARSER.parse(text).constraints
    assert (found.price_min, found.price_max) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "小米14",
        "iphone15",
        "一起买",
        "两件",
        "第二个",
        "42码",
        "5000毫安",
        "256g",
        "千里马",
        "12期免息",
        "65w快充",
        "两百多斤",
        "2024新款",
        "13800138000",
        "v2.1000",
        "8+256",
        "小15寸",
        "上20楼",
        "改成一百件",
        "再加上一百件",
        "四k显示器",
        "",
    ],
)
def test_other_numbers_are_not_prices(text: str) -> None:
    found = PARSER.parse(text).constraints
    assert (found.price_min, found.price_max) == (None, None)


def test_two_bounds_in_one_sentence_are_both_kept() -> None:
    found = PARSER.parse("两百以上五百以内的").constraints
    assert (found.price_min, found.price_max) == (200, 500)


_DIGITS = "零一二三四五六七八九"


def _spoken(number: int) -> str:
    """The textbook reading of 1 to 9999."""
    out, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
        zero = digit == 0
    return out


@given(st.integers(1, 9999))
def test_textbook_numerals_are_read_back(number: int) -> None:
    assert chinese_number(_spoken(number)) == number


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_bare_last_digit_counts_tenths_of_the_unit_before(thousands: int, hundreds: int) -> None:
    assert (
        chinese_number(f"{_DIGITS[thousands]}千{_DIGITS[hundreds]}")
        == thousands * 1000 + hundreds * 100
    )


@given(st.integers(1, 9), st.sampled_from("百千万"), st.booleans())
def test_a_digit_and_a_spoken_unit_is_a_sum_around_it(digit: int, unit: str, written: bool) -> None:
    said = f"{digit if written else _DIGITS[digit]}{unit}"
    value = digit * {"百": 100, "千": 1000, "万": 10_000}[unit]
    found = PARSER.parse(f"{said}左右").constraints
    assert found.price_min == value * Decimal("0.8") and found.price_max == value * Decimal("1.2")
    assert PARSER.parse(f"{said}出头").constraints.price_min == value
    assert PARSER.parse(f"小{said}").constraints.price_max == value


@given(st.integers(1, 8), st.sampled_from([("十", 10), ("百", 100), ("千", 1000), ("万", 10_000)]))
def test_two_digits_in_a_row_are_a_range(digit: int, unit: tuple[str, int]) -> None:
    """七八百 · 两千五六: the next unit down, where it is left out."""
    name, scale = unit
    low, high = _DIGITS[digit], _DIGITS[digit + 1]
    found = PARSER.parse(f"{low}{high}{name}").constraints
    assert (found.price_min, found.price_max) == (digit * scale, (digit + 1) * scale)
    if scale >= 100:
        found = PARSER.parse(f"三{name}{low}{high}").constraints
        tenth = scale // 10
        assert found.price_min == 3 * scale + digit * tenth
        assert found.price_max == 3 * scale + (digit + 1) * tenth


@given(
    st.integers(1, 99),
    st.sampled_from("kw"),
    st.sampled_from(["以内", "以內", "以下", "之内", "内"]),
)
def test_k_and_w_are_thousands_and_ten_thousands(number: int, unit: str, bound: str) -> None:
    ceiling = PARSER.parse(f"{number}{unit}{bound}").constraints.price_max
    assert ceiling == number * {"k": 1000, "w": 10_000}[unit]


@given(st.integers(10, 99_999), st.sampled_from(["￥{}", "¥{}", "{}块", "{}块钱", "{}元", "{}rmb"]))
def test_a_currency_makes_a_sum(number: int, form: str) -> None:
    found = PARSER.parse(form.format(number)).constraints
    assert found.price_min is not None and found.price_max is not None
    assert found.price_min <= number <= found.price_max


@given(st.integers(10, 99_999))
def test_digits_with_any_bound_word_give_that_bound(number: int) -> None:
    assert PARSER.parse(f"{number}元以内").constraints.price_max == Decimal(number)
    assert PARSER.parse(f"{number}元以上").constraints.price_min == Decimal(number)


_NUMERIC = "0123456789.,，。-~到至零一二两三十百千万几点kw元块左右多以内约¥第个寸g"


@given(st.text(max_size=60) | st.text(_NUMERIC, max_size=60))
@example("8333333333333333333333333333")
@example("几万万万万万万万万万万左右")
@example("9" * 5000 + "多")
@example("万" * 300 + "左右")
def test_no_text_breaks_the_parser(text: str) -> None:
    query = PARSER.parse(text)
    assert all(0 <= s.start <= s.end <= len(text) for s in query.spans)


def test_numbers_say_where_they_stand() -> None:
    number = find_numbers("要 3千5 的")[0]
    assert (number.start, number.end, number.low) == (2, 5, Decimal(3500))
