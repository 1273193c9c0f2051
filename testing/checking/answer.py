"""What came back for one turn, and what was shown before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from testing.running.results import Step, Understanding

Message = Mapping[str, Any]
Card = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Answer:
    """`lists` are the lists of cards shown before, newest last; `tables` those that a check names.

    `slots`, `understanding` and `tables` are None where one cannot look inside (a live system);
    what is expected of them is then not checked.
    """

    messages: tuple[Message, ...]
    seconds: float
    lists: tuple[tuple[Card, ...], ...] = ()
    understanding: Understanding | None = None
    steps: tuple[Step, ...] = ()
    slots: Mapping[str, Any] | None = None
    tables: Mapping[str, Rows] | None = None
    status: int | None = None
    body: Any = field(default=None, repr=False)

    @property
    def last(self) -> Message:
        return self.messages[-1] if self.messages else {}

    @property
    def cards(self) -> tuple[Card, ...]:
        return cards(self.last)

    @property
    def data(self) -> Any:
        """Of the last message, or of a call its body."""
        return self.body if self.status is not None else self.last.get("data", {})


def cards(message: Message) -> tuple[Card, ...]:
    """The cards of a message that shows a list; the lines of a cart are none."""
    return tuple(item for item in message.get("data", {}).get("items", ()) if "sku" in item)


def lines(message: Message) -> tuple[str, ...]:
    """The words of a cart and of a price."""
    data = message.get("data", {})
    goods = [line["item"]["title"] for line in data.get("items", ()) if "item" in line]
    told = [*data.get("discounts", ()), *data.get("lines", ()), *data.get("unused", ())]
    told += [data["freight"]] if data.get("freight") else []
    rows = [row for row in told if isinstance(row, dict)]
    return (*goods, *(text for row in rows for text in row.values() if isinstance(text, str)))
