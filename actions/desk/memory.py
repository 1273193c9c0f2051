"""What is remembered of after-sale talk between turns: the slot `desk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet

CONFIRM = "confirm"
# A case of which the shopper has not spoken for so many turns waits until it is named again.
PATIENCE = 3


@dataclass(frozen=True)
class Case:
    """A form in hand. `action` fills it; `known` are JSON values by field; `asked` is the field that was asked
    for last, or `confirm`, and then `operation_id` is what would be confirmed. `strayed`: turns since then that
    were about something else; `missed`: answers in a row that were none."""

    action: str
    known: Mapping[str, Any] = field(default_factory=dict)
    asked: str | None = None
    operation_id: str | None = None
    strayed: int = 0
    missed: int = 0

    @property
    def waits(self) -> bool:
        """Whether the next sentence may be an answer."""
        return self.strayed < PATIENCE


@dataclass(frozen=True)
class Memory:
    """`order_no`: the order spoken of last; `listed`: the orders shown last; `parked`: a form that was
    interrupted by a question of another skill."""

    order_no: str | None = None
    listed: tuple[str, ...] = ()
    case: Case | None = None
    parked: Case | None = None

    @classmethod
    def of(cls, slot: Mapping[str, Any] | None) -> Memory:
        said = slot or {}
        return cls(
            said.get("order_no"),
            tuple(said.get("listed", ())),
            _case(said.get("case")),
            _case(said.get("parked")),
        )

    def event(self) -> EventType:
        """The slot as it is from now on."""
        return SlotSet("desk", asdict(self) | {"listed": list(self.listed)})


def latest(events: Sequence[EventType], before: Mapping[str, Any] | None) -> Memory:
    """What is remembered after the events."""
    slots = [event["value"] for event in events if event.get("name") == "desk"]
    return Memory.of(slots[-1] if slots else before)


def patched(events: Sequence[EventType], **changes: Any) -> list[EventType]:
    """The events, and the open case they leave behind changed; without one as they are."""
    memory = latest(events, None)
    if memory.case is None:
        return list(events)
    return [*events, replace(memory, case=replace(memory.case, **changes)).event()]


def _case(said: Mapping[str, Any] | None) -> Case | None:
    return Case(**said) if said else None
