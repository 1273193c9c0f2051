"""Each stage learns, resumes, and what is exported serves the same vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from recsys.encoder.config import BadEncoder, EncoderConfig
from recsys.encoder.onnx import OnnxCrossEncoder, OnnxEncoder
from recsys.training import bi_encoder, cross_encoder, pretrain
from recsys.training.export import export
from recsys.training.facts import Pair
from recsys.training.loop import LoopConfig, train
from recsys.training.vocabulary import load_tokenizer
from tests.training.conftest import TINY

FEW = LoopConfig(steps=4, lr=1e-3, warmup=1, threads=1)


def test_masked_language_modelling_lowers_its_loss(
    tiny: Path, pairs: list[Pair], tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(tiny)
    rows = pretrain.encode([p.document.text for p in pairs[:200]], tokenizer, TINY.longest)
    batch = pretrain.batcher(rows, TINY, len(tokenizer), tokenizer.mask_token_id, seed=1)
    torch.manual_seed(0)
    model = pretrain.new_model(TINY, len(tokenizer))
    before = float(pretrain.mlm_loss(model, batch(0)))
    train(
        model,
        batch,
        pretrain.mlm_loss,
        LoopConfig(steps=60, lr=3e-3, warmup=5, threads=1),
        tmp_path,
    )
    assert float(pretrain.mlm_loss(model, batch(0))) < before - 0.5
    assert list((tmp_path / "tensorboard").iterdir())


def test_an_interrupted_run_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    def run(folder: str, *stops: int) -> torch.Tensor:
        for steps in stops:
            torch.manual_seed(3)
            model = torch.nn.Linear(4, 1)
            config = LoopConfig(steps=steps, lr=0.1, warmup=100, threads=1)
            train(
                model,
                lambda step: torch.full((2, 4), float(step)),
                lambda m, b: m(b).pow(2).mean(),
                config,
                tmp_path / folder,
            )
        return model.weight.detach()

    assert torch.equal(run("whole", 6), run("broken", 3, 6))


def test_masks_cover_whole_words_and_targets_fit(tiny: Path) -> None:
    tokenizer = load_tokenizer(tiny)
    rows = pretrain.encode(["小米手机 拍照", "无糖酸奶 低脂"], tokenizer, TINY.longest)
    noisy, attention, masked, targets = pretrain.batcher(
        rows, TINY, len(tokenizer), tokenizer.mask_token_id, 1
    )(0)
    assert masked.sum() == len(targets) > 0
    assert not (masked & ~attention).any()
    assert noisy.shape == attention.shape == masked.shape


def test_a_fitting_document_is_never_a_negative(pairs: list[Pair]) -> None:
    batch = bi_encoder.batcher(pairs, {}, 32, seed=1)(0)
    by_text = {p.document.text: p.document for p in pairs}
    wanted = [
        next(p.wanted for p in pairs if p.query == q and p.document.text == t)
        for q, t in zip(batch.queries, batch.documents, strict=False)
    ]
    for i, facts in enumerate(wanted):
        for j, text in enumerate(batch.documents):
            fits = bool(facts) and facts <= by_text[text].facts
            assert batch.allowed[i, j] == (i == j or not (fits or text == batch.documents[i]))


def test_graded_shares_follow_the_facts(pairs: list[Pair]) -> None:
    pair = next(p for p in pairs if len(p.wanted) > 1)
    assert pair.share(pair.document) == 1.0
    assert pair.share(type(pair.document)("nothing")) == 0.0


@pytest.fixture(scope="session")
def trained(
    tiny: Path, pairs: list[Pair], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Bi-encoder and cross-encoder folders, trained for a few steps from the tiny BERT."""
    out = tmp_path_factory.mktemp("trained")
    config = EncoderConfig(
        pooling="cls", query_prefix="查询：", query_length=24, document_length=48
    )
    bi = bi_encoder.run(str(tiny), out / "bi", pairs, FEW, config, size=16)
    cross = cross_encoder.run(str(bi), bi, out / "cross", pairs, FEW, lists=4, each=4)
    return bi, cross


def test_any_bert_folder_can_be_the_encoder(trained: tuple[Path, Path], tmp_path: Path) -> None:
    bi, _ = trained
    served = OnnxEncoder(export(str(bi), tmp_path / "encoder", int8=False))
    assert served.config == EncoderConfig(
        pooling="cls", query_prefix="查询：", query_length=24, document_length=48
    )
    tokenizer, model = load_tokenizer(bi), bi_encoder.BiEncoder(str(bi), served.config).eval()
    texts = ["小米手机", "给妈妈买的无糖酸奶", "a"]
    with torch.no_grad():
        expected = model(bi_encoder.tokenise(tokenizer, ["查询：" + t for t in texts], 24)).numpy()
    np.testing.assert_allclose(
        served.queries(["小米手机"])[0], expected_one(model, tokenizer), atol=2e-3
    )
    assert served.queries(texts).shape == expected.shape == (3, TINY.hidden)
    np.testing.assert_allclose(np.linalg.norm(served.documents(texts), axis=1), 1.0, atol=1e-5)


def expected_one(model: torch.nn.Module, tokenizer) -> np.ndarray:  # type: ignore[no-untyped-def]
    from recsys.text.normalise import normalise

    with torch.no_grad():
        result: np.ndarray = model(
            bi_encoder.tokenise(tokenizer, [normalise("查询：小米手机")], 24)
        ).numpy()[0]
    return result


def test_a_ranker_is_exported_as_one_score_a_pair(
    trained: tuple[Path, Path], tmp_path: Path
) -> None:
    _, cross = trained
    ranker = OnnxCrossEncoder(export(str(cross), tmp_path / "ranker"))
    scores = ranker.scores("手机", ["小米手机", "酸奶", "手机壳 透明"])
    assert scores.shape == (3,) and np.isfinite(scores).all()
    assert ranker.scores("手机", []).shape == (0,)


def test_an_unexported_folder_says_what_to_run(tiny: Path) -> None:
    with pytest.raises(BadEncoder, match="daogou export"):
        OnnxEncoder(tiny)


def test_a_wrong_encoder_configuration_is_named(tmp_path: Path) -> None:
    (tmp_path / "encoder.json").write_text('{"poling": "cls"}')
    with pytest.raises(BadEncoder, match="poling"):
        EncoderConfig.load(tmp_path)
    (tmp_path / "encoder.json").write_text('{"pooling": "max"}')
    with pytest.raises(BadEncoder, match="pooling"):
        EncoderConfig.load(tmp_path)
