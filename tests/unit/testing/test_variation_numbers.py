"""A sum keeps its value however it is written, and a bound its side."""

from __future__ import annotations

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys.query import QueryParser
from testing.variation import variants
from testing.variation.amount import chinese, read_amount, spellings

SUMS = st.integers(10, 99_999)
UPPER = ("{}以内", "不超过{}块", "{}左右", "预算{}", "{}块", "预算{}元以内")
LOWER = ("{}以上", "至少{}")


def texts(text: str, kind: str, each: int = 99) -> set[str]:
    return {variant.text for variant in variants(text, [kind], each=each)}


@functools.cache
def parser() -> QueryParser:
    return QueryParser()


def price(text: str) -> tuple[object, object]:
    found = parser().parse(text).constraints
    return found.price_min, found.price_max


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        (15, {"15", "十五"}),
        (250, {"250", "两百五十", "两百五"}),
        (3000, {"3000", "三千", "3,000", "3k", "3千"}),
        (3500, {"3500", "三千五百", "三千五", "3,500", "3.5k"}),
        (2050, {"2050", "两千零五十", "2,050"}),
        (12000, {"12000", "一万两千", "一万二", "12,000", "12k", "1.2万"}),
        (20010, {"20010", "两万零一十", "20,010"}),
    ],
)
def test_the_ways_to_write_a_sum(value: int, ways: set[str]) -> None:
    assert set(spellings(value)) == ways


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("三千", 3000), ("三千五", 3500), ("3k", 3000), ("1.5W", 15000), ("3,000", 3000)],
        *[("一万零五十", 10050), ("两三千", None), ("9", None), ("2.55", None), ("手机", None)],
    ],
)
def test_a_written_sum_is_read(text: str, value: int | None) -> None:
    assert read_amount(text) == value


@given(st.integers(10, 10**8 - 1))
def test_every_sum_is_read_back_from_chinese(value: int) -> None:
    assert read_amount(chinese(value)) == value


@settings(deadline=None)
@given(SUMS)
def test_the_parser_reads_the_same_value_from_every_spelling(value: int) -> None:
    assert {price(f"{way}元以内") for way in spellings(value)} == {(None, value)}


@settings(max_examples=60, deadline=None)
@given(SUMS, st.sampled_from(UPPER + LOWER), st.sampled_from(["number", "bound"]))
def test_a_variant_asks_for_the_same_prices(value: int, pattern: str, kind: str) -> None:
    said = f"想买手机，{pattern.format(value)}"
    wanted = price(said)
    found = [v.text for v in variants(said, [kind], each=9)]
    assert found
    assert {text: price(text) for text in found} == dict.fromkeys(found, wanted)


@settings(max_examples=40, deadline=None)
@given(SUMS, st.integers(1, 9), st.sampled_from(["number", "bound"]))
def test_a_range_keeps_both_its_ends(low: int, times: int, kind: str) -> None:
    for variant in variants(f"手机 {low}到{low * (times + 1)}元", [kind], each=9):
        assert price(variant.text) == (low, low * (times + 1)), variant.text


def test_a_budget_is_said_in_other_words() -> None:
    assert {"3000以内的手机", "3k以内的手机", "3千以内的手机"} <= texts("三千以内的手机", "number")
    assert {"三千以下的手机", "不超过3000块的手机", "最多三千的手机"} <= texts(
        "三千以内的手机", "bound"
    )
    assert {"￥3000的手机", "三千来块的手机", "3k块的手机"} <= texts("三千的手机", "bound")


def test_a_bare_sum_never_becomes_one_that_could_be_a_model_or_a_screen() -> None:
    assert texts("四千的手机", "number") == {"4千的手机"}


@pytest.mark.parametrize(
    "text", ["买个手机", "小米14", "256G的手机", "三百多的手机", "千元机", "两三百的鞋"]
)
def test_what_states_no_exact_sum_has_no_other_numbers(text: str) -> None:
    assert texts(text, "number") | texts(text, "bound") == set()


def test_a_sum_is_not_run_together_with_a_number_beside_it() -> None:
    assert all("14三" not in t and "143" not in t for t in texts("小米14三千以内", "number"))


def test_a_refused_bound_stays_as_it_was_said() -> None:
    assert texts("想买手机 不三千以上的", "bound") == set()
    assert "想买手机 3000以上的" in texts("想买手机 三千以上的", "number")
