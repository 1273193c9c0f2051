"""Token buckets: how much one conversation or address may ask."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from web.refusals import RateLimited

_SWEEP_SECONDS = 60.0


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then `per_second`."""

    per_second: float
    burst: int


@dataclass
class _Bucket:
    tokens: float
    filled_at: float


class Limiter:
    """One bucket for each key; a bucket that is full again is forgotten."""

    def __init__(self, rate: Rate | None, clock: Callable[[], float] = time.monotonic) -> None:
        """Without a rate there is no limit."""
        self._rate = rate
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}
        self._swept_at = clock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str) -> None:
        """Raises RateLimited."""
        if self._rate is None:
            return
        now = self._clock()
        self._sweep(now, self._rate)
        bucket = self._buckets.setdefault(key, _Bucket(self._rate.burst, now))
        bucket.tokens, bucket.filled_at = _filled(bucket, now, self._rate), now
        if bucket.tokens < 1:
            raise RateLimited
        bucket.tokens -= 1

    def _sweep(self, now: float, rate: Rate) -> None:
        if now - self._swept_at < _SWEEP_SECONDS:
            return
        self._swept_at = now
        full = [k for k, b in self._buckets.items() if _filled(b, now, rate) >= rate.burst]
        for key in full:
            del self._buckets[key]


def _filled(bucket: _Bucket, now: float, rate: Rate) -> float:
    return min(rate.burst, bucket.tokens + (now - bucket.filled_at) * rate.per_second)
