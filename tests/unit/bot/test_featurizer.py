import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT

from bot.encoder import Encoder, EncoderMissing
from bot.featurizer import BertFeaturizer
from bot.tokenizer import ShopTokenizer
from tests.unit.bot.graph import ENCODER, create, message


def unit(*vector):
    return np.asarray(vector) / np.linalg.norm(vector)


@pytest.fixture(scope="module")
def encoder():
    return Encoder(ENCODER)


def test_a_sentence_is_the_mean_of_its_pieces(encoder):
    # [CLS] 手 机 [SEP] have the ids 2 4 5 3
    np.testing.assert_allclose(encoder.sentence("手机"), unit(3.5, 1), rtol=1e-6)


def test_traditional_characters_and_blanks_change_nothing(encoder):
    np.testing.assert_array_equal(encoder.sentence("  手機"), encoder.sentence("手机"))


def test_a_long_text_is_cut():
    cut = Encoder(ENCODER, length=8)
    np.testing.assert_array_equal(cut.sentence("手机" * 500), cut.sentence("手机" * 3))


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(EncoderMissing, match=r"model\.int8\.onnx"):
        Encoder(tmp_path)


def features(tmp_path, *texts):
    tokenizer = create(ShopTokenizer, tmp_path / "a")
    featurizer = create(BertFeaturizer, tmp_path / "b", model_dir=str(ENCODER), scale=2.0)
    done = featurizer.process(tokenizer.process([message(text) for text in texts]))
    return [one.get_dense_features(TEXT) for one in done]


def test_a_sentence_has_one_scaled_row(tmp_path):
    ((sequence, sentence),) = features(tmp_path, "好 手机")
    assert sequence is None and sentence.features.shape == (1, 2)
    np.testing.assert_allclose(np.linalg.norm(sentence.features), 2.0, rtol=1e-6)


def test_chatter_is_not_in_the_vector(tmp_path):
    (_, told), (_, plain) = features(tmp_path, "请问 手机好", "手机好")
    np.testing.assert_array_equal(told.features, plain.features)


def test_the_fingerprint_follows_the_weights(tmp_path):
    before = BertFeaturizer.fingerprint_addon({"model_dir": str(ENCODER)})
    assert before is not None
    graph = tmp_path / "onnx" / "model.int8.onnx"
    graph.parent.mkdir()
    graph.write_bytes(b"other")
    assert BertFeaturizer.fingerprint_addon({"model_dir": str(tmp_path)}) != before
