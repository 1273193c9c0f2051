"""Turns of a conversation and frames for its sockets."""

import asyncio

import pytest

from web.hub import BACKLOG, LocalHub, Subscription
from web.turns import Turns

pytestmark = pytest.mark.asyncio


async def test_turns_run_in_order_and_are_forgotten() -> None:
    turns, log = Turns(), []

    async def turn(conversation_id: str, number: int) -> None:
        async with turns.turn(conversation_id):
            log.append(("begin", number))
            await asyncio.sleep(0)
            log.append(("end", number))

    await asyncio.gather(*(turn("a", number) for number in range(4)))
    assert log == [(step, number) for number in range(4) for step in ("begin", "end")]
    assert len(turns) == 0


async def test_conversations_take_turns_side_by_side() -> None:
    turns = Turns()
    async with turns.turn("a"), asyncio.timeout(1), turns.turn("b"):
        assert len(turns) == 2


async def test_a_failed_or_cancelled_turn_makes_way() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError):
        async with turns.turn("a"):
            raise ZeroDivisionError
    async with turns.turn("a"):
        waiting = asyncio.create_task(turns.turn("a").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert len(turns) == 0


async def test_a_hub_reaches_who_listens_to_the_conversation() -> None:
    hub = LocalHub()
    with hub.subscribe("a") as one, hub.subscribe("a") as two, hub.subscribe("b") as other:
        await hub.publish("a", {"type": "pong"})
        for subscription in (one, two):
            assert await anext(subscription.frames()) == {"type": "pong"}
        await hub.publish("b", {"type": "ping"})
        assert await anext(other.frames()) == {"type": "ping"}
    await hub.publish("a", {"type": "pong"})


async def test_a_socket_that_falls_behind_is_cut_off() -> None:
    subscription = Subscription()
    for number in range(BACKLOG + 10):
        subscription.put({"type": "message", "number": number})
    assert [frame async for frame in subscription.frames()] == []
