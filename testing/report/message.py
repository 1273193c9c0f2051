"""A chat message as a reader of a report sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Message = Mapping[str, Any]
SPEAKERS = {"shopper": "顾客", "bot": "导购", "agent": "客服", "system": "系统"}


def speaker(message: Message) -> str:
    return SPEAKERS.get(message.get("from", "bot"), "导购")


def cards(message: Message) -> tuple[Mapping[str, Any], ...]:
    """The products of a list or a cart, or the one that is shown in full."""
    data = message.get("data") or {}
    if "item" in data:
        return (data["item"],)
    return tuple(line.get("item", line) for line in data.get("items") or ())


def choices(message: Message) -> tuple[str, ...]:
    return tuple(str(choice.get("title", "")) for choice in message.get("choices") or ())
