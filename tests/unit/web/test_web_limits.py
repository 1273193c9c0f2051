"""Token buckets."""

import pytest

from web.limits import Limiter, Rate
from web.refusals import RateLimited


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(limiter: Limiter, key: str = "a") -> int:
    """How many go through before one is refused."""
    for count in range(1000):
        try:
            limiter.take(key)
        except RateLimited:
            return count
    raise AssertionError("no limit")


def test_a_burst_then_a_rate() -> None:
    clock = Clock()
    limiter = Limiter(Rate(per_second=2, burst=5), clock)
    assert taken(limiter) == 5
    clock.now += 1.5
    assert taken(limiter) == 3
    clock.now += 3600
    assert taken(limiter) == 5


def test_keys_do_not_share() -> None:
    limiter = Limiter(Rate(per_second=1, burst=2), Clock())
    assert taken(limiter, "a") == taken(limiter, "b") == 2


def test_full_buckets_are_forgotten() -> None:
    clock = Clock()
    limiter = Limiter(Rate(per_second=1, burst=100), clock)
    for number in range(50):
        limiter.take(str(number))
    clock.now += 55
    for _ in range(90):
        limiter.take("busy")
    clock.now += 6
    limiter.take("new")
    assert len(limiter) == 2
    for _ in range(16):
        limiter.take("busy")
    with pytest.raises(RateLimited):
        limiter.take("busy")


def test_without_a_rate_there_is_no_limit() -> None:
    limiter = Limiter(None)
    for _ in range(1000):
        limiter.take("a")
    assert len(limiter) == 0
