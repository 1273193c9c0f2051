"""Training of the cross-encoder ranker, listwise on negatives from the current bi-encoder.

    daogou train ranker
    python -m recsys.training.cross_encoder --start runs/mlm/model --bi runs/bi/model --out runs/cross --minutes 20

Each list is one fitting document and near misses; the target is the graded share of facts that hold, so that "same brand,
wrong category" stands above "nothing fits". Loss: ListNet top-one cross-entropy (Cao et al. 2007).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from transformers import AutoModelForSequenceClassification, PreTrainedTokenizerBase

from recsys.encoder.config import EncoderConfig
from recsys.training.bi_encoder import SOURCE_WEIGHTS, BiEncoder, Negatives, mine
from recsys.training.catalogue import read_catalogue
from recsys.training.facts import Pair, Text
from recsys.training.loop import LoopConfig, train
from recsys.training.pairs import all_pairs
from recsys.training.vocabulary import load_tokenizer

SOURCES = ("catalogue", "need", "title", "tagged", "phone")
SHARPNESS = 6.0


@dataclass(frozen=True)
class ListBatch:
    queries: list[str]
    documents: list[str]
    targets: torch.Tensor  # (lists, documents a list): graded relevance


def batcher(
    pairs: Sequence[Pair], negatives: Negatives, lists: int, length: int, seed: int
) -> Callable[[int], ListBatch]:
    """Lists of one fitting document, mined near misses and one random document."""
    usable = [i for i in sorted(negatives) if pairs[i].source in SOURCES and negatives[i]]
    by_source = {s: [i for i in usable if pairs[i].source == s] for s in SOURCES}
    by_source = {s: rows for s, rows in by_source.items() if rows}
    weights = [SOURCE_WEIGHTS[s] for s in by_source]

    def batch(step: int) -> ListBatch:
        rng = random.Random(seed * 104_729 + step)
        queries: list[str] = []
        documents: list[str] = []
        targets: list[list[float]] = []
        for source in rng.choices(list(by_source), weights, k=lists):
            place = rng.choice(by_source[source])
            pair, near = pairs[place], negatives[place]
            chosen: list[Text] = [pair.document, *rng.sample(near, min(len(near), length - 2))]
            while len(chosen) < length:
                chosen.append(pairs[rng.choice(by_source[source])].document)
            queries += [pair.query] * length
            documents += [t.text for t in chosen]
            targets.append([pair.share(t) for t in chosen])
        return ListBatch(queries, documents, torch.tensor(targets))

    return batch


def listwise_loss(
    tokenizer: PreTrainedTokenizerBase, length: int
) -> Callable[[torch.nn.Module, ListBatch], torch.Tensor]:
    def loss(model: torch.nn.Module, batch: ListBatch) -> torch.Tensor:
        encoded = tokenizer(
            batch.queries,
            batch.documents,
            padding=True,
            truncation="longest_first",
            max_length=length,
            return_tensors="pt",
        )
        logits = model(**encoded).logits.float().view(batch.targets.shape)
        target = F.softmax(batch.targets * SHARPNESS, dim=-1)
        return F.cross_entropy(logits, target)

    return loss


def run(
    start: str,
    bi: Path,
    out: Path,
    pairs: Sequence[Pair],
    loop: LoopConfig,
    lists: int = 16,
    each: int = 6,
    length: int = 64,
) -> Path:
    """Mine with the bi-encoder in `bi`, train from the checkpoint `start`; returns the model folder."""
    tokenizer = load_tokenizer(Path(start))
    config = EncoderConfig.load(bi)
    negatives = mine(
        BiEncoder(str(bi), config), tokenizer, pairs, config, ranks=(0, 60), kept=8, below=1.0
    )
    torch.manual_seed(loop.seed)
    model = AutoModelForSequenceClassification.from_pretrained(start, num_labels=1)
    train(
        model,
        batcher(pairs, negatives, lists, each, loop.seed),
        listwise_loss(tokenizer, length),
        loop,
        out,
    )
    folder = out / "model"
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", default="runs/bi/model")
    parser.add_argument("--bi", type=Path, default=Path("runs/bi/model"))
    parser.add_argument("--out", type=Path, default=Path("runs/cross"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--catalog", type=Path, default=Path("data/catalog"))
    parser.add_argument("--knowledge", type=Path, default=Path("data/knowledge"))
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    documents, categories = read_catalogue(args.catalog)
    pairs = all_pairs(args.data, documents, categories, args.knowledge)
    loop = LoopConfig(steps=args.steps, lr=args.lr, threads=args.threads, minutes=args.minutes)
    print(run(args.start, args.bi, args.out, pairs, loop))


if __name__ == "__main__":
    main()
