"""One normal form for all text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.text.normalise import normalise, normalise_aligned
from recsys.text.segment import Segmenter


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ＡＢＣ　１２３", "abc 123"),
        ("我想買手機", "我想买手机"),
        ("a\u200bb", "ab"),
        ("  a \n\t b  ", "a b"),
        ("㎏", "kg"),
        ("", ""),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_and_origins_fit(text: str) -> None:
    result = normalise_aligned(text)
    assert normalise(result.text) == result.text
    assert len(result.origin) == len(result.text)
    assert list(result.origin) == sorted(result.origin)


def test_shop_words_stay_whole_and_small_talk_goes() -> None:
    assert Segmenter(["徕卡影像"]).content_words("我想要徕卡影像的手机") == ["徕卡影像", "手机"]
