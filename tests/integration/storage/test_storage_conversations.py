"""Conversations: tokens, order, and one answer to a message however often it is sent."""

import pytest
from sqlalchemy import create_engine, select

from shop.domain import Choice, Draft, Sender
from shop.domain.errors import UnknownConversation
from shop.storage import Storage, Unit
from shop.storage.engine import sync_url
from shop.storage.schema import conversations

pytestmark = pytest.mark.asyncio

QUESTION = Draft(Sender.SHOPPER, text="想买手机")


async def test_only_the_hash_of_a_token_is_stored(storage: Storage, database_url: str) -> None:
    async with storage.unit() as unit:
        started, token = await unit.conversations.start("C1")
        await unit.commit()
        assert await unit.conversations.by_token(token) == started
        assert started.customer_id == "C1"
    engine = create_engine(sync_url(database_url))
    with engine.connect() as connection:
        row = connection.execute(select(conversations)).one()
    engine.dispose()
    assert row.conversation_id == started.conversation_id
    assert token not in str(row)
    assert len(token) >= 43


async def test_a_wrong_token_finds_nothing(storage: Storage) -> None:
    async with storage.unit() as unit:
        started, _ = await unit.conversations.start()
        for wrong in ("", started.conversation_id, "x" * 43):
            with pytest.raises(UnknownConversation):
                await unit.conversations.by_token(wrong)
        with pytest.raises(UnknownConversation):
            await unit.conversations.get("nobody")
        with pytest.raises(UnknownConversation):
            await unit.conversations.append("nobody", QUESTION)


async def test_a_message_comes_back_as_it_was_said(storage: Storage) -> None:
    said = Draft(
        Sender.BOT,
        type="products",
        text="为您找到 1 款：<b>",
        data={"items": [{"sku": "a", "price": 59.9}], "total": 1},
        choices=(Choice("三千以内", "三千元以内的"),),
    )
    async with storage.unit() as unit:
        whose = await _start(unit)
        message, created = await unit.conversations.append(whose, said)
        assert created
        assert await unit.conversations.history(whose) == [message]
    assert message.to_json() == {
        "id": message.id,
        "from": "bot",
        "type": "products",
        "text": "为您找到 1 款：<b>",
        "data": {"items": [{"sku": "a", "price": 59.9}], "total": 1},
        "choices": [{"title": "三千以内", "value": "三千元以内的"}],
        "at": message.at.isoformat(),
    }


async def test_characters_that_no_database_holds_are_dropped(storage: Storage) -> None:
    odd = Draft(Sender.SHOPPER, text="手\0机\ud83d", data={"q": "手\0机\ud83d"})
    async with storage.unit() as unit:
        whose = await _start(unit)
        message, _ = await unit.conversations.append(whose, odd)
        (stored,) = await unit.conversations.history(whose)
    assert message.text == stored.text == "手机?"
    assert stored.data == {"q": "手\0机?"}


async def test_a_client_id_twice_is_one_message_and_one_turn(storage: Storage) -> None:
    async with storage.unit() as unit:
        whose, other = await _start(unit), await _start(unit)
        asked, created = await unit.conversations.append(whose, QUESTION, "c-1")
        assert created
        assert await unit.conversations.turn(whose, "c-1") == []
        answers = [
            (await unit.conversations.append(whose, Draft(Sender.BOT, text=t, reply_to=asked.id)))[
                0
            ]
            for t in ("为您找到 5 款", "还要别的吗")
        ]
        await unit.conversations.append(whose, Draft(Sender.BOT, text="另一轮"))
        assert await unit.conversations.append(whose, QUESTION, "c-1") == (asked, False)
        assert await unit.conversations.turn(whose, "c-1") == answers
        assert await unit.conversations.turn(other, "c-1") == []
        assert (await unit.conversations.append(other, QUESTION, "c-1"))[1]


async def test_history_is_after_a_message_or_the_end_of_all(storage: Storage) -> None:
    async with storage.unit() as unit:
        whose = await _start(unit)
        ids = [
            (await unit.conversations.append(whose, Draft(Sender.BOT, text=str(n))))[0].id
            for n in range(5)
        ]
        assert ids == sorted(ids)
        everything = await unit.conversations.history(whose)
        last = await unit.conversations.history(whose, limit=2)
        following = await unit.conversations.history(whose, after=ids[1], limit=2)
        assert [m.text for m in everything] == ["0", "1", "2", "3", "4"]
        assert [m.text for m in last] == ["3", "4"]
        assert [m.text for m in following] == ["2", "3"]
        assert await unit.conversations.history(whose, after=ids[-1]) == []


async def test_handoffs_queue_in_order_and_once(storage: Storage) -> None:
    async with storage.unit() as unit:
        first, second = await _start(unit), await _start(unit)
        held = await unit.handoffs.request(first, "投诉")
        assert held.queue_position == 1
        assert (await unit.handoffs.request(second, "退款")).queue_position == 2
        assert await unit.handoffs.request(first, "又来") == held
        assert [h.conversation_id for h in await unit.handoffs.waiting()] == [first, second]
        assert await unit.handoffs.close(first)
        assert not await unit.handoffs.close(first)
        assert await unit.handoffs.current(first) is None
        waiting = await unit.handoffs.current(second)
        assert waiting is not None
        assert waiting.queue_position == 1
        assert (await unit.handoffs.request(first, "再来")).queue_position == 2
        with pytest.raises(UnknownConversation):
            await unit.handoffs.request("nobody", "")


async def _start(unit: Unit) -> str:
    conversation, _ = await unit.conversations.start()
    return conversation.conversation_id
