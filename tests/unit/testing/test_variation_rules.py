"""A variant looks different and means the same."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from pypinyin import lazy_pinyin

from recsys.query import Lexicon
from testing.variation import RULES, Reader, UnknownKind, variants

HEADS = st.sampled_from(["手机", "电动牙刷", "羽绒服", "空气净化器", "牛奶"])
STARTS = st.sampled_from(["", "我想买", "给我推荐一款", "有没有", "麻烦找找"])
TAILS = st.sampled_from(["", "，要轻一点的", " 三千以内", "，不要小米", "！", "吗？", " 256G"])
SENTENCES = st.builds("{}{}{}".format, STARTS, HEADS, TAILS)
LEXICON = {
    "categories": {word: word for word in ("手机", "电动牙刷", "羽绒服", "空气净化器", "牛奶")},
    "brands": {"小米": "小米", "苹果": "苹果"},
}


@functools.cache
def reader() -> Reader:
    return Reader(Lexicon.from_json(LEXICON))


def texts(text: str, kind: str, each: int = 99) -> set[str]:
    return {v.text for v in variants(text, [kind], each=each, reader=reader())}


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.integers(0, 5))
def test_the_same_seed_gives_the_same_variants(text: str, seed: int) -> None:
    first, second = (list(variants(text, seed=seed, reader=reader())) for _ in range(2))
    assert first == second


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.integers(0, 5))
def test_no_text_breaks_a_rule_and_no_variant_is_empty_or_the_original(
    text: str, seed: int
) -> None:
    for variant in variants(text, seed=seed, reader=reader()):
        assert variant.text.strip()
        assert variant.original == text != variant.text
        assert variant.kind in RULES


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_traditional_characters_convert_back(text: str) -> None:
    for variant in texts(text, "traditional"):
        assert OpenCC("t2s").convert(variant) == text


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_full_width_folds_back_and_spaces_add_nothing(text: str) -> None:
    for wide in texts(text, "full_width"):
        assert unicodedata.normalize("NFKC", wide) == unicodedata.normalize("NFKC", text)
    for spaced in texts(text, "spaced"):
        assert spaced.replace(" ", "") == text.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_a_homophone_differs_in_one_character_and_in_no_sound(text: str) -> None:
    for variant in texts(text, "homophone"):
        assert len(variant) == len(text)
        pairs = [(a, b) for a, b in zip(text, variant, strict=True) if a != b]
        assert [lazy_pinyin(a) == lazy_pinyin(b) for a, b in pairs] == [True]


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_a_slip_adds_or_loses_one_character_or_swaps_two(text: str) -> None:
    assert all(len(variant) == len(text) - 1 for variant in texts(text, "dropped"))
    assert all(len(variant) == len(text) + 1 for variant in texts(text, "doubled"))
    assert all(sorted(variant) == sorted(text) for variant in texts(text, "swapped"))


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.sampled_from(["homophone", "swapped", "dropped", "doubled", "pinyin"]))
def test_a_slip_touches_neither_budget_nor_refusal_nor_brand(text: str, kind: str) -> None:
    kept = [part for part in ("三千以内", "不要小米", "256G", "没有") if part in text]
    for variant in texts(text, kind):
        assert all(part in variant for part in kept), variant


def test_a_long_name_loses_an_inner_character() -> None:
    assert texts("电动牙刷", "dropped") in ({"电牙刷"}, {"电动刷"})


def test_a_word_that_exists_is_no_typo_of_another() -> None:
    assert "买奶牛" not in texts("买牛奶", "swapped")
    assert texts("推荐手机", "swapped") == {"荐推手机"}


@pytest.mark.parametrize("text", ["苹果", "不要小米", "三千以内", "iPhone 15"])
@pytest.mark.parametrize("kind", ["homophone", "swapped", "dropped", "doubled", "pinyin"])
def test_a_sentence_of_conditions_alone_takes_no_typo(text: str, kind: str) -> None:
    assert texts(text, kind) == set()


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("我想买手机", "traditional", {"我想買手機"}),
        ("iPhone 15", "full_width", {"ｉＰｈｏｎｅ １５"}),
        ("三千以内的手机", "pinyin", {"三千以内的shouji"}),
        ("三千以内的手机", "trailing", {"手机，三千以内的"}),
        ("有没有三千以内的", "trailing", set()),
        ("不想要三千以内的手机", "trailing", set()),
        ("手机，轻薄的，三千以内", "trailing", set()),
        ("羽绒服 三千以内", "permuted", {"三千以内 羽绒服"}),
        ("羽绒服，三千以内，不要小米", "permuted", {"三千以内，羽绒服，不要小米"}),
        ("不要小米，苹果手机", "permuted", set()),
        ("还是太贵，换个手机", "permuted", set()),
        ("mechanical keyboard", "permuted", set()),
        ("iPhone 15 手机", "permuted", set()),
        ("便宜点吗", "particle", set()),
        ("便宜点的。", "particle", {"便宜点的呀", "便宜点的哈", "便宜点的呢", "便宜点的啊", "便宜点的哦"}),
        ("keyboard", "particle", set()),
    ],
)  # fmt: skip
def test_what_a_rule_makes(text: str, kind: str, wanted: set[str]) -> None:
    assert texts(text, kind) == wanted


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        ("hesitation", lambda said, text: said.endswith(text)),
        ("politeness", lambda said, text: text.removesuffix("！") in said),
        ("emoji", lambda said, text: text in said and len(said) == len(text) + 1),
    ],
)
def test_small_talk_stands_around_the_sentence(
    kind: str, holds: Callable[[str, str], bool]
) -> None:
    found = texts("我想买手机！", kind)
    assert len(found) >= 3 and all(holds(said, "我想买手机！") for said in found)


def test_a_question_is_asked_politely_and_a_statement_is_not_turned_into_one() -> None:
    assert "请问有手机吗" in texts("有手机吗", "politeness")
    assert not any("请问" in said for said in texts("不要小米", "politeness"))


def test_each_limits_the_variants_of_a_kind() -> None:
    assert len(texts("三千以内的手机", "bound", each=2)) == 2


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="telepathy"):
        list(variants("手机", ["telepathy"]))
