"""Bringing a database to the tables of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from filelock import FileLock
from sqlalchemy import URL, Connection, create_engine, pool, text

from shop.storage.engine import sync_url

# Any number that no other program of this database takes.
_ADVISORY_LOCK = 3_141_592_653


def migrate(database_url: str, revision: str = "head") -> None:
    """Create or upgrade the tables; blocks, and two processes at once do it one by one.

    Raises BadDatabaseUrl.
    """
    url = sync_url(database_url)
    with _alone(url) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


@contextmanager
def _alone(url: URL) -> Iterator[Connection]:
    opened = _alone_on_sqlite(url) if url.get_backend_name() == "sqlite" else _alone_on_server(url)
    with opened as connection:
        yield connection


@contextmanager
def _alone_on_sqlite(url: URL) -> Iterator[Connection]:
    path = Path(url.database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"), _connect(url) as connection:
        # Readers and one writer at a time side by side; the file remembers it.
        connection.execute(text("PRAGMA journal_mode = WAL"))
        connection.commit()
        yield connection


@contextmanager
def _alone_on_server(url: URL) -> Iterator[Connection]:
    with _connect(url) as connection:
        # Released when the transaction ends.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection


@contextmanager
def _connect(url: URL) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        yield connection
