"""Shopping talk in pinyin, and Latin text that is none."""

import pytest

from recsys.query import Lexicon, QueryParser
from recsys.query.pinyin import spelled_out
from recsys.text.normalise import normalise_aligned

PARSER = QueryParser(
    Lexicon.from_json(
        {"categories": {"手机": "手机", "耳机": "耳机"}, "brands": {"小米": "小米", "xiaomi": "小米"}}
    )
)  # fmt: skip
CONSTRAINTS = [
    ("xiaomi de", {"brands": ["小米"]}),
    ("bu yao hongse de", {"not_colours": ["红"]}),
    ("lanse", {"colours": ["蓝"]}),
    ("2000 yixia de erji", {"category": "耳机", "price_max": 2000}),
    ("wo xiang mai shouji", {"category": "手机"}),
    ("bu yao xiaomi de", {"not_brands": ["小米"]}),
]


@pytest.mark.parametrize(("text", "expected"), CONSTRAINTS)
def test_the_words_around_goods_are_read(text, expected):
    assert PARSER.parse(text).constraints.to_json() == expected


def test_places_and_moves():
    assert PARSER.parse("di er ge").ordinals == (2,)
    assert PARSER.parse("pianyi yidian de").relative == "cheaper"
    assert PARSER.parse("you mei you heise de").asks


@pytest.mark.parametrize(
    "text", ["can you help me", "usb c to hdmi", "iphone de", "华为 de", "hello", "gan ma ne", ""]
)
def test_other_text_stays_as_it_is(text):
    source = normalise_aligned(text)
    assert spelled_out(source, {"xiaomi"}) == source


@pytest.mark.parametrize("text", ["xiaomi de", "bu yao hongse de", "3000 yinei", "di  er ge ba"])
def test_every_character_knows_where_it_comes_from(text):
    spelled = spelled_out(normalise_aligned(text), {"xiaomi"})
    assert len(spelled.text) == len(spelled.origin)
    assert list(spelled.origin) == sorted(spelled.origin)


def test_spans_stand_on_what_was_typed():
    text = "bu yao hongse de"
    (span,) = PARSER.parse(text).spans
    assert text[span.start : span.end] == "bu yao hongse"
