"""A feed into the catalogue, all or nothing."""

import asyncio
import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from shop.domain import Category, Product
from shop.domain.errors import BadFeed
from shop.importing import readers
from shop.importing.builder import Builder
from shop.importing.mapping import FeedMapping
from shop.importing.readers import Row
from shop.importing.report import ImportReport, RowError
from shop.importing.sources import take
from shop.importing.text import plain
from shop.storage import Storage


async def import_file(
    path: Path,
    mapping: FeedMapping,
    storage: Storage,
    *,
    dry_run: bool = False,
    replace: bool = False,
) -> ImportReport:
    """Store the products of a feed; `replace` removes every product that is not in it.

    Bad rows are reported and left out. Raises BadFeed where the file cannot be read, and where
    `replace` would leave the shop empty.
    """
    feed = await asyncio.to_thread(_read, path, mapping)
    if replace and not feed.products:
        raise BadFeed(f"{path.name}: not one good product; the shop stays as it is")
    removed = 0 if dry_run else await _write(feed.products, storage, replace)
    return dataclasses.replace(feed.report(), removed=removed)


@dataclass
class _Feed:
    read: int = 0
    products: list[Product] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def report(self) -> ImportReport:
        errors = tuple(sorted(self.errors))
        skipped = len({error.line for error in errors})
        return ImportReport(self.read, len(self.products), skipped, errors)


def _read(path: Path, mapping: FeedMapping) -> _Feed:
    feed = _Feed()
    builder = Builder(mapping)
    for rows in _grouped(_good(readers.read(path, mapping.format), feed), mapping):
        product = builder.build(rows, feed.errors)
        if product is not None:
            feed.products.append(product)
    return feed


def _good(rows: Iterable[Row | RowError], feed: _Feed) -> Iterable[Row]:
    for row in rows:
        feed.read += 1
        if isinstance(row, Row):
            yield row
        else:
            feed.errors.append(row)


def _grouped(rows: Iterable[Row], mapping: FeedMapping) -> Iterable[list[Row]]:
    """Rows of one product together, wherever they stand in the feed."""
    if mapping.group is None:
        return ([row] for row in rows)
    groups: dict[object, list[Row]] = {}
    for row in rows:
        key = plain(take(row.value, mapping.group)) or row.line
        groups.setdefault(key, []).append(row)
    return groups.values()


async def _write(products: list[Product], storage: Storage, replace: bool) -> int:
    departments = {product.category: product.department for product in products}
    async with storage.unit() as unit:
        categories = [Category(name, department) for name, department in departments.items()]
        await unit.catalog.define(categories, overwrite=False)
        await unit.catalog.upsert(products)
        removed = 0
        if replace:
            removed = await unit.catalog.retain(product.product_id for product in products)
        await unit.commit()
    return removed
