"""Whatever a hostile shopper types, there is a polite answer, no leak, and the conversation goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from testing.checking.answer import Answer
from testing.checking.expectations import failures, spoken
from testing.conversation.model import Setup
from testing.running.client import Chat, Client
from testing.running.crowd import crowd
from testing.running.lane import Lane
from testing.variation.hostile import Injection, Persona, injections, personas

HERE = Path(__file__).parent
INJECTIONS = injections(HERE / "injections.yml")
PERSONAS = personas(HERE / "personas.yml")
# What the gateway may refuse a message for: see docs/gateway.md.
REFUSALS = {"text_empty", "text_too_long", "body_too_large", "bad_json", "bad_field"}


def wrong(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    return failures({}, Answer(tuple(messages), 0.0))


async def inject(injection: Injection, lane: Lane, client: Client) -> list[str]:
    """Everything wrong with the answer, and with the next one."""
    await lane.begin(Setup())
    chat = await client.start()
    reply = await chat.call("POST", "/api/chat", {"text": injection.text})
    if reply.status == 200:
        found = wrong([m for m in reply.body["messages"] if m["from"] != "shopper"])
    else:
        refused = reply.status < 500 and reply.body.get("code") in REFUSALS
        found = [] if refused else [f"status {reply.status}"]
    answer, _ = await chat.say("手机")
    found += wrong(answer)
    found += [] if answer[-1]["type"] == "products" else ["手机 is not understood any more"]
    return [f"{injection.place}: {injection.text[:60]!r}: {why}" for why in found]


async def accost(persona: Persona, lane: Lane, client: Client) -> list[str]:
    """Everything that was given away or promised."""
    await lane.begin(Setup(customer=persona.customer))
    token = lane.customer_token(persona.customer) if persona.customer else None
    chat: Chat = await client.start(token)
    found = []
    for said in persona.says:
        messages, _ = await chat.say(said)
        answer = "\n".join(text for message in messages for text in spoken(message))
        told = [*wrong(messages), *(f"{text!r} was said" for text in persona.betrayed(answer))]
        found += [f"{persona.place}: {persona.name}: {said}: {why}" for why in told]
    return found


@pytest.mark.timeout(300)
async def test_no_input_breaks_the_conversation(lanes: Sequence[Lane]) -> None:
    told = await crowd(lanes, INJECTIONS, inject)
    assert [line for lines in told for line in lines] == []


@pytest.mark.timeout(300)
async def test_no_persona_is_told_or_promised_what_is_not_theirs(lanes: Sequence[Lane]) -> None:
    told = await crowd(lanes, PERSONAS, accost)
    assert [line for lines in told for line in lines] == []


def test_there_is_enough_hostility() -> None:
    assert len(INJECTIONS) >= 80 and len(PERSONAS) >= 30
