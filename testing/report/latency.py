"""How long shoppers waited for answers in a run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from testing.running.results import DialogueResult, RunResult, TurnResult

BINS = 24


@dataclass(frozen=True)
class Bin:
    """Turns that took at least `low` and less than `high` seconds."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Latency:
    """Times of all turns of a run, in seconds."""

    count: int
    p50: float
    p95: float
    longest: float
    bins: tuple[Bin, ...]


def latency(run: RunResult) -> Latency | None:
    """None for a run without a turn."""
    times = sorted(turn.seconds for dialogue in run.dialogues for turn in dialogue.turns)
    if not times:
        return None
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    return Latency(len(times), p50, p95, times[-1], tuple(_bins(times)))


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest rank: the smallest value that so large a share does not exceed."""
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def slowest(run: RunResult, count: int) -> list[tuple[DialogueResult, TurnResult]]:
    turns = [(dialogue, turn) for dialogue in run.dialogues for turn in dialogue.turns]
    return sorted(turns, key=lambda pair: -pair[1].seconds)[:count]


def _bins(times: Sequence[float]) -> list[Bin]:
    """From 0 on, all of the same width, a round number."""
    step = _round_width(times[-1])
    counts = [0] * (math.floor(times[-1] / step) + 1)
    for time in times:
        counts[math.floor(time / step)] += 1
    return [Bin(i * step, (i + 1) * step, count) for i, count in enumerate(counts)]


def _round_width(longest: float) -> float:
    """The least of 1, 2, 5, 10, 20, 50 … ms that needs no more than BINS bins."""
    power = 0.001
    while True:
        for factor in (1, 2, 5):
            if longest / (factor * power) < BINS:
                return factor * power
        power *= 10
