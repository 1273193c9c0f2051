"""A tiny BERT made on the spot: every training stage runs on it in seconds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from recsys.index.document import CategorySchema, Document
from recsys.training.catalogue import read_catalogue
from recsys.training.facts import Pair
from recsys.training.pairs import all_pairs
from recsys.training.pretrain import PretrainConfig, new_model
from recsys.training.vocabulary import train_tokenizer

ROOT = Path(__file__).parents[2]
TINY = PretrainConfig(vocab=1500, layers=1, hidden=32, heads=2, longest=48, tokens_a_batch=512)


@pytest.fixture(scope="session")
def catalogue() -> tuple[list[Document], list[CategorySchema]]:
    documents, categories = read_catalogue(ROOT / "data" / "catalog")
    return random.Random(0).sample(documents, 80), categories


@pytest.fixture(scope="session")
def pairs(catalogue: tuple[list[Document], list[CategorySchema]]) -> list[Pair]:
    return all_pairs(Path("/nowhere"), *catalogue, ROOT / "data" / "knowledge")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory, pairs: list[Pair]) -> Path:
    """A Hugging Face folder as a hub name would give it: config, weights, tokenizer."""
    folder = tmp_path_factory.mktemp("tiny-bert")
    tokenizer = train_tokenizer([p.document.text for p in pairs], TINY.vocab)
    tokenizer.save_pretrained(str(folder))
    new_model(TINY, len(tokenizer)).save_pretrained(str(folder))
    return folder
