"""For whom it is, where nothing else is said."""

import pytest

from recsys.query import Lexicon, QueryParser

PARSER = QueryParser(Lexicon.from_json({"categories": {"手机": "手机"}}))


@pytest.mark.parametrize(
    "text",
    ["送我爸的", "给我妈买", "女朋友用", "给女朋友用的", "送老婆", "买给我外婆用", "那送我爸的呢", "送爸爸，三千以内"],
)  # fmt: skip
def test_it_is_only_for_somebody(text: str) -> None:
    query = PARSER.parse(text)
    assert query.recipient
    assert query.need


@pytest.mark.parametrize(
    "text", ["送女朋友的礼物", "给我妈买手机", "老婆饼", "朋友推荐的", "给我推荐", "拍照好的", ""]
)
def test_something_is_wanted_besides_or_nobody_named(text: str) -> None:
    assert not PARSER.parse(text).recipient
