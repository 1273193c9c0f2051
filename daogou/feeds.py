"""`daogou import`: a feed into the database, with a report that a person can act on."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from daogou.errors import BadInput, CommandError
from daogou.settings import Settings
from shop.domain.errors import BadDatabaseUrl, BadFeed, BadMapping
from shop.importing import ImportReport, import_file, load_mapping
from shop.storage import Storage, migrate

SHOWN_ERRORS = 20


async def import_feed(
    path: Path, mapping: str, settings: Settings, *, dry_run: bool, replace: bool
) -> int:
    """Exit status 0 when every row was good, else 1; raises CommandError."""
    try:
        await asyncio.to_thread(migrate, settings.database_url)
        storage = Storage(settings.database_url)
        try:
            report = await import_file(
                path, load_mapping(mapping), storage, dry_run=dry_run, replace=replace
            )
        finally:
            await storage.close()
    except (BadFeed, BadMapping, BadDatabaseUrl) as error:
        raise BadInput(str(error)) from error
    except SQLAlchemyError as error:
        raise CommandError(f"DATABASE_URL: {str(error).splitlines()[0]}") from error
    _print(report, dry_run)
    return 1 if report.errors else 0


def _print(report: ImportReport, dry_run: bool) -> None:
    for error in report.errors[:SHOWN_ERRORS]:
        print(f"line {error.line}: {error.field or 'row'}: {error.why}", file=sys.stderr)
    if len(report.errors) > SHOWN_ERRORS:
        print(f"and {len(report.errors) - SHOWN_ERRORS} more", file=sys.stderr)
    done = "would be imported" if dry_run else "imported"
    print(f"{report.read} rows read, {report.imported} products {done}, {report.skipped} rows skipped, "
          f"{report.removed} products removed")  # fmt: skip
    if not dry_run:
        print("run `daogou index` to make them findable")
