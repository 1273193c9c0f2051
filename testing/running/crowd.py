"""Many shoppers at once, one at a time in each lane."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from testing.running.client import Client
from testing.running.lane import Lane

Job = TypeVar("Job")
Outcome = TypeVar("Outcome")


class Enough(Exception):
    """No further job is to be begun; those in hand are finished."""


async def crowd(
    lanes: Sequence[Lane],
    jobs: Sequence[Job],
    talk: Callable[[Job, Lane, Client], Awaitable[Outcome]],
    on_outcome: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """The outcomes in the order of the jobs; `on_outcome` may raise Enough."""
    waiting = list(range(len(jobs)))[::-1]
    outcomes: dict[int, Outcome] = {}

    async def work(lane: Lane) -> None:
        async with Client(lane.url) as client:
            while waiting:
                number = waiting.pop()
                outcomes[number] = await talk(jobs[number], lane, client)
                try:
                    on_outcome(outcomes[number])
                except Enough:
                    waiting.clear()

    await asyncio.gather(*(work(lane) for lane in lanes))
    return [outcomes[number] for number in sorted(outcomes)]
