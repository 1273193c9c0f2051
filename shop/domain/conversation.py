"""Conversations and their messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Sender(StrEnum):
    """Who said it."""

    BOT = "bot"
    AGENT = "agent"
    SHOPPER = "shopper"
    SYSTEM = "system"


@dataclass(frozen=True)
class Choice:
    """A quick reply: what the button shows and what pressing it says."""

    title: str
    value: str


@dataclass(frozen=True)
class Conversation:
    """One shopper's talk with the shop; `customer_id` is None for guests."""

    conversation_id: str
    customer_id: str | None
    started_at: datetime


@dataclass(frozen=True)
class Draft:
    """A message that is not stored yet; `reply_to` is the id of the message it answers."""

    sender: Sender
    type: str = "text"
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    reply_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Message(Draft):
    """A stored message; ids grow within a conversation."""

    id: str
    at: datetime
    client_id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The chat message of the contract."""
        return {
            "id": self.id,
            "from": self.sender.value,
            "type": self.type,
            "text": self.text,
            "data": dict(self.data),
            "choices": [{"title": c.title, "value": c.value} for c in self.choices],
            "at": self.at.isoformat(),
        }
