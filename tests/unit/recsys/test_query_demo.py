"""The words of the demo shop: brands glued to what they make, and names that are no models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge, brand_words, build_lexicon
from recsys.query import Lexicon, QueryParser
from recsys.training.catalogue import read_catalogue

ROOT = Path(__file__).parents[3]
LATIN = re.compile("[a-zà-ÿ]")
Shop = tuple[list[Document], list[CategorySchema], Knowledge]


@pytest.fixture(scope="module")
def shop() -> Shop:
    return (
        *read_catalogue(ROOT / "data/catalog"),
        Knowledge.load(ROOT / "data/knowledge"),
    )


@pytest.fixture(scope="module")
def lexicon(shop: Shop) -> dict[str, Any]:
    return build_lexicon(*shop)


@pytest.fixture(scope="module")
def parser(lexicon: dict[str, Any]) -> QueryParser:
    return QueryParser(Lexicon.from_json(lexicon))


def _kinds(lexicon: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """(word, meaning, the categories it covers), names and wide words alike."""
    for word, category in lexicon["categories"].items():
        yield word, category, [category]
    for word, members in lexicon["groups"].items():
        yield word, word, members


def _glued(shop: Shop, lexicon: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(brand and kind in one word, brand, kind) for whatever some product of the shop is."""
    documents, _, knowledge = shop
    made = {(d.category, d.brand) for d in documents if d.brand}
    spellings = brand_words((brand for _, brand in made), knowledge)
    for word, kind, covered in _kinds(lexicon):
        for spelling, brand in spellings.items():
            if any((category, brand) in made for category in covered):
                yield spelling + word, brand, kind


def test_a_brand_and_what_it_makes_are_both_read(
    parser: QueryParser, shop: Shop, lexicon: dict[str, Any]
) -> None:
    wrong = {}
    for text, brand, kind in _glued(shop, lexicon):
        # 林氏 and 家居家纺 run together begin with the brand's whole name.
        whole = text.startswith(brand) and kind not in text[len(brand) :]
        if LATIN.search(text) or text in lexicon["models"] or whole:
            continue
        found = parser.parse(text).constraints
        kinds = {kind} | {
            p["category"] for p in lexicon["products"].values() if p["brand"] == brand
        }
        if found.brands != (brand,) or found.category not in kinds:
            wrong[text] = (found.brands, found.category)
    assert wrong == {}


def test_a_brand_that_stands_for_what_it_makes_is_both(parser: QueryParser) -> None:
    found = parser.parse("乐高").constraints
    assert (found.category, found.brands) == ("积木", ("乐高",))


def test_a_watch_is_worn(parser: QueryParser) -> None:
    found = parser.parse("华为手表 黑色的").constraints
    assert (found.category, found.brands, found.colours) == ("智能手表", ("华为",), ("黑",))


def test_the_name_of_a_kind_is_no_model(parser: QueryParser, lexicon: dict[str, Any]) -> None:
    assert not lexicon["models"].keys() & lexicon["categories"].keys()
    assert parser.parse("婴儿洗衣液").constraints.brands == ()


@pytest.mark.parametrize(
    ("typed", "category", "brands"),
    [
        ("水果手机", "手机", ("Apple",)),
        ("平果手机", "手机", ("Apple",)),
        ("花为", None, ("华为",)),
        ("小咪手机", "手机", ("小米",)),
        ("手鸡", "手机", ()),
        ("耳几", "耳机", ()),
        ("xiaomi shouji", "手机", ("小米",)),
        ("shou ji", "手机", ()),
        ("bi ji ben dian nao", "笔记本电脑", ()),
        ("筆記本電腦", "笔记本电脑", ()),
        ("藍牙耳機", "耳机", ()),
    ],
)
def test_other_spellings_are_read(
    parser: QueryParser, typed: str, category: str | None, brands: tuple[str, ...]
) -> None:
    found = parser.parse(typed).constraints
    assert (found.category, found.brands) == (category, brands)


def test_words_in_a_foreign_tongue_are_no_pinyin(parser: QueryParser) -> None:
    assert parser.parse("er the an ban").constraints.category is None
