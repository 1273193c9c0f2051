"""Runs many dialogues at once, one at a time in each lane."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from operator import itemgetter

from testing.conversation.model import Dialogue
from testing.running import dialogue as one
from testing.running.client import Client
from testing.running.crowd import Enough, crowd
from testing.running.lane import Lane
from testing.running.results import DialogueResult, RunResult

OnResult = Callable[[DialogueResult], None]


async def run(
    dialogues: Sequence[Dialogue],
    lanes: Sequence[Lane],
    on_result: OnResult = lambda _: None,
    stop_at_failure: bool = False,
) -> RunResult:
    """All dialogues, or those begun before one failed; the results in the dialogues' order."""

    def tell(found: tuple[int, DialogueResult]) -> None:
        on_result(found[1])
        if stop_at_failure and not found[1].passed:
            raise Enough

    async def talk(number: int, lane: Lane, client: Client) -> tuple[int, DialogueResult]:
        return number, await one.run(dialogues[number], lane, client)

    # The longest first, so that no lane is left with a long one at the end.
    order = sorted(range(len(dialogues)), key=lambda n: -len(dialogues[n].turns))
    began = time.perf_counter()
    results = await crowd(lanes, order, talk, tell)
    seconds = time.perf_counter() - began
    return RunResult(tuple(result for _, result in sorted(results, key=itemgetter(0))), seconds)


def select(dialogues: Sequence[Dialogue], words: str) -> list[Dialogue]:
    """The dialogues whose file, title or tags hold every one of the words."""
    wanted = words.lower().split()

    def text(dialogue: Dialogue) -> str:
        return f"{dialogue.place.file} {dialogue.title} {' '.join(dialogue.tags)}".lower()

    return [d for d in dialogues if all(word in text(d) for word in wanted)]
