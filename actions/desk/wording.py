"""Facts of the desk as they are said: moments in the shop's time, yuan without empty cents, refusals by their code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from actions.desk.talk import Talk
from actions.reply import yuan

_MOMENTS = frozenset({"until", "promised_at", "last_at"})
_YUAN = frozenset({"amount", "difference", "price", "paid", "today"})


def told(talk: Talk, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts for a response: `until` 5月3日 23:59, `amount` 59.9; what is None is left out."""
    return {name: _told(talk, name, fact) for name, fact in facts.items() if fact is not None}


def moment(talk: Talk, value: datetime) -> str:
    """5月3日 18:05, in the shop's time."""
    local = talk.local(value)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _told(talk: Talk, name: str, fact: Any) -> Any:
    if name in _MOMENTS and isinstance(fact, str):
        return moment(talk, datetime.fromisoformat(fact))
    if name in _YUAN and not isinstance(fact, bool):
        return yuan(Decimal(str(fact)))
    return fact


def outcome(talk: Talk, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a receipt holds: the fields of its ticket and its refund side by side, and the order's new state."""
    facts: dict[str, Any] = {"order_status": said.get("order_status")}
    for part in ("invoice", "refund", "ticket"):
        facts |= said.get(part) or {}
    return told(talk, facts)
