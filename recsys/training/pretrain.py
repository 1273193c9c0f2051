"""Masked-language-model pre-training of the small BERT on shop text.

    daogou train encoder --stage pretrain            # two CPU cores: about an hour
    python -m recsys.training.pretrain --out runs/mlm --minutes 60

Whole words (jieba) are masked together (Cui et al. 2019, "Pre-Training with Whole Word Masking for Chinese BERT").
The vocabulary head is computed at masked positions only.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np
import torch
import torch.nn.functional as F
from transformers import BertConfig, BertForMaskedLM, BertTokenizerFast

from recsys.training.corpus import pretraining_rows
from recsys.training.loop import LoopConfig, train
from recsys.training.vocabulary import load_tokenizer, train_tokenizer


@dataclass(frozen=True)
class PretrainConfig:
    vocab: int = 8192
    layers: int = 4
    hidden: int = 256
    heads: int = 4
    longest: int = 96
    tokens_a_batch: int = 6144
    mask_share: float = 0.2


@dataclass(frozen=True)
class Rows:
    """Token ids and, for each token, the number of the word it belongs to."""

    ids: list[np.ndarray]
    words: list[np.ndarray]


def encode(rows: list[str], tokenizer: BertTokenizerFast, longest: int) -> Rows:
    jieba.setLogLevel(60)
    ids, words = [], []
    for row in rows:
        pieces = list(jieba.cut(row))
        encoded = tokenizer(pieces, is_split_into_words=True, truncation=True, max_length=longest)
        word_of = [-1 if w is None else w for w in encoded.word_ids()]
        ids.append(np.asarray(encoded["input_ids"], dtype=np.int16))
        words.append(np.asarray(word_of, dtype=np.int16))
    return Rows(ids, words)


def batcher(
    rows: Rows, config: PretrainConfig, vocab: int, mask_id: int, seed: int
) -> Callable[[int], tuple[torch.Tensor, ...]]:
    """Batches of about equal token count: rows of like length together, order shuffled by epoch."""
    lengths = np.array([len(r) for r in rows.ids])
    order = np.lexsort((np.random.default_rng(seed).random(len(lengths)), lengths))
    groups: list[list[int]] = [[]]
    for index in order:
        if (len(groups[-1]) + 1) * lengths[index] > config.tokens_a_batch:
            groups.append([])
        groups[-1].append(int(index))

    def batch(step: int) -> tuple[torch.Tensor, ...]:
        epoch, place = divmod(step, len(groups))
        chosen = groups[np.random.default_rng(seed + epoch).permutation(len(groups))[place]]
        rng = random.Random(seed * 1_000_003 + step)
        width = max(lengths[i] for i in chosen)
        ids = torch.zeros(len(chosen), width, dtype=torch.long)
        masked = torch.zeros(len(chosen), width, dtype=torch.bool)
        for row, index in enumerate(chosen):
            ids[row, : lengths[index]] = torch.from_numpy(rows.ids[index].astype(np.int64))
            masked[row, : lengths[index]] = torch.from_numpy(
                _mask(rows.words[index], config.mask_share, rng)
            )
        targets, noisy = ids[masked], ids.clone()
        kind = torch.tensor([rng.random() for _ in range(len(targets))])
        replaced = torch.where(kind < 0.8, torch.full_like(targets, mask_id), targets)
        other = torch.tensor([rng.randrange(5, vocab) for _ in range(len(targets))])
        noisy[masked] = torch.where(kind > 0.9, other, replaced) if len(targets) else replaced
        return noisy, ids != 0, masked, targets

    return batch


def _mask(words: np.ndarray, share: float, rng: random.Random) -> np.ndarray:
    count = int(words.max()) + 1 if len(words) else 0
    chosen = rng.sample(range(count), max(1, round(count * share))) if count else []
    mask: np.ndarray = np.isin(words, chosen)
    return mask


def mlm_loss(model: torch.nn.Module, batch: tuple[torch.Tensor, ...]) -> torch.Tensor:
    noisy, attention, masked, targets = batch
    hidden = model.bert(input_ids=noisy, attention_mask=attention.long()).last_hidden_state  # type: ignore[operator, union-attr]
    return F.cross_entropy(model.cls(hidden[masked]).float(), targets)  # type: ignore[operator]


def new_model(config: PretrainConfig, vocab: int) -> BertForMaskedLM:
    """Dropout is off: the run sees each row two or three times only."""
    return BertForMaskedLM(
        BertConfig(
            vocab_size=vocab, hidden_size=config.hidden, num_hidden_layers=config.layers,
            num_attention_heads=config.heads, intermediate_size=4 * config.hidden, max_position_embeddings=256,
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager",
        )
    )  # fmt: skip


def run(
    data: Path,
    catalog: Path,
    out: Path,
    loop: LoopConfig,
    config: PretrainConfig = PretrainConfig(),
) -> Path:
    """Pre-train and write a Hugging Face folder to `out/model`; returns that folder."""
    torch.manual_seed(loop.seed)
    rows = pretraining_rows(data, catalog, config.longest)
    out.mkdir(parents=True, exist_ok=True)
    folder = out / "model"
    if not (folder / "tokenizer.json").exists():
        train_tokenizer(rows, config.vocab).save_pretrained(str(folder))
    tokenizer = load_tokenizer(folder)
    encoded = encode(rows, tokenizer, config.longest)
    model = new_model(config, len(tokenizer))
    train(
        model,
        batcher(encoded, config, len(tokenizer), tokenizer.mask_token_id, loop.seed),
        mlm_loss,
        loop,
        out,
    )
    model.save_pretrained(str(folder))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--out", type=Path, default=Path("runs/mlm"))
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    loop = LoopConfig(steps=args.steps, lr=args.lr, threads=args.threads, minutes=args.minutes)
    print(run(args.data, args.catalog, args.out, loop))


if __name__ == "__main__":
    main()
