"""Units of work, migrations, and many writers at once."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from shop.domain import Product
from shop.domain.errors import BadDatabaseUrl
from shop.storage import Storage, migrate
from shop.storage.engine import sync_url
from shop.storage.schema import metadata

WRITERS = Path(__file__).with_name("writers.py")
ROOT = Path(__file__).parents[3]


@pytest.mark.asyncio
async def test_what_is_not_committed_never_happened(storage: Storage, phone: Product) -> None:
    async with storage.unit() as unit:
        await unit.catalog.upsert([phone])
    async with storage.unit() as unit:
        assert (await unit.catalog.counts()).products == 0


@pytest.mark.asyncio
async def test_an_error_rolls_back(storage: Storage, phone: Product) -> None:
    with pytest.raises(RuntimeError):
        async with storage.unit() as unit:
            await unit.catalog.upsert([phone])
            raise RuntimeError
    async with storage.unit() as unit:
        assert (await unit.catalog.counts()).products == 0


@pytest.mark.asyncio
async def test_a_reader_does_not_wait_for_a_writer(stocked: Storage) -> None:
    async with stocked.unit() as writer, stocked.unit() as reader:
        await writer.catalog.retain([])
        counts = await asyncio.wait_for(reader.catalog.counts(), timeout=2)
        assert counts.products == 3


def test_the_migrations_make_the_tables_of_the_schema(database_url: str) -> None:
    migrate(database_url)
    engine = create_engine(sync_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.asyncio
async def test_a_database_that_is_gone_does_not_answer(tmp_path: Path, storage: Storage) -> None:
    await storage.ping()
    gone = Storage(f"sqlite:///{tmp_path / 'no' / 'folder' / 'shop.db'}")
    with pytest.raises(OperationalError):
        await gone.ping()
    await gone.close()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)


def test_processes_that_start_together_migrate_one_by_one(database_url: str) -> None:
    code = f"from shop.storage import migrate; migrate({database_url!r})"
    started = [_python("-c", code) for _ in range(4)]
    assert [_outcome(process) for process in started] == [(0, "")] * 4


@pytest.mark.asyncio
async def test_many_writers_in_two_processes(storage: Storage, database_url: str) -> None:
    async with storage.unit() as unit:
        conversation, _ = await unit.conversations.start()
        await unit.commit()
    whose = conversation.conversation_id
    started = [_python(str(WRITERS), database_url, whose) for _ in range(2)]
    assert [_outcome(process) for process in started] == [(0, "")] * 2
    async with storage.unit() as unit:
        told = await unit.conversations.history(whose, limit=1000)
    assert len(told) == 2 * 16 * 10
    assert [m.id for m in told] == sorted({m.id for m in told})


@pytest.mark.parametrize(
    "url", ["", "mysql://x/y", "no url", "sqlite", "sqlite://", "sqlite:///:memory:"]
)
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        migrate(url)
    with pytest.raises(BadDatabaseUrl):
        Storage(url)


def _python(*arguments: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def _outcome(process: "subprocess.Popen[str]") -> tuple[int, str]:
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors
