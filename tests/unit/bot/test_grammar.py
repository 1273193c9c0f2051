import numpy as np
import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT

from bot.grammar import GrammarFeaturizer, grammar
from bot.tokenizer import ShopTokenizer
from tests.unit.bot.graph import create, message


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory):
    return create(ShopTokenizer, tmp_path_factory.mktemp("storage"))


def flags(tokenizer, text):
    (done,) = tokenizer.process([message(text)])
    return grammar(done.get(TOKENS_NAMES[TEXT]))


@pytest.mark.parametrize("text", ["手机", "钢琴凳子", "家用冰箱", "iphone 手机"])
def test_a_bare_noun_phrase_is_nouns_only(tokenizer, text):
    nouns_only, ends_in_noun, verb, pronoun, *_ = flags(tokenizer, text)
    assert (nouns_only, ends_in_noun, verb, pronoun) == (1, 1, 0, 0)


@pytest.mark.parametrize("text", ["你是谁", "我想买手机", "再见"])
def test_talk_is_not(tokenizer, text):
    assert flags(tokenizer, text)[0] == 0


def test_length_counts_characters_as_seen(tokenizer):
    assert flags(tokenizer, " 手机 ")[-3:].tolist() == [1, 1, 0]
    assert flags(tokenizer, "一二三四五六七八九")[-3:].tolist() == [0, 0, 1]


def test_features_are_weighted(tokenizer, tmp_path):
    featurizer = create(GrammarFeaturizer, tmp_path, weight=3.0)
    (done,) = featurizer.process(tokenizer.process([message("手机")]))
    row = np.asarray(done.get_sparse_features(TEXT)[1].features.todense())[0]
    assert row.tolist() == [3, 3, 0, 0, 0, 0, 0, 3, 3, 0]
