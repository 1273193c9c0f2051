"""Runs many dialogues at once, one at a time in each lane."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from testing.conversation.model import Dialogue
from testing.running import dialogue as one
from testing.running.client import Client
from testing.running.lane import Lane
from testing.running.results import DialogueResult, RunResult

OnResult = Callable[[DialogueResult], None]


async def run(
    dialogues: Sequence[Dialogue],
    lanes: Sequence[Lane],
    on_result: OnResult = lambda _: None,
    stop_at_failure: bool = False,
) -> RunResult:
    """All dialogues, the longest first, so that no lane is left with a long one at the end."""
    waiting = sorted(range(len(dialogues)), key=lambda n: len(dialogues[n].turns))
    results: dict[int, DialogueResult] = {}
    began = time.perf_counter()

    async def work(lane: Lane) -> None:
        async with Client(lane.url) as client:
            while waiting:
                number = waiting.pop()
                results[number] = await one.run(dialogues[number], lane, client)
                on_result(results[number])
                if stop_at_failure and not results[number].passed:
                    waiting.clear()

    await asyncio.gather(*(work(lane) for lane in lanes))
    return RunResult(tuple(results[n] for n in sorted(results)), time.perf_counter() - began)


def select(dialogues: Sequence[Dialogue], words: str) -> list[Dialogue]:
    """The dialogues whose file, title or tags hold every one of the words."""
    wanted = words.lower().split()

    def text(dialogue: Dialogue) -> str:
        return f"{dialogue.place.file} {dialogue.title} {' '.join(dialogue.tags)}".lower()

    return [d for d in dialogues if all(word in text(d) for word in wanted)]
