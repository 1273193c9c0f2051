"""A circuit breaker: a system that fails again and again is left alone for a while."""

from collections.abc import Callable

Monotonic = Callable[[], float]


class Breaker:
    """Opens after `failures` in a row for `rest_s` seconds; then one call tries how things are."""

    def __init__(self, failures: int, rest_s: float, clock: Monotonic) -> None:
        self._limit = failures
        self._rest_s = rest_s
        self._clock = clock
        self._failed = 0
        self._closed_again_at = 0.0

    def allows(self) -> bool:
        """Whether to call; a call that is allowed while open is the one that tries."""
        if self._failed < self._limit:
            return True
        if self._clock() < self._closed_again_at:
            return False
        self._closed_again_at = self._clock() + self._rest_s
        return True

    def succeeded(self) -> None:
        self._failed = 0

    def failed(self) -> None:
        self._failed += 1
        if self._failed >= self._limit:
            self._closed_again_at = self._clock() + self._rest_s
