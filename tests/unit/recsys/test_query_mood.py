"""Messages without words."""

import pytest

from recsys.query.mood import is_wordless, pleased


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("👍", True),
        ("👌👌！", True),
        ("😡", False),
        ("？？", None),
        ("👍😡", None),
        ("好👍", None),
        ("", None),
    ],
)
def test_kind_or_cross(text: str, kind: bool | None) -> None:
    assert pleased(text) is kind


def test_words_are_words() -> None:
    assert is_wordless("。。。") and is_wordless("👍")
    assert not (is_wordless("1") or is_wordless("好") or is_wordless("a?") or is_wordless(" "))
