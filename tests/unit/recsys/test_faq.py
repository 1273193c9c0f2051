"""Finding the entry of the FAQ that a sentence asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys.faq.collection import FEATURES, FaqCollection
from recsys.faq.entry import BadEntry, FaqEntry
from recsys.faq.matcher import FaqResult, match
from recsys.faq.model import BadFaqModel, FaqModel
from recsys.faq.tfidf import TfIdf
from recsys.faq.words import Concepts
from recsys.index import store
from recsys.index.store import Index
from tests.unit.recsys.conftest import FAQ, FAQ_MODEL, KNOWLEDGE, HashedEncoder

CONCEPTS = Concepts(KNOWLEDGE.service)


def collection(*entries: FaqEntry) -> FaqCollection:
    return store.build([], [], KNOWLEDGE, HashedEncoder(), entries).faq


def ask(text: str, faq: FaqCollection | None = None) -> FaqResult:
    faq = faq or collection(*FAQ)
    return match(FAQ_MODEL, faq, text, HashedEncoder().queries([CONCEPTS.plain(text)])[0])


@pytest.mark.parametrize("entry", FAQ, ids=lambda entry: str(entry.topic))
def test_every_way_of_asking_finds_its_own_entry(entry: FaqEntry) -> None:
    for way in entry.ways:
        assert ask(way).matches[0].topic == entry.topic


def test_another_word_for_the_same_concept_is_as_good() -> None:
    assert ask("要付快递费吗") == ask("要付运费吗")
    assert ask("要付快递费吗").confident


@pytest.mark.parametrize("text", ["退货", "退货呀？", " 退货。"])
def test_the_shops_own_keyword_is_its_entry_beyond_doubt(text: str) -> None:
    found = ask(text)
    assert found.confident and found.matches[0].topic == "return"


def test_a_keyword_of_two_entries_decides_nothing() -> None:
    both = [replace(entry, keywords=("几天",)) for entry in FAQ[:2]]
    assert collection(*both).said_by("几天") is None


def test_what_has_nothing_in_common_is_not_answered() -> None:
    found = ask("月亮为什么是圆的")
    assert not found.confident
    assert sum(m.probability for m in found.matches) < 0.5


def test_two_entries_that_are_asked_alike_share_the_probability() -> None:
    twin = replace(FAQ[0], topic="twin")
    alone = ask("运费多少钱").matches[0].probability
    first, second = ask("运费多少钱", collection(*FAQ, twin)).matches[:2]
    assert {first.topic, second.topic} == {"freight", "twin"}
    assert first.probability == pytest.approx(second.probability, abs=0.02)
    assert first.probability < alone


@pytest.fixture(scope="module")
def shop() -> FaqCollection:
    return collection(*FAQ)


@given(text=st.text(max_size=40))
@settings(deadline=None)
def test_any_text_has_probabilities(shop: FaqCollection, text: str) -> None:
    vector = HashedEncoder().queries([text])[0]
    features = shop.features(text, vector)
    assert features.shape == (len(FAQ), len(FEATURES))
    assert features.min() >= -1e-5
    assert features.max() <= 1 + 1e-5
    chances = FAQ_MODEL.probabilities(features, shop.none_features(text))
    assert chances.min() >= 0
    assert chances.sum() <= 1 + 1e-9


def test_a_shop_without_terms_answers_nothing() -> None:
    assert ask("运费多少", collection()) == FaqResult((), confident=False)


def test_the_longest_word_is_the_one_that_is_meant() -> None:
    concepts = Concepts({"退货": ["退"], "退款": ["退钱"]})
    assert concepts.of("退钱") == ["退款"]
    assert concepts.plain("能退钱吗，能退吗") == "能退款吗,能退货吗"
    assert Concepts({}).of("退钱") == []


def test_tfidf_by_hand() -> None:
    index = TfIdf([["a", "b"], ["a", "c"]])
    np.testing.assert_allclose(index.cosines(["a", "b"]), [1.0, index.cosines(["a", "b"])[1]], 1e-5)
    # idf: a log(3/3)+1 = 1, b and c log(3/2)+1, unknown log(3)+1
    b, unknown = np.log(1.5) + 1, np.log(3) + 1
    np.testing.assert_allclose(index.covered(["a", "b"]), [1.0, 1 / (1 + b)], 1e-5)
    assert index.unknown(["a", "z"]) == pytest.approx(unknown / (1 + unknown))
    assert index.unknown([]) == 0.0


def test_entries_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(BadEntry, match="title"):
        FaqEntry.from_json({"topic": "x", "text": "y"})
    with pytest.raises(BadEntry, match="empty"):
        FaqEntry.from_json({"topic": "", "title": "t", "text": "y"})


def test_the_model_is_saved_and_loaded(tmp_path: Path) -> None:
    FAQ_MODEL.save(tmp_path, {"learned_on": "nothing"})
    assert FaqModel.load(tmp_path) == FAQ_MODEL
    path = tmp_path / "faq" / "model.json"
    path.write_text(path.read_text().replace('"told"', '"sold"'))
    with pytest.raises(BadFaqModel, match="told"):
        FaqModel.load(tmp_path)


def test_the_faq_travels_with_the_index(tmp_path: Path) -> None:
    index = store.build([], [], KNOWLEDGE, HashedEncoder(), FAQ)
    store.write(index, tmp_path, "enc1")
    again = store.load(tmp_path, "enc1")
    assert again.faq.entries == tuple(FAQ)
    assert ask("快递费多少", again.faq) == ask("快递费多少")


def test_updates_of_products_keep_the_faq(index: Index) -> None:
    with_faq = replace(index, faq=collection(*FAQ))
    assert store.rebuild(with_faq, [], HashedEncoder()).faq is with_faq.faq
