"""The composition of the desk: whose systems it asks, and what stops it."""

from pathlib import Path

import pytest

from daogou.desk import build_desk
from daogou.settings import BadSetting, Settings
from shop.domain.errors import BackendDown
from shop.storage import Storage, migrate


def settings(var: Path, **more: str) -> Settings:
    return Settings.from_env({"DAOGOU_VAR": str(var), **more})


async def test_a_desk_stands_on_the_database_and_knows_the_shops_rules(tmp_path: Path) -> None:
    at = settings(tmp_path)
    migrate(at.database_url)
    storage = Storage(at.database_url)
    async with storage.unit() as unit:
        conversation, _ = await unit.conversations.start(None)
        await unit.commit()
    async with build_desk(at, storage) as desk:
        requester = await desk.requester(conversation.conversation_id)
        assert await desk.read.tickets(requester) == []
        called = await desk.call_human(requester, "asked")
    await storage.close()
    assert called.handoff.queue_position == 1


async def test_the_shops_own_systems_are_asked_where_they_are_set(tmp_path: Path) -> None:
    nobody = {"DAOGOU_OFFICE_URL": "http://127.0.0.1:9", "DAOGOU_OFFICE_TOKEN": "t"}
    at = settings(tmp_path, **nobody)
    migrate(at.database_url)
    storage = Storage(at.database_url)
    async with storage.unit() as unit:
        conversation, _ = await unit.conversations.start(None)
        await unit.commit()
    async with build_desk(at, storage) as desk:
        requester = await desk.requester(conversation.conversation_id)
        with pytest.raises(BackendDown):
            await desk.read.tickets(requester)
    await storage.close()


async def test_bad_rules_are_one_line(tmp_path: Path) -> None:
    rules = tmp_path / "service.json"
    rules.write_text("{", encoding="utf-8")
    storage = Storage(f"sqlite:///{tmp_path}/shop.db")
    with pytest.raises(BadSetting, match="DAOGOU_SERVICE") as refusal:
        async with build_desk(settings(tmp_path, DAOGOU_SERVICE=str(rules)), storage):
            pass
    await storage.close()
    assert "\n" not in str(refusal.value)
