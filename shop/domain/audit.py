"""The log of changes: who did what to what, why and when; ids and stable words only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Change:
    """One thing that moved from one state to another; `before` None: it is new."""

    subject: str
    before: str | None
    after: str


@dataclass(frozen=True)
class AuditEntry:
    """A change, and the operation that it belongs to. `actor` is `customer:…`, `guest:…`, `agent:…`."""

    audit_id: str
    operation_id: str
    operation: str
    actor: str
    change: Change
    reason: str
    at: datetime
