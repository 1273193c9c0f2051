"""The geometry of the picture that shows how long answers took."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from testing.report.latency import Bin, Latency
from testing.report.text import seconds

WIDTH, HEIGHT = 720.0, 190.0
TOP, FLOOR = 34.0, 160.0
GAP = 2.0
TICKS = 6


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A position on the time axis with its words, which begin or end there."""

    x: float
    y: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Histogram:
    """Everything that a template needs to draw, in units of the picture."""

    bars: tuple[Bar, ...]
    ticks: tuple[Mark, ...]
    percentiles: tuple[Mark, ...]
    width: float = WIDTH
    height: float = HEIGHT
    top: float = TOP
    floor: float = FLOOR


def histogram(times: Latency) -> Histogram:
    end = times.bins[-1].high
    step = WIDTH / len(times.bins)
    most = max(bin_.count for bin_ in times.bins)
    bars = []
    for place, bin_ in enumerate(times.bins):
        tall = (FLOOR - TOP) * bin_.count / most
        label = f"{seconds(bin_.low)} 到 {seconds(bin_.high)}：{bin_.count} 轮"
        bars.append(Bar(place * step + GAP / 2, FLOOR - tall, step - GAP, tall, label))
    return Histogram(
        bars=tuple(bars),
        ticks=tuple(_ticks(times.bins)),
        percentiles=_percentiles(times, end),
    )


def _ticks(bins: tuple[Bin, ...]) -> Iterator[Mark]:
    """Where every so many bins begin, for those are round numbers."""
    every = math.ceil(len(bins) / TICKS)
    for place in range(0, len(bins), every):
        x = place * WIDTH / len(bins)
        label = seconds(bins[place].low) if place else "0"
        yield Mark(x, FLOOR + 18, label, "middle" if place else "start")


def _percentiles(times: Latency, end: float) -> tuple[Mark, ...]:
    """Two lines, their words one above the other, for the lines may stand side by side."""
    pairs = (("p50", times.p50), ("p95", times.p95))
    return tuple(
        _percentile(f"{name} {seconds(time)}", time / end * WIDTH, row)
        for row, (name, time) in enumerate(pairs)
    )


def _percentile(label: str, x: float, row: int) -> Mark:
    return Mark(x, 12.0 + 15 * row, label, "end" if x > WIDTH / 2 else "start")
