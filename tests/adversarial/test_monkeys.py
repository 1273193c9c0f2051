"""Conversations of random real sentences: no failure, no silence, no leak."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from testing.checking.answer import Answer
from testing.checking.expectations import failures
from testing.conversation.model import Setup
from testing.running.client import Client, NoAnswer
from testing.running.crowd import crowd
from testing.running.lane import Lane
from testing.variation.monkey import conversations

COUNT = 500
DATA = Path(os.environ.get("DAOGOU_DATA") or "../shared/data")


async def chatter(said: tuple[str, ...], lane: Lane, client: Client) -> list[str]:
    """What was wrong with any answer. Lanes are not made anew: strangers use a shop after another."""
    chat = await client.start()
    found = []
    for text in said:
        try:
            messages, seconds = await chat.say(text)
        except NoAnswer as error:
            return [f"{said}: {error}"]
        found += [f"{said}: {text}: {w}" for w in failures({}, Answer(tuple(messages), seconds))]
    return found


@pytest.mark.timeout(600)
async def test_nothing_that_people_type_breaks_the_bot(lanes: Sequence[Lane]) -> None:
    drawn = conversations(COUNT, seed=7, data=DATA if DATA.exists() else None)
    await lanes[0].begin(Setup())
    told = await crowd(lanes, drawn, chatter)
    assert [line for lines in told for line in lines] == [] and len(told) == COUNT
