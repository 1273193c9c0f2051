"""What was said as concepts, and how far products serve them."""

from __future__ import annotations

import numpy as np
import pytest

from recsys.index.document import Document
from recsys.index.lexical import LexicalIndex
from recsys.index.phrases import PhraseIndex
from recsys.index.vocabulary import Vocabulary
from recsys.knowledge.concepts import Concept, ConceptReader
from recsys.knowledge.entry import Entry
from recsys.knowledge.thesaurus import Thesaurus
from recsys.search.concepts import concept_scores, expansion
from recsys.text.segment import Segmenter
from tests.unit.recsys.conftest import product

TITLES = (
    "纯棉短袖T恤 男", "乳胶枕 护颈助眠", "手机壳 防摔", "智能手机 128GB", "雅漾 喷雾 50ml", "爽肤水 无酒精", "爽肤水 含酒精",
    "Mate 30 手机",
)  # fmt: skip
ENTRIES = (
    Entry("same", ("t恤", "汗衫")),
    Entry("same", ("纯棉", "全棉")),
    Entry("is", ("上衣",), ("t恤",)),
    Entry("is", ("数码",), ("手机",)),
    Entry("need", ("失眠", "睡不着觉怎么办"), ("乳胶枕",), ("助眠",)),
)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [product(f"p{n}", "", "", title, [9]) for n, title in enumerate(TITLES)]


@pytest.fixture(scope="module")
def lexical(documents: list[Document]) -> LexicalIndex:
    return LexicalIndex([d.full_text() for d in documents])


@pytest.fixture(scope="module")
def phrases(documents: list[Document], lexical: LexicalIndex) -> PhraseIndex:
    return PhraseIndex(documents, lexical)


@pytest.fixture(scope="module")
def reader(documents: list[Document], lexical: LexicalIndex) -> ConceptReader:
    thesaurus = Thesaurus(ENTRIES)
    segmenter = Segmenter(thesaurus.words)
    return ConceptReader(
        thesaurus, segmenter, Vocabulary(documents, lexical, segmenter, thesaurus.words)
    )


def best(
    reader: ConceptReader, phrases: PhraseIndex, text: str, refused: tuple[str, ...] = ()
) -> str:
    scores, _ = concept_scores(reader.read(text, refused), phrases)
    return TITLES[int(np.argmax(scores))]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("汗衫", TITLES[0]), ("全棉上衣", TITLES[0]), ("失眠", TITLES[1]), ("手机", TITLES[3]), ("50毫升", TITLES[4]),
        ("雅样喷雾", TITLES[4]), ("mate30", TITLES[7]), ("睡不着觉该怎么办呢", TITLES[1]),
    ],
)  # fmt: skip
def test_other_wordings_find_the_goods(
    reader: ConceptReader, phrases: PhraseIndex, said: str, title: str
) -> None:
    assert best(reader, phrases, said) == title


def test_what_is_free_of_the_refused_serves_best(
    reader: ConceptReader, phrases: PhraseIndex
) -> None:
    assert best(reader, phrases, "爽肤水", ("酒精",)) == "爽肤水 无酒精"


def test_the_last_goods_named_are_wanted(reader: ConceptReader) -> None:
    heads = [c.said for c in reader.read("上衣口袋放得下的手机") if c.head]
    assert heads == ["手机"]


def test_small_talk_is_no_concept(reader: ConceptReader) -> None:
    assert [c.said for c in reader.read("我想买汗衫吧")] == ["汗衫"]


def test_goods_that_are_only_mentioned_say_less(phrases: PhraseIndex) -> None:
    strength = dict(zip(*(part.tolist() for part in phrases.find("手机", True)), strict=True))
    assert strength[3] == strength[7] == 1.0
    assert 0 < strength[2] < 0.5  # a case


def test_a_phrase_that_no_product_has_is_nowhere(phrases: PhraseIndex) -> None:
    assert len(phrases.find("钢琴", True)[0]) == len(phrases.find("", False)[0]) == 0


def test_an_ending_counts_of_the_whole_phrase_only(phrases: PhraseIndex) -> None:
    rows, strengths = phrases.find("短袖t恤", True)
    assert (rows.tolist(), strengths.tolist()) == ([0], [1.0])


def test_scores_are_shares(reader: ConceptReader, phrases: PhraseIndex) -> None:
    scores, head = concept_scores(reader.read("纯棉汗衫 失眠"), phrases)
    assert scores.min() >= 0 and scores.max() <= 1
    assert head.max() == 1.0


def test_nothing_said_serves_nothing(phrases: PhraseIndex) -> None:
    scores, head = concept_scores((), phrases)
    assert not scores.any() and not head.any()


def test_the_expansion_is_what_was_not_said(reader: ConceptReader) -> None:
    tokens = expansion(reader.read("汗衫"))
    assert "t" not in tokens and "汗衫" not in tokens
    assert expansion((Concept("x", ()),)) == {}


def test_words_are_heard_only_where_the_catalogue_lacks_what_was_typed(
    reader: ConceptReader,
) -> None:
    assert "喷雾" in [c.said for c in reader.read("喷雾")]
    assert not [c for c in reader.read("喷雾") if c.said != "喷雾"]
