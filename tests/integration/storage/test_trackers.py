"""Rasa's memory of conversations, forgotten for good: on each database, and in SQLite's files."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from shop.domain.clock import now
from shop.domain.errors import BackendDown
from shop.storage import engine
from shop.storage.trackers import Trackers

pytestmark = pytest.mark.asyncio

# As Rasa makes it, for both databases.
EVENTS = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY {auto}, sender_id VARCHAR(255) NOT NULL,
    type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),
    action_name VARCHAR(255), data TEXT)
"""


class Rasa:
    """Its tracker store."""

    def __init__(self, database_url: str) -> None:
        self._engine = engine.create(database_url)

    async def prepare(self) -> None:
        auto = "" if self._engine.dialect.name == "sqlite" else "GENERATED ALWAYS AS IDENTITY"
        await self._run("DROP TABLE IF EXISTS unfinished_erasures")
        await self._run("DROP TABLE IF EXISTS events")
        await self._run(EVENTS.format(auto=auto))

    async def save(self, sender: str, said: str) -> None:
        insert = "INSERT INTO events (sender_id, type_name, data) VALUES (:sender, 'user', :said)"
        await self._run(insert, sender=sender, said=said)

    async def senders(self) -> list[str]:
        async with self._engine.connect() as connection:
            rows = await connection.execute(text("SELECT sender_id FROM events ORDER BY id"))
            return [row.sender_id for row in rows]

    async def close(self) -> None:
        await self._run("DROP TABLE events")
        await self._engine.dispose()

    async def _run(self, statement: str, **values: str) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(text(statement), values)
            await connection.commit()


@pytest_asyncio.fixture
async def rasa(database_url: str) -> AsyncIterator[Rasa]:
    rasa = Rasa(database_url)
    await rasa.prepare()
    yield rasa
    await rasa.close()


@pytest_asyncio.fixture
async def trackers(database_url: str) -> AsyncIterator[Trackers]:
    trackers = Trackers(database_url)
    yield trackers
    await trackers.aclose()


async def test_it_is_erased_at_once_and_again_when_the_turn_has_ended(
    rasa: Rasa, trackers: Trackers
) -> None:
    await rasa.save("a", "我的地址")
    await rasa.save("b", "别人的话")
    await trackers.erase(["a"], [])
    assert await rasa.senders() == ["b"]
    await rasa.save("a", "Rasa saves the whole turn once more")
    assert not await trackers.turn_ended("b")
    assert await trackers.turn_ended("a")
    assert await rasa.senders() == ["b"]
    await rasa.save("a", "a new beginning")
    assert not await trackers.turn_ended("a")
    assert await rasa.senders() == ["b", "a"]


async def test_a_turn_that_never_ended_is_finished_later(rasa: Rasa, database_url: str) -> None:
    moment = now()
    trackers = Trackers(database_url, clock=lambda: moment)
    await trackers.erase(["a", "b"], [])
    await rasa.save("a", "saved late")
    assert not await trackers.finish()
    assert await rasa.senders() == ["a"]
    moment += timedelta(minutes=2)
    assert await trackers.finish()
    assert await rasa.senders() == []
    assert not await trackers.finish()
    await trackers.aclose()


async def test_conversations_have_the_names_that_rasa_knows(rasa: Rasa, database_url: str) -> None:
    trackers = Trackers(database_url, sender="3:{}".format)
    await rasa.save("3:a", "mine")
    await rasa.save("a", "another lane's")
    await trackers.erase(["a"], [])
    await rasa.save("3:a", "again")
    assert await trackers.turn_ended("a")
    assert await rasa.senders() == ["a"]
    await trackers.aclose()


async def test_before_rasa_has_stored_anything(tmp_path: Path) -> None:
    trackers = Trackers(f"sqlite:///{tmp_path}/rasa.db")
    await trackers.erase(["a"], [])
    assert await trackers.turn_ended("a")
    await trackers.aclose()


async def test_a_database_that_cannot_be_reached_is_asked_again(tmp_path: Path) -> None:
    trackers = Trackers(f"sqlite:///{tmp_path}/absent/rasa.db")
    with pytest.raises(BackendDown):
        await trackers.erase(["a"], [])
    (tmp_path / "absent").mkdir()
    await trackers.erase(["a"], [])
    await trackers.aclose()


async def test_nothing_is_left_in_the_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/rasa.db"
    rasa, trackers = Rasa(url), Trackers(url)
    await rasa.prepare()
    await rasa._run("PRAGMA journal_mode = WAL")
    for _ in range(200):
        await rasa.save("a", "the secret of a " * 50)
    await trackers.erase(["a"], [])
    await trackers.scrub()
    assert not [file for file in tmp_path.iterdir() if b"the secret of a" in file.read_bytes()]
    await rasa.close()
    await trackers.aclose()
