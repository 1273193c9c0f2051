"""Where Rasa keeps its trackers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

LONGEST = 30


class ShopTrackerStore(SQLTrackerStore):
    """Rasa's own store, with a short memory; on SQLite with a log and connections that stay open.

    Rasa reads every event of a conversation at every turn, though our rules need no more than the
    slots and the last turn: whatever is older goes once there are more than `LONGEST` events. The
    shop's database keeps what was said.

    Without write-ahead log and open connections a turn waits some 10 ms for the disk: rollback
    journals are synchronised at every commit, and the log is folded in whenever its last
    connection closes. Only a power cut can lose the last turns, never a crash of ours.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        if self.engine.dialect.name == "sqlite":
            self.engine = _patient(self.engine)
            self.sessionmaker = sessionmaker(bind=self.engine)

    def _additional_events(
        self, session: Session, tracker: DialogueStateTracker
    ) -> Iterator[Event]:
        """What is to be written, within the transaction that writes it."""
        if len(tracker.events) <= LONGEST:
            return super()._additional_events(session, tracker)
        told = session.query(self.SQLEvent).filter_by(sender_id=tracker.sender_id)
        told.delete(synchronize_session=False)
        return iter(_essence(tracker))


def _essence(tracker: DialogueStateTracker) -> list[Event]:
    """Events that leave the same slots and the same last turn."""
    events = list(tracker.events)
    turn = _last_turn(events)
    since = turn[0].timestamp if turn else None
    slots = {name: slot.value for name, slot in tracker.slots.items() if slot.value is not None}
    return [*(SlotSet(name, value, since) for name, value in slots.items()), *turn]


def _last_turn(events: list[Event]) -> list[Event]:
    """From the listening before the last sentence on."""
    spoken = max((i for i, e in enumerate(events) if isinstance(e, UserUttered)), default=0)
    heard = (i for i, event in enumerate(events[:spoken]) if _listens(event))
    return events[max(heard, default=spoken) :]


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _patient(engine: Engine) -> Engine:
    pooled = create_engine(
        engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
    )
    event.listen(pooled, "connect", _use_log)
    return pooled


def _use_log(connection: Any, record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute("PRAGMA synchronous = NORMAL").close()
    # What is deleted is overwritten, so that erased conversations are gone from the file.
    connection.execute("PRAGMA secure_delete = ON").close()
