"""The demo catalogue as documents, read straight from its files (training needs no database)."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from recsys.index.document import CategorySchema, Document


def read_catalogue(folder: Path) -> tuple[list[Document], list[CategorySchema]]:
    """Documents and category schemas of `categories/*.json` and `products/*.jsonl`."""
    categories: list[CategorySchema] = []
    for path in sorted((folder / "categories").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        categories += [
            CategorySchema.from_json({**c, "department": data["department"]})
            for c in data["categories"]
        ]
    departments = {c.name: c.department for c in categories}
    documents = []
    for path in sorted((folder / "products").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                documents.append(_document(json.loads(line), departments))
    return documents, categories


def _document(family: dict[str, Any], departments: dict[str, str]) -> Document:
    options: dict[str, Any] = family.get("options") or {}
    skus = []
    for number, values in enumerate(itertools.product(*(list(v) for v in options.values())), 1):
        chosen = dict(zip(options, values, strict=True))
        priced = [options[n][v] for n, v in chosen.items() if isinstance(options[n], dict)]
        price = priced[0] if priced else family["price"]
        skus.append(
            {"sku": f"{family['id']}-{number:02d}", "price": price, "stock": 1, "options": chosen}
        )
    return Document.from_json(
        {
            **family,
            "product_id": family["id"],
            "department": departments.get(family["category"], ""),
            "skus": skus,
        }
    )
