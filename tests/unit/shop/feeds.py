"""A database that feeds are poured into."""

import asyncio
import json
from pathlib import Path
from typing import Any

from shop.domain import Product
from shop.importing import FeedMapping, ImportReport, import_file
from shop.storage import Storage

PLAIN = FeedMapping.model_validate(
    {
        "product_id": "id",
        "title": "name",
        "category": "kind",
        "rating": "stars",
        "sales": "sold",
        "launched": "since",
        "tags": "tags",
        "skus": {
            "sku": "sku",
            "price": ["now", "price.amount"],
            "list_price": "was",
            "stock": "left",
            "url": "link",
        },
    }
)
GOOD = {"id": "a", "name": "手机", "now": "1,999.00", "was": 2199, "left": 3}


class Shop:
    """A database that feeds are poured into."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._url = f"sqlite:///{folder / 'shop.db'}"

    def pour(
        self,
        content: str | bytes,
        name: str,
        mapping: FeedMapping = PLAIN,
        *,
        dry_run: bool = False,
        replace: bool = False,
    ) -> tuple[ImportReport, list[Product]]:
        """Import and look what the shop has now."""
        path = self._folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return asyncio.run(self._pour(path, mapping, dry_run, replace))

    def pour_rows(
        self, *rows: Any, dry_run: bool = False, replace: bool = False
    ) -> tuple[ImportReport, list[Product]]:
        return self.pour(
            "\n".join(map(json.dumps, rows)), "feed.jsonl", dry_run=dry_run, replace=replace
        )

    async def _pour(
        self, path: Path, mapping: FeedMapping, dry_run: bool, replace: bool
    ) -> tuple[ImportReport, list[Product]]:
        storage = Storage(self._url)
        try:
            report = await import_file(path, mapping, storage, dry_run=dry_run, replace=replace)
            async with storage.unit() as unit:
                ids = [d["product_id"] async for d in unit.catalog.documents()]
                return report, await unit.catalog.products(ids)
        finally:
            await storage.close()
