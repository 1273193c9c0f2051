import itertools

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT

from bot.tokenizer import ShopTokenizer
from tests.unit.bot.graph import create, message


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    return create(ShopTokenizer, tmp_path_factory.mktemp("storage"))


def tokens(tokenizer, text):
    (done,) = tokenizer.process([message(text)])
    return done.get(TOKENS_NAMES[TEXT])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("推荐一款耳机", ["推荐", "一款", "耳机"]),
        ("iPhone 15 保护壳", ["iphone", "15", "保护", "壳"]),
        ("iPhone15手机", ["iphone15", "手机"]),
        ("  小米  14 ", ["小米", "14"]),
        ("要256GB以上的", ["要", "256gb", "以上", "的"]),
        ("１５寸ＰＣ", ["15", "寸", "pc"]),
        ("雙肩背包", ["双肩", "背包"]),
    ],
)
def test_words(tokenizer, text, words):
    assert [token.text for token in tokens(tokenizer, text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "iPhone 15 手机壳",
        "  小米\t14 ",
        "買１５寸ＰＣ!!",
        "a 手 b机",
        "👍 手机 ok",
        "㎏秤 ２㎏",
        "手\u200b机",
    ],
)
def test_offsets_point_into_the_text_as_typed(tokenizer, text):
    found = tokens(tokenizer, text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(a.end <= b.start or a.start == b.start for a, b in itertools.pairwise(found))
    covered = {i for token in found for i in range(token.start, token.end)}
    assert {i for i, char in enumerate(text) if char.isalnum()} <= covered


def test_a_word_stands_where_it_was_typed(tokenizer):
    text = "  iPhone 15  手機"
    spans = [(t.text, text[t.start : t.end]) for t in tokens(tokenizer, text)]
    assert spans == [("iphone", "iPhone"), ("15", "15"), ("手机", "手機")]


@pytest.mark.parametrize("text", [" ", "\t\n", "\u200b"])
def test_blanks_are_one_token(tokenizer, text):
    assert len(tokens(tokenizer, text)) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("打扰一下，第二个怎么样", "第二", "怎么样"),
        ("那个…嗯…手機 有嗎，谢谢啦", "手機", "嗎"),
        ("在吗 我想买iPhone 15", "我", "15"),
        ("在吗", "在", "吗"),
        ("好的谢谢", "好", "谢谢"),
    ],
)
def test_chatter_around_a_wish_has_no_tokens(tokenizer, text, first, last):
    found = tokens(tokenizer, text)
    ends = text[found[0].start : found[0].end], text[found[-1].start : found[-1].end]
    assert (ends[0][: len(first)], ends[1][-len(last) :]) == (first, last)
