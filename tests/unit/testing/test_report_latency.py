from __future__ import annotations

import pytest

from testing.report.histogram import FLOOR, TOP, WIDTH, histogram
from testing.report.latency import Latency, latency, percentile, slowest
from testing.running.results import DialogueResult, RunResult, TurnResult


def run(*times: float) -> RunResult:
    turns = tuple(TurnResult(1, str(time), (), time, ()) for time in times)
    return RunResult((DialogueResult("a.yml", 1, "a", (), 1, turns),), 1)


def measured(*times: float) -> Latency:
    result = latency(run(*times))
    assert result is not None
    return result


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2), (0.95, 4), (0.25, 1), (0.0, 1)])
def test_a_percentile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert percentile([1, 2, 3, 4], share) == expected


def test_every_turn_falls_into_one_bin_of_a_round_width() -> None:
    times = measured(0.1, 0.12, 0.39, 0.4, 1.0)
    assert times.bins[1].low == pytest.approx(0.05)
    counts = {round(bin_.low, 3): bin_.count for bin_ in times.bins if bin_.count}
    assert sum(counts.values()) == 5
    assert counts[1.0] == 1
    assert len(times.bins) == 21


def test_a_run_without_a_turn_took_no_time() -> None:
    assert latency(RunResult((), 0)) is None


def test_answers_that_took_no_time_at_all_can_be_drawn() -> None:
    (bar,) = histogram(measured(0.0, 0.0)).bars
    assert bar.height == FLOOR - TOP


def test_the_slowest_turns_come_first() -> None:
    assert [turn.seconds for _, turn in slowest(run(0.1, 0.9, 0.5), 2)] == [0.9, 0.5]


def test_the_picture_is_to_scale() -> None:
    picture = histogram(measured(0.0001, 0.0001, 0.0011, 0.0031))
    assert [bar.height for bar in picture.bars] == [126, 63, 0, 63]
    assert [mark.x for mark in picture.percentiles] == pytest.approx(
        [0.0001 / 0.004 * WIDTH, 0.0031 / 0.004 * WIDTH]
    )
    assert [tick.label for tick in picture.ticks] == ["0", "1 毫秒", "2 毫秒", "3 毫秒"]
