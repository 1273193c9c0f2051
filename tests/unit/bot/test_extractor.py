import json
import os

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.extractor import QueryEntityExtractor
from bot.lexicon import LexiconFile
from tests.unit.bot.graph import create, message

WORDS = {
    "categories": {"手机": "手机", "cellphone": "手机"},
    "groups": {},
    "brands": {"小米": "小米", "华为": "华为"},
    "attributes": [],
    "models": {},
}


@pytest.fixture
def lexicon(tmp_path):
    path = tmp_path / "lexicon.json"
    path.write_text(json.dumps(WORDS), "utf-8")
    return path


@pytest.fixture
def extractor(tmp_path, lexicon):
    return create(QueryEntityExtractor, tmp_path / "storage", lexicon=str(lexicon))


def entities(extractor, text):
    (done,) = extractor.process([message(text)])
    return done.get("entities")


def features(done):
    sparse, _ = done.get_sparse_features(TEXT)[1], None
    return np.asarray(sparse.features.todense())[0]


def test_spans_become_entities(extractor):
    text = "三千以内的 CellPhone 不要小米"
    found = {e["entity"]: e for e in entities(extractor, text)}
    category, brand = found["category"], found["brand"]
    assert category["value"] == "手机" and "role" not in category
    assert text[category["start"] : category["end"]] == "CellPhone"
    assert brand["value"] == "小米" and brand["role"] == "exclude"
    assert found["price"]["value"] == {"price_max": 3000}


def test_the_whole_reading_is_the_last_entity(extractor):
    text = "三千以内的手机不要小米"
    query = entities(extractor, text)[-1]
    assert (query["entity"], query["start"], query["end"]) == ("query", 0, len(text))
    assert query["extractor"] == "QueryEntityExtractor"
    assert query["value"]["constraints"] == {
        "category": "手机",
        "not_brands": ["小米"],
        "price_max": 3000,
    }
    assert json.loads(json.dumps(query["value"])) == query["value"]


def test_a_position_reaches_the_reading(extractor):
    assert entities(extractor, "第二个怎么样")[-1]["value"]["ordinals"] == [2]


def test_kinds_are_features(extractor):
    rows = [features(m) for m in extractor.process([message("手机"), message("三千以内的")])]
    assert rows[0].any() and rows[1].any()
    assert (rows[0] != rows[1]).any()
    nothing = features(extractor.process([message("的")])[0])
    assert not nothing.any()


def test_training_sentences_get_the_same_features_and_no_entities(extractor):
    trained = message("华为手机")
    extractor.process_training_data(TrainingData([trained]))
    asked = extractor.process([message("华为手机")])[0]
    assert (features(trained) == features(asked)).all()
    assert trained.get("entities") is None


def test_a_changed_lexicon_is_read_again(extractor, lexicon):
    assert [e["entity"] for e in entities(extractor, "舵机")] == ["query"]
    lexicon.write_text(json.dumps({**WORDS, "categories": {"舵机": "舵机"}}), "utf-8")
    os.utime(lexicon, ns=(1, 1))
    assert [e["entity"] for e in entities(extractor, "舵机")] == ["category", "query"]


def test_without_a_lexicon_prices_are_still_read(tmp_path):
    bare = create(QueryEntityExtractor, tmp_path, lexicon=str(tmp_path / "absent.json"))
    assert [e["entity"] for e in entities(bare, "三千以内的手机")] == ["price", "query"]


def test_the_fingerprint_follows_the_words(lexicon):
    before = LexiconFile(lexicon).fingerprint()
    lexicon.write_text("{}", "utf-8")
    assert LexiconFile(lexicon).fingerprint() != before
    lexicon.unlink()
    assert LexiconFile(lexicon).fingerprint() == "absent"
