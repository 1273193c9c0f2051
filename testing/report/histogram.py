"""The geometry of the picture that shows how long answers took."""

from __future__ import annotations

from dataclasses import dataclass

from testing.report.latency import Latency
from testing.report.text import seconds

WIDTH, HEIGHT = 720.0, 190.0
TOP, FLOOR = 34.0, 160.0
GAP = 2.0
TICKS = 5


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
        ticks=tuple(_tick(part, end) for part in range(TICKS)),
        percentiles=_percentiles(times, end),
    )


def _tick(part: int, end: float) -> Mark:
    share = part / (TICKS - 1)
    anchor = {0: "start", TICKS - 1: "end"}.get(part, "middle")
    return Mark(share * WIDTH, FLOOR + 18, seconds(share * end) if part else "0", anchor)


def _percentiles(times: Latency, end: float) -> tuple[Mark, ...]:
    """Two lines, their words one above the other, for the lines may stand side by side."""
    pairs = (("p50", times.p50), ("p95", times.p95))
    return tuple(
        _percentile(f"{name} {seconds(time)}", time / end * WIDTH, row)
        for row, (name, time) in enumerate(pairs)
    )


def _percentile(label: str, x: float, row: int) -> Mark:
    return Mark(x, 12.0 + 15 * row, label, "end" if x > WIDTH / 2 else "start")
