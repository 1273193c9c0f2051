from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.extractor import MASKED
from bot.ngrams import NgramFeaturizer, Ngrams, Sentence, sentence
from bot.tokenizer import ShopTokenizer
from tests.unit.bot.graph import create, message

TEXTS = ("好 的", "好 不 好", "快递 的 单号", "手机 的 壳")


def read(text: str, masked: str | None = None) -> Sentence:
    return sentence(text.split(), masked or text)


def fitted(*texts: str) -> Ngrams:
    ngrams = Ngrams()
    ngrams.fit([read(text) for text in texts or TEXTS])
    return ngrams


def overlap(ngrams: Ngrams, one: Sentence, other: Sentence) -> float:
    rows = ngrams.rows([one, other]).toarray()
    return float(rows[0] @ rows[1])


def test_a_rare_word_says_more_than_a_common_one() -> None:
    ngrams = fitted()
    both, rare, common = read("快递 的"), read("快递"), read("的")
    assert overlap(ngrams, both, rare) > overlap(ngrams, both, common)


def test_the_end_of_a_sentence_counts() -> None:
    ngrams = fitted("要 黑色 的", "黑色 的 要")
    wish = read("白色 的")
    assert overlap(ngrams, wish, read("要 黑色 的")) > overlap(ngrams, wish, read("黑色 的 要"))


def test_a_typo_sounds_like_the_word() -> None:
    ngrams = fitted("手机", "手套")
    typo = read("手 鸡")
    assert overlap(ngrams, typo, read("手机")) > overlap(ngrams, typo, read("手套"))


def test_without_the_goods_the_same_is_asked_of_each() -> None:
    ngrams = Ngrams()
    phone, cream = read("手机 能 退 吗", "①能退吗"), read("面霜 能 退 吗", "①能退吗")
    other = read("面霜 能 用 吗", "①能用吗")
    ngrams.fit([phone, cream, other])
    assert overlap(ngrams, phone, cream) > overlap(ngrams, phone, other)


def test_what_stands_in_too_few_sentences_is_not_learnt() -> None:
    ngrams = Ngrams(at_least=2)
    ngrams.fit([read("好 的"), read("好 吧")])
    rows = ngrams.rows([read("好 的"), read("的")]).toarray()
    assert rows[0].any()
    # All that is left of 的 is that it begins and ends a sentence.
    assert np.count_nonzero(rows[1]) < np.count_nonzero(rows[0])


def test_what_was_learnt_survives_as_json() -> None:
    ngrams = fitted()
    again = Ngrams.from_json(ngrams.to_json())
    rows = [one.rows([read(TEXTS[2])]).toarray() for one in (again, ngrams)]
    np.testing.assert_allclose(*rows)


def _sentence(tmp_path: Path, text: str) -> Message:
    done: Message = create(ShopTokenizer, tmp_path).process([message(text)])[0]
    done.set(MASKED, text)
    return done


def _row(featurizer: NgramFeaturizer, spoken: Message) -> np.ndarray:
    featurizer.process([spoken])
    return spoken.get_sparse_features(TEXT)[1].features.toarray()


def test_a_trained_component_is_loaded_and_takes_numbers_for_one_another(tmp_path: Path) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("ngrams")
    context = ExecutionContext(GraphSchema({}), node_name="ngrams")
    config = {**NgramFeaturizer.get_default_config(), "weight": 2.0}
    trained = NgramFeaturizer.create(config, storage, resource, context)
    examples = [_sentence(tmp_path, text) for text in ("存储 128", "内存 16", "黑色的")]
    trained.train(TrainingData(examples))
    loaded = NgramFeaturizer.load(config, storage, resource, context)
    one, other = (_row(loaded, _sentence(tmp_path, t)) for t in ("存储 128", "存储 256"))
    np.testing.assert_allclose(one, other)
    assert np.linalg.norm(one) == pytest.approx(2 * np.sqrt(5))


def test_one_order_is_like_another() -> None:
    assert read("撤销 DG100020") == read("撤销 SF100031") == read("撤销 12345678")
    assert read("撤销 TNK31J7EFH635") == read("撤销 T-DG100010-1") != read("撤销 DG100020")
    assert read("K380s 键盘") != read("K580s 键盘")


def test_only_what_was_learnt_is_familiar() -> None:
    ngrams = fitted("手机 怎么样", "hello", "好")
    known = [read(text) for text in ("手机 壳", "怎么 办", "手 鸡", "hello", "好")]
    assert all(map(ngrams.familiar, known))
    assert not any(ngrams.familiar(read(text)) for text in ("嘟嘟 嘟", "hellooo", "机", "很 好"))
