"""What customers say of goods, and of how they were served."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.domain.refusal import BadRating

MARKS = range(1, 6)


@dataclass(frozen=True)
class Review:
    """Of one line of an order."""

    order_no: str
    line: int
    stars: int
    text: str
    at: datetime


@dataclass(frozen=True)
class Satisfaction:
    """Of one conversation; `score` None: the shopper would rather not say."""

    conversation_id: str
    score: int | None
    at: datetime

    def to_json(self) -> dict[str, Any]:
        return {"score": self.score, "at": self.at.isoformat()}


def check_mark(mark: int) -> int:
    """Raises BadRating."""
    if mark not in MARKS:
        raise BadRating
    return mark
