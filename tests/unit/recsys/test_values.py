"""What the text of a field says, and what it denies."""

import pytest

from recsys.index.values import says


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("入耳式", "入耳", True),
        ("半入耳式", "入耳", False),
        ("半入耳式", "半入耳", True),
        ("无涂层", "涂层", False),
        ("仿羊羔毛", "羊羔毛", False),
        ("全自动", "自动", True),
        ("半自动", "自动", False),
        ("2XL", "xl", False),
    ],
)
def test_a_word_that_is_denied_or_halved_is_not_said(text: str, word: str, found: bool) -> None:
    assert says(text, word) is found
