"""Pictures are valid, coloured as told, and safe."""

from xml.etree import ElementTree

import pytest

from web import pictures


@pytest.mark.parametrize("category", [*pictures.SHAPE_OF, "没有这一类"])
def test_every_category_has_a_picture(category: str) -> None:
    text = pictures.svg(category, "黑色", "seed")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert "var(" not in text


def test_every_shape_belongs_to_a_category() -> None:
    files = {path.stem for path in pictures.FOLDER.glob("*.svg")}
    assert files == {*pictures.SHAPES, pictures.UNKNOWN}


@pytest.mark.parametrize(
    ("colour", "paint"),
    [("黑色", "黑"), ("雾霾蓝", "雾霾蓝"), ("岩石青", "青"), ("曜石黑", "黑"), ("卡其色", "卡其")],
)
def test_the_colour_is_the_skus(colour: str, paint: str) -> None:
    assert pictures.COLOURS[paint] in pictures.svg("手机", colour, "seed")


def test_an_unknown_colour_falls_back_on_the_seed() -> None:
    assert pictures.svg("面霜", "图案", "a") != pictures.svg("面霜", "图案", "b")
    assert pictures.svg("面霜", None, "a") == pictures.svg("面霜", None, "a")


def test_text_is_escaped() -> None:
    text = pictures.svg("<script>", '"&', "<x>")
    assert "<script>" not in text
    assert ElementTree.fromstring(text)[0].text == '<script> "&'
