"""Composition of catalogue and search: reads documents from the shop's database and writes an index version."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from daogou.settings import Settings
from recsys.encoder.onnx import OnnxEncoder
from recsys.index import store
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge
from shop.storage import Storage

STAMP = "source.json"


def encoder_id(folder: Path) -> str:
    """Short hash of everything that decides a vector: model, tokenizer, configuration."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".onnx", ".json") and p.is_file()):
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


async def read_shop(settings: Settings) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Documents and category schemas of the shop, as JSON objects."""
    storage = Storage(settings.database_url)
    try:
        async with storage.unit() as unit:
            documents = [document async for document in unit.catalog.documents()]
            categories = [asdict(category) for category in await unit.catalog.categories()]
    finally:
        await storage.close()
    return documents, categories


def fingerprint(settings: Settings, documents: list[dict[str, Any]], categories: list[dict[str, Any]]) -> str:
    """Changes whenever the index would."""
    digest = hashlib.sha256(f"{store.FORMAT} {encoder_id(settings.encoder)}".encode())
    digest.update(json.dumps([documents, categories], ensure_ascii=False, sort_keys=True, default=str).encode())
    for path in sorted(settings.knowledge.glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


async def update_index(settings: Settings, force: bool = False) -> tuple[int, bool]:
    """Write a new version unless nothing changed; returns (products, written)."""
    raw_documents, raw_categories = await read_shop(settings)
    source = fingerprint(settings, raw_documents, raw_categories)
    stamp = settings.index_folder / "current" / STAMP
    if not force and stamp.exists() and json.loads(stamp.read_text("utf-8"))["source"] == source:
        return len(raw_documents), False
    documents = [Document.from_json(d) for d in raw_documents]
    categories = [CategorySchema.from_json(c) for c in raw_categories]
    index = store.build(documents, categories, Knowledge.load(settings.knowledge), OnnxEncoder(settings.encoder))
    folder = store.write(index, settings.index_folder, encoder_id(settings.encoder))
    (folder / STAMP).write_text(json.dumps({"source": source}), "utf-8")
    return len(documents), True
