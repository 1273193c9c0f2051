"""Contrastive fine-tuning of the bi-encoder: InfoNCE with in-batch and mined hard negatives.

    daogou train encoder --stage contrastive
    python -m recsys.training.bi_encoder --start runs/mlm/model --out runs/bi --minutes 20

Documents in the batch that fit a query are masked out of its negatives. Half of each batch comes from one source, so
that negatives are near misses rather than other kinds of text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from transformers import AutoModel, PreTrainedTokenizerBase

from recsys.encoder.config import EncoderConfig
from recsys.training.catalogue import read_catalogue
from recsys.training.facts import Pair, Text
from recsys.training.loop import LoopConfig, train
from recsys.training.pairs import all_pairs
from recsys.training.vocabulary import load_tokenizer

Negatives = dict[int, list[Text]]


@dataclass(frozen=True)
class Batch:
    queries: list[str]
    documents: list[str]
    allowed: (
        torch.Tensor
    )  # (queries, documents): false where a document other than the partner fits


def batcher(
    pairs: Sequence[Pair], negatives: Negatives, size: int, seed: int
) -> Callable[[int], Batch]:
    """Deterministic batches by step; `negatives` maps a pair's place to mined texts."""
    groups: dict[str, list[int]] = {}
    for place, pair in enumerate(pairs):
        key = pair.source
        if pair.source == "catalogue":
            key += next((v for k, v in sorted(pair.document.facts) if k == "category"), "")
        groups.setdefault(key, []).append(place)
    sources = sorted({p.source for p in pairs})
    by_source = {s: [i for i, p in enumerate(pairs) if p.source == s] for s in sources}
    weights = [SOURCE_WEIGHTS.get(s, 1.0) for s in sources]
    near = {s: [g for k, g in sorted(groups.items()) if k.startswith(s)] for s in sources}

    def batch(step: int) -> Batch:
        rng = random.Random(seed * 7_919 + step)
        source = rng.choices(sources, weights)[0]
        chosen: dict[int, None] = {}
        for group in rng.sample(near[source], min(len(near[source]), 6)):
            chosen.update(dict.fromkeys(rng.sample(group, min(len(group), size // 8))))
        while len(chosen) < min(size, len(pairs)):
            chosen.setdefault(rng.choice(by_source[rng.choices(sources, weights)[0]]))
        rows = [pairs[i] for i in list(chosen)[:size]]
        texts = [p.document for p in rows]
        for place in list(chosen)[:size]:
            mined = negatives.get(place)
            texts += [rng.choice(mined)] if mined else []
        return Batch([p.query for p in rows], [t.text for t in texts], _allowed(rows, texts))

    return batch


SOURCE_WEIGHTS = {
    "catalogue": 4.0,
    "need": 2.0,
    "knowledge": 5.0,
    "title": 2.0,
    "tagged": 2.0,
    "phone": 1.0,
    "question": 0.7,
    "query": 0.5,
}


def _allowed(rows: Sequence[Pair], texts: Sequence[Text]) -> torch.Tensor:
    allowed = torch.ones(len(rows), len(texts), dtype=torch.bool)
    for i, pair in enumerate(rows):
        for j, text in enumerate(texts):
            if i != j and pair.fits(text):
                allowed[i, j] = False
    return allowed


class BiEncoder(torch.nn.Module):
    """Any BERT with pooling; `forward` gives unit vectors, shape (texts, hidden)."""

    def __init__(self, folder: str, config: EncoderConfig) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(folder).float()  # shipped weights are halves
        self.config = config

    def forward(self, encoded: dict[str, torch.Tensor]) -> torch.Tensor:
        hidden = self.bert(**encoded).last_hidden_state
        if self.config.pooling == "cls":
            pooled = hidden[:, 0]
        else:
            mask = encoded["attention_mask"].unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
        return F.normalize(pooled.float(), dim=-1)


def tokenise(
    tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], length: int
) -> dict[str, torch.Tensor]:
    encoded = tokenizer(
        list(texts), padding=True, truncation=True, max_length=length, return_tensors="pt"
    )
    return dict(encoded)


def contrastive_loss(
    tokenizer: PreTrainedTokenizerBase, config: EncoderConfig
) -> Callable[[torch.nn.Module, Batch], torch.Tensor]:
    """InfoNCE from queries to documents plus, over partners only, from documents to queries."""

    def loss(model: torch.nn.Module, batch: Batch) -> torch.Tensor:
        q = model(
            tokenise(
                tokenizer, [config.query_prefix + t for t in batch.queries], config.query_length
            )
        )
        d = model(
            tokenise(
                tokenizer,
                [config.document_prefix + t for t in batch.documents],
                config.document_length,
            )
        )
        logits = (q @ d.T / config.temperature).masked_fill(~batch.allowed, -1e4)
        target, back = torch.arange(len(q)), logits[:, : len(q)].T
        return F.cross_entropy(logits, target) + 0.3 * F.cross_entropy(back, target)

    return loss


@torch.no_grad()
def encode(
    model: BiEncoder,
    tokenizer: PreTrainedTokenizerBase,
    texts: Sequence[str],
    length: int,
    size: int = 64,
) -> np.ndarray:
    """Vectors in the order of `texts`; texts of like length share a batch."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out: list[np.ndarray | None] = [None] * len(texts)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = model(tokenise(tokenizer, [texts[i] for i in chosen], length)).float().numpy()
        for index, vector in zip(chosen, vectors, strict=True):
            out[index] = vector
    model.train()
    return np.stack([v for v in out if v is not None])


def mine(
    model: BiEncoder,
    tokenizer: PreTrainedTokenizerBase,
    pairs: Sequence[Pair],
    config: EncoderConfig,
    ranks: tuple[int, int] = (5, 60),
    kept: int = 4,
    below: float = 0.95,
) -> Negatives:
    """Hard negatives: documents ranked 5-60 that do not fit and score at most 95 % of the partner (de Souza P. Moreira
    et al. 2024, "NV-Retriever")."""  # fmt: skip
    texts = list({p.document.text: p.document for p in pairs if p.source != "query"}.values())
    places = [i for i, p in enumerate(pairs) if p.source != "query"]
    documents = encode(model, tokenizer, [t.text for t in texts], config.document_length)
    row_of = {t.text: row for row, t in enumerate(texts)}
    negatives: Negatives = {}
    for start in range(0, len(places), 512):
        chosen = places[start : start + 512]
        scores = (
            encode(model, tokenizer, [pairs[i].query for i in chosen], config.query_length)
            @ documents.T
        )
        deepest = min(ranks[1], len(texts) - 1)
        best = np.argpartition(-scores, deepest, axis=1)[:, :deepest]
        for place, row, columns in zip(chosen, scores, best, strict=True):
            limit = below * row[row_of[pairs[place].document.text]]
            ordered = columns[np.argsort(-row[columns])][ranks[0] :]
            fresh = [
                texts[c] for c in ordered if row[c] <= limit and not pairs[place].fits(texts[c])
            ]
            negatives[place] = fresh[:kept]
    return negatives


def run(
    start: str,
    out: Path,
    pairs: Sequence[Pair],
    loop: LoopConfig,
    config: EncoderConfig,
    size: int = 96,
) -> Path:
    """Two rounds: in-batch negatives for a third of the time, then mined ones. Returns the model folder."""
    tokenizer = load_tokenizer(Path(start)) if Path(start).exists() else None
    if tokenizer is None:
        from transformers import AutoTokenizer

        tokenizer = AutoTokenizer.from_pretrained(start)
    torch.manual_seed(loop.seed)
    model = BiEncoder(start, config)
    loss = contrastive_loss(tokenizer, config)
    first, second = _split(loop, 0.35)
    train(model, batcher(pairs, {}, size, loop.seed), loss, first, out / "round1")
    negatives = mine(model, tokenizer, pairs, config)
    train(
        model, batcher(pairs, negatives, size * 2 // 3, loop.seed + 1), loss, second, out / "round2"
    )
    folder = out / "model"
    model.bert.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    config.save(folder)
    return folder


def _split(loop: LoopConfig, share: float) -> tuple[LoopConfig, LoopConfig]:
    def part(fraction: float, lr: float) -> LoopConfig:
        return LoopConfig(
            steps=max(1, int(loop.steps * fraction)), lr=lr, warmup=50, seed=loop.seed, threads=loop.threads,
            minutes=loop.minutes * fraction, save_every=loop.save_every,
        )  # fmt: skip

    return part(share, loop.lr), part(1 - share, loop.lr * 0.6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--start", default="runs/mlm/model", help="folder or name of any BERT checkpoint"
    )
    parser.add_argument("--out", type=Path, default=Path("runs/bi"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--knowledge", type=Path, default=Path("data/knowledge"))
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--lr", type=float, default=4e-4)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    documents, categories = read_catalogue(args.catalog)
    pairs = all_pairs(args.data, documents, categories, args.knowledge)
    loop = LoopConfig(steps=args.steps, lr=args.lr, threads=args.threads, minutes=args.minutes)
    print(run(args.start, args.out, pairs, loop, EncoderConfig()))


if __name__ == "__main__":
    main()
