"""Operations between the question and their effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shop.domain.command import Command
from shop.domain.requester import Requester


class PendingState(StrEnum):
    """proposed -> confirmed -> done | refused; proposed -> declined."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DONE = "done"
    REFUSED = "refused"
    DECLINED = "declined"


@dataclass(frozen=True)
class Pending:
    """Who asked for what. `facts`: what they were told and agreed to; None: nothing was told."""

    operation_id: str
    requester: Requester
    command: Command
    facts: Mapping[str, Any] | None
    state: PendingState
    created_at: datetime
    attempts: int = 0
    refusal: Mapping[str, Any] | None = None
