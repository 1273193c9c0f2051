"""Where Rasa keeps its trackers."""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool


class ShopTrackerStore(SQLTrackerStore):
    """Rasa's own store; on SQLite with a write-ahead log and connections that stay open.

    Otherwise a turn waits some 10 ms for the disk: rollback journals are synchronised at every
    commit, and the log is folded in whenever its last connection closes. Only a power cut can lose
    the last turns, never a crash of ours.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if self.engine.dialect.name == "sqlite":
            self.engine = _patient(self.engine)
            self.sessionmaker = sessionmaker(bind=self.engine)


def _patient(engine: Engine) -> Engine:
    pooled = create_engine(
        engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
    )
    event.listen(pooled, "connect", _use_log)
    return pooled


def _use_log(connection: Any, record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute("PRAGMA synchronous = NORMAL").close()
