"""A shopper waiting for a human."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Handoff:
    """An open request for a human agent; `queue_position` is 1 for the next one served."""

    handoff_id: str
    conversation_id: str
    reason: str
    requested_at: datetime
    queue_position: int
