import asyncio
import sqlite3

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.tracker_store import ShopTrackerStore


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path}/rasa.db"
    config = EndpointConfig(url=url, type="bot.tracker_store.ShopTrackerStore")
    return TrackerStore.create(config, Domain.empty())


def test_a_conversation_survives(store):
    tracker = DialogueStateTracker.from_events("c", [UserUttered("你好"), SlotSet("a", 1)])
    asyncio.run(store.save(tracker))
    kept = asyncio.run(store.retrieve("c"))
    assert [event.type_name for event in kept.events] == ["user", "slot"]


def test_sqlite_writes_ahead(store, tmp_path):
    assert store.engine.connect().exec_driver_sql("PRAGMA synchronous").scalar() == 1
    with sqlite3.connect(tmp_path / "rasa.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_it_is_the_store_that_the_endpoints_name(store):
    assert isinstance(getattr(store, "_tracker_store", store), ShopTrackerStore)
