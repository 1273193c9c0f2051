"""What time it is for the shop."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The real time, in UTC; tests pass a clock of their own."""
    return datetime.now(UTC)
