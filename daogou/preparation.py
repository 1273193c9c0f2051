"""Brings the database and the index up to date: `python -m daogou.preparation`.

A process of its own, so that the supervisor stays small and quick.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from daogou.errors import BadInput, CommandError
from daogou.indexing import update_index
from daogou.settings import BadSetting, Settings
from recsys.encoder.config import BadEncoder
from recsys.index.document import BadDocument
from shop.domain.catalog import Counts
from shop.domain.errors import BadCatalog, BadDatabaseUrl
from shop.seed import Seeded, seed_demo
from shop.storage import Storage, migrate


async def seed(settings: Settings, only_if_empty: bool = False) -> Seeded | None:
    """Migrate, then load the demo shop; None where there was something already.

    Raises CommandError.
    """
    with _told():
        await asyncio.to_thread(migrate, settings.database_url)
        storage = Storage(settings.database_url)
        try:
            if only_if_empty and await _has_products(storage):
                return None
            return await seed_demo(storage, settings.catalog)
        finally:
            await storage.close()


async def _has_products(storage: Storage) -> bool:
    async with storage.unit() as unit:
        return (await unit.catalog.counts()).products > 0


async def index(settings: Settings, force: bool = False) -> tuple[int, bool]:
    """Bring the index up to date; (products, whether it was written). Raises CommandError."""
    with _told():
        await asyncio.to_thread(migrate, settings.database_url)
        return await update_index(settings, force)


async def counts(settings: Settings) -> Counts:
    """How much the shop holds; raises CommandError."""
    with _told():
        storage = Storage(settings.database_url)
        try:
            async with storage.unit() as unit:
                return await unit.catalog.counts()
        finally:
            await storage.close()


async def prepare(settings: Settings) -> None:
    """Raises CommandError."""
    if seeded := await seed(settings, only_if_empty=True):
        print(f"loaded the demo shop: {seeded.products} products, {seeded.skus} SKUs", flush=True)
    products, written = await index(settings)
    if written:
        print(f"indexed {products} products", flush=True)


@contextmanager
def _told() -> Iterator[None]:
    """The named exceptions of the rooms, as what the command line understands."""
    try:
        yield
    except (BadCatalog, BadDatabaseUrl, BadEncoder, BadDocument) as error:
        raise BadInput(str(error)) from error
    except SQLAlchemyError as error:
        raise CommandError(f"DATABASE_URL: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from error


def main() -> int:
    try:
        asyncio.run(prepare(Settings.from_env(os.environ)))
    except (BadSetting, CommandError) as error:
        print(f"daogou: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
