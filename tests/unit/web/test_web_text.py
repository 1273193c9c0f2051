"""What a shopper typed, cleaned, and kept from being a command."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.refusals import BadField, TextEmpty, TextTooLong
from web.text import MAX_CHARACTERS, clean, for_rasa, said

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  我想买手机  ", "我想买手机"),
        ("第一行\r\n第二行", "第一行  第二行"),
        ("手\x00机\x7f\x9b", "手机"),
        ("\u202e便宜\u2066点", "便宜点"),
        ("手机\udc00", "手机"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("👍🏽", "👍🏽"),
        ("<b>手机</b>", "<b>手机</b>"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\u200b\u200d", "\x00", "\u202e", "\ufe0f"])
def test_nothing_readable(typed: str) -> None:
    with pytest.raises(TextEmpty):
        clean(typed)


def test_length_is_that_of_what_is_kept() -> None:
    assert len(clean("长" * MAX_CHARACTERS + "\x00 ")) == MAX_CHARACTERS
    with pytest.raises(TextTooLong):
        clean("长" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("typed", [None, 1, ["手机"], {"text": "手机"}])
def test_only_texts(typed: object) -> None:
    with pytest.raises(BadField):
        clean(typed)


@given(ANY_TEXT)
def test_what_is_clean_can_be_stored_and_stays_clean(typed: str) -> None:
    try:
        text = clean(typed)
    except TextEmpty:
        return
    assert text.encode()
    assert "\x00" not in text
    assert clean(text) == text


@given(st.text(st.sampled_from('/／ \u3000\u200b\u2060\ufeff\u00ad{手a"}\u0301'), max_size=12))
def test_rasa_never_hears_a_command(text: str) -> None:
    heard = for_rasa(text)
    assert heard
    normal = unicodedata.normalize("NFKC", heard)
    seen = "".join(c for c in normal if unicodedata.category(c) not in ("Cf", "Cc"))
    assert not seen.strip().startswith("/")


@given(ANY_TEXT)
def test_other_sentences_reach_rasa_as_they_are(text: str) -> None:
    assert for_rasa("手机" + text) == "手机" + text


def test_a_bank_card_is_not_kept() -> None:
    stored = said("卡号６２２２ 0200 0000 0000 000 没错吧", ())
    assert "[银行卡号]" in stored and "0200" not in stored
    kept = "订单DG2026111900012345678 手机13800138000"
    assert said(kept, ()) == kept
