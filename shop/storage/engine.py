"""From a database address to an engine that behaves alike on SQLite and PostgreSQL."""

import json
from typing import Any

from sqlalchemy import URL, Engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shop.domain.errors import BadDatabaseUrl
from shop.domain.text import writable

BUSY_SECONDS = 30


def sync_url(database_url: str) -> URL:
    """The address with a blocking driver; raises BadDatabaseUrl."""
    return _with_driver(database_url, {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"})


def create(database_url: str) -> AsyncEngine:
    """An async engine; raises BadDatabaseUrl."""
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
    url = _with_driver(database_url, drivers)
    engine = create_async_engine(url, json_serializer=_dump, pool_pre_ping=not _is_sqlite(url))
    if _is_sqlite(url):
        _tame_sqlite(engine.sync_engine)
    return engine


async def scrub(engine: AsyncEngine) -> None:
    """Fold SQLite's log into the file, where deleted rows are zeros; the log still has them.

    Where somebody reads at this moment some of the log stays, until the next time.
    """
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _with_driver(database_url: str, drivers: dict[str, str]) -> URL:
    expected = "expected sqlite:///path or postgresql://user:pass@host/db"
    try:
        url = make_url(database_url)
        driver = drivers[url.get_backend_name()]
    except (ArgumentError, ValueError, KeyError) as cause:
        raise BadDatabaseUrl(expected) from cause
    if url.database in (None, "", ":memory:"):
        raise BadDatabaseUrl(expected)
    return url.set(drivername=driver)


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _dump(value: object) -> str:
    return writable(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _tame_sqlite(engine: Engine) -> None:
    """Foreign keys, patience, and the write lock taken with the first write.

    A transaction that reads first and writes later cannot wait for its turn on SQLite: it fails.
    So reads run outside a transaction (like READ COMMITTED on PostgreSQL) and the first write opens
    one that waits for the lock.
    """

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        # What is deleted is overwritten: 删除我的数据 is meant.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine, "before_cursor_execute")
    def lock(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        reads = statement.lstrip()[:6].upper() in ("SELECT", "PRAGMA")
        if not reads and not connection.connection.driver_connection.in_transaction:
            cursor.execute("BEGIN IMMEDIATE")
