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
    np.testing.assert_allclose(encoder.encode("手机").sentence(), unit(3.5, 1), rtol=1e-6)


def test_a_span_is_the_mean_of_the_pieces_it_covers(encoder):
    np.testing.assert_allclose(encoder.encode("手机好").span(0, 2), unit(4.5, 1), rtol=1e-6)
    np.testing.assert_allclose(encoder.encode("好 iPhone15").span(2, 10), unit(7.5, 1), rtol=1e-6)


def test_offsets_are_those_of_the_text_as_typed(encoder):
    assert encoder.encode("  手機好").offsets == ((0, 0), (2, 3), (3, 4), (4, 5), (0, 0))


def test_a_span_without_pieces_is_the_sentence(encoder):
    encoded = encoder.encode("手 机")
    np.testing.assert_array_equal(encoded.span(1, 2), encoded.sentence())


def test_a_long_text_is_cut():
    assert len(Encoder(ENCODER, length=8).encode("手机" * 500).vectors) == 8


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(EncoderMissing, match=r"model\.int8\.onnx"):
        Encoder(tmp_path)


def test_features_have_a_row_a_token_and_one_a_sentence(tmp_path):
    tokenizer = create(ShopTokenizer, tmp_path / "a")
    featurizer = create(BertFeaturizer, tmp_path / "b", model_dir=str(ENCODER), scale=2.0)
    (done,) = featurizer.process(tokenizer.process([message("好 手机")]))
    sequence, sentence = done.get_dense_features(TEXT)
    assert sequence.features.shape == (2, 2) and sentence.features.shape == (1, 2)
    np.testing.assert_allclose(sequence.features[1], 2 * unit(4.5, 1), rtol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(sentence.features), 2.0, rtol=1e-6)


def test_the_fingerprint_follows_the_weights(tmp_path):
    before = BertFeaturizer.fingerprint_addon({"model_dir": str(ENCODER)})
    assert before is not None
    graph = tmp_path / "onnx" / "model.int8.onnx"
    graph.parent.mkdir()
    graph.write_bytes(b"other")
    assert BertFeaturizer.fingerprint_addon({"model_dir": str(tmp_path)}) != before


def test_chatter_is_not_in_the_vectors(tmp_path):
    tokenizer = create(ShopTokenizer, tmp_path / "a")
    featurizer = create(BertFeaturizer, tmp_path / "b", model_dir=str(ENCODER))
    told, plain = featurizer.process(tokenizer.process([message("请问 手机好"), message("手机好")]))
    for with_chatter, without in zip(
        told.get_dense_features(TEXT), plain.get_dense_features(TEXT), strict=True
    ):
        np.testing.assert_array_equal(with_chatter.features, without.features)
