"""Composition of catalogue and search: reads documents from the shop's database and writes an index version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from daogou.settings import Settings
from recsys.encoder.onnx import OnnxEncoder
from recsys.faq.entry import FaqEntry
from recsys.index import store
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge
from shop.storage import Storage

STAMP = "source.json"
CHUNK = 256


class _Shown:
    """An encoder that shows how far it has come."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.queries = encoder.queries
        self._encoder = encoder

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        starts = tqdm(
            range(0, len(texts), CHUNK),
            "encoding products",
            unit_scale=CHUNK,
            delay=1,
            leave=False,
            disable=None,
        )
        return np.concatenate([self._encoder.documents(texts[i : i + CHUNK]) for i in starts])


def encoder_id(folder: Path) -> str:
    """Short hash of everything that decides a vector: model, tokenizer, configuration."""
    digest = hashlib.sha256()
    for path in sorted(
        p for p in folder.rglob("*") if p.suffix in (".onnx", ".json") and p.is_file()
    ):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Shop:
    """What the index is made of, as JSON objects."""

    documents: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    policies: list[dict[str, Any]]


async def read_shop(settings: Settings) -> Shop:
    """Read it from the shop's database."""
    storage = Storage(settings.database_url)
    try:
        async with storage.unit() as unit:
            documents = [document async for document in unit.catalog.documents()]
            categories = [asdict(category) for category in await unit.catalog.categories()]
            policies = [asdict(policy) for policy in await unit.policies.all()]
    finally:
        await storage.close()
    return Shop(documents, categories, policies)


def fingerprint(settings: Settings, shop: Shop) -> str:
    """Changes whenever the index would."""
    digest = hashlib.sha256(f"{store.FORMAT} {encoder_id(settings.encoder)}".encode())
    digest.update(
        json.dumps(asdict(shop), ensure_ascii=False, sort_keys=True, default=str).encode()
    )
    for path in sorted(settings.knowledge.rglob("*.json*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


async def is_current(settings: Settings) -> bool:
    """Whether the index is the one that would be written now."""
    return _stamped(settings) == fingerprint(settings, await read_shop(settings))


def _stamped(settings: Settings) -> str | None:
    try:
        stamp = (settings.index_folder / "current" / STAMP).read_text("utf-8")
        return str(json.loads(stamp)["source"])
    except (OSError, ValueError, KeyError):
        return None


async def update_index(settings: Settings, force: bool = False) -> tuple[int, bool]:
    """Write a new version unless nothing changed; returns (products, written)."""
    shop = await read_shop(settings)
    source = fingerprint(settings, shop)
    if not force and _stamped(settings) == source:
        return len(shop.documents), False
    documents = [Document.from_json(d) for d in shop.documents]
    categories = [CategorySchema.from_json(c) for c in shop.categories]
    faq = [FaqEntry.from_json(policy) for policy in shop.policies]
    encoder = _Shown(OnnxEncoder(settings.encoder))
    index = store.build(documents, categories, Knowledge.load(settings.knowledge), encoder, faq)
    folder = store.write(index, settings.index_folder, encoder_id(settings.encoder))
    (folder / STAMP).write_text(json.dumps({"source": source}), "utf-8")
    return len(documents), True
