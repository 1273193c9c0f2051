from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.ngrams import NgramFeaturizer, Ngrams
from bot.tokenizer import ShopTokenizer
from tests.unit.bot.graph import create, message

SENTENCES = ("好 的", "好 不 好", "快递 的 单号", "手机 的 壳")


def overlap(ngrams: Ngrams, one: str, other: str) -> float:
    return float((ngrams.row(one) @ ngrams.row(other).T).toarray()[0, 0])


def fitted() -> Ngrams:
    ngrams = Ngrams()
    ngrams.fit(SENTENCES)
    return ngrams


def test_a_rare_word_says_more_than_a_common_one() -> None:
    ngrams = fitted()
    assert overlap(ngrams, "快递 的", "快递") > overlap(ngrams, "快递 的", "的")


def test_the_end_of_a_sentence_counts() -> None:
    ngrams = Ngrams()
    ngrams.fit(["要 黑色 的", "黑色 的 要"])
    assert overlap(ngrams, "白色 的", "要 黑色 的") > overlap(ngrams, "白色 的", "黑色 的 要")


def test_what_was_learnt_survives_as_json() -> None:
    ngrams = fitted()
    again = Ngrams.from_json(ngrams.to_json())
    assert np.allclose(again.row(SENTENCES[2]).toarray(), ngrams.row(SENTENCES[2]).toarray())


def _sentence(tmp_path: Path, text: str) -> Message:
    return create(ShopTokenizer, tmp_path).process([message(text)])[0]


def _row(featurizer: NgramFeaturizer, sentence: Message) -> np.ndarray:
    featurizer.process([sentence])
    return sentence.get_sparse_features(TEXT)[1].features.toarray()


def test_a_trained_component_is_loaded_and_takes_numbers_for_one_another(tmp_path: Path) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("ngrams")
    context = ExecutionContext(GraphSchema({}), node_name="ngrams")
    config = {**NgramFeaturizer.get_default_config(), "weight": 2.0}
    trained = NgramFeaturizer.create(config, storage, resource, context)
    examples = [_sentence(tmp_path, text) for text in ("存储 128", "内存 16", "黑色的")]
    trained.train(TrainingData(examples))
    loaded = NgramFeaturizer.load(config, storage, resource, context)
    one, other = (_row(loaded, _sentence(tmp_path, t)) for t in ("存储 128", "存储 256"))
    assert np.allclose(one, other) and one.any()
    assert np.linalg.norm(one) == pytest.approx(2 * np.sqrt(3))
