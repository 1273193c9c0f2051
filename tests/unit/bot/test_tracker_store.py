import asyncio
import sqlite3

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.tracker_store import LONGEST, ShopTrackerStore

SLOTS = """
slots:
  frame: {type: any, mappings: [{type: custom}]}
  focus: {type: any, mappings: [{type: custom}]}
"""


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path}/rasa.db"
    config = EndpointConfig(url=url, type="bot.tracker_store.ShopTrackerStore")
    return TrackerStore.create(config, Domain.from_yaml(SLOTS))


def turn(number):
    """One turn: a sentence, what it changes, an answer, and listening again."""
    return [
        UserUttered(f"say {number}"),
        SlotSet("frame", {"price_max": number}),
        SlotSet("focus", None if number % 2 else "sku"),
        ActionExecuted("action_refine"),
        BotUttered(f"answer {number}"),
        ActionExecuted("action_listen"),
    ]


def talk(store, turns):
    """The events held after each turn was read, continued and saved."""
    lengths = []
    for number in range(turns):
        tracker = asyncio.run(store.get_or_create_tracker("c"))
        for event in turn(number):
            tracker.update(event)
        asyncio.run(store.save(tracker))
        lengths.append(len(asyncio.run(store.retrieve("c")).events))
    return lengths


def test_a_long_conversation_keeps_its_slots_and_its_last_turn(store):
    assert max(talk(store, 40)) <= LONGEST
    kept = asyncio.run(store.retrieve("c"))
    assert kept.get_slot("frame") == {"price_max": 39} and kept.get_slot("focus") is None
    assert kept.latest_message.text == "say 39"
    assert kept.latest_action_name == "action_listen"


def test_only_a_long_conversation_is_cut(store):
    assert talk(store, 3)[-1] < LONGEST
    texts = [e.text for e in asyncio.run(store.retrieve("c")).events if isinstance(e, UserUttered)]
    assert texts == ["say 0", "say 1", "say 2"]


def test_cutting_one_conversation_leaves_the_others(store):
    asyncio.run(store.save(DialogueStateTracker.from_events("other", turn(7))))
    talk(store, 20)
    assert asyncio.run(store.retrieve("other")).latest_message.text == "say 7"


def test_a_tracker_saved_twice_is_written_once(store):
    tracker = asyncio.run(store.get_or_create_tracker("c"))
    for number in range(20):
        for event in turn(number):
            tracker.update(event)
    asyncio.run(store.save(tracker))
    once = len(asyncio.run(store.retrieve("c")).events)
    asyncio.run(store.save(tracker))
    assert len(asyncio.run(store.retrieve("c")).events) == once


def test_a_conversation_survives(store):
    tracker = DialogueStateTracker.from_events("c", [UserUttered("你好"), SlotSet("a", 1)])
    asyncio.run(store.save(tracker))
    kept = asyncio.run(store.retrieve("c"))
    assert [event.type_name for event in kept.events] == ["user", "slot"]


def test_sqlite_writes_ahead(store, tmp_path):
    assert store.engine.connect().exec_driver_sql("PRAGMA synchronous").scalar() == 1
    assert store.engine.connect().exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    with sqlite3.connect(tmp_path / "rasa.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_it_is_the_store_that_the_endpoints_name(store):
    assert isinstance(getattr(store, "_tracker_store", store), ShopTrackerStore)
