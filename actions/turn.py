"""What an action needs to know of the conversation, read from the tracker once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.frame import Frame, dislikes

BATCHES = 5
Batch = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The `query` entity: what recsys.query understood of the sentence."""

    constraints: Frame = field(default_factory=dict)
    sort: str | None = None
    relative: str | None = None
    ordinals: tuple[int, ...] = ()
    allowed: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    reference: dict[str, Any] = field(default_factory=dict)
    quantity: int | None = None
    alone: int | None = None
    edit: str | None = None
    whole: bool = False
    asks: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.constraints or self.sort or self.relative or self.lifted)

    @property
    def names_a_product(self) -> bool:
        """A category or a brand; free text alone may be anything."""
        return bool(self.constraints.get("category") or self.constraints.get("brands"))

    @property
    def names_a_price(self) -> bool:
        return bool({"price_min", "price_max"} & self.constraints.keys())


@dataclass(frozen=True)
class Turn:
    """The sentence and the slots. `shown` holds the SKUs of each list, newest last.

    `sort` is the order of the newest list, None for the recommender's own.
    """

    conversation_id: str
    text: str
    reading: Reading
    frame: Frame
    sort: str | None
    shown: tuple[Batch, ...]
    focus: str | None
    pending: dict[str, Any] | None = None

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        return cls(
            conversation_id=tracker.sender_id,
            text=tracker.latest_message.get("text") or "",
            reading=_reading(next(tracker.get_latest_entity_values("query"), None)),
            frame=tracker.get_slot("frame") or {},
            sort=tracker.get_slot("sort"),
            shown=tuple(tuple(batch) for batch in tracker.get_slot("shown") or ()),
            focus=tracker.get_slot("focus"),
            pending=tracker.get_slot("pending"),
        )

    @property
    def latest(self) -> Batch:
        """The list that 第二个 refers to."""
        return self.shown[-1] if self.shown else ()

    def afresh(self) -> Turn:
        """The same sentence, said before any other search."""
        return replace(self, frame=dislikes(self.frame), sort=None)

    def without_need(self) -> Turn:
        """The same sentence without its free words: those of 换一批 describe no product."""
        constraints = {k: v for k, v in self.reading.constraints.items() if k != "need"}
        return replace(self, reading=replace(self.reading, constraints=constraints))

    def after_showing(self, frame: Frame, skus: Batch, sort: str | None) -> list[EventType]:
        """Slots after a list was shown; one product alone is what 它 means."""
        shown = [list(batch) for batch in (*self.shown, skus)][-BATCHES:]
        focus = skus[0] if len(skus) == 1 else None
        slots = {"frame": frame, "sort": sort, "shown": shown, "focus": focus}
        return [SlotSet(name, value) for name, value in slots.items()]


def _reading(value: dict[str, Any] | None) -> Reading:
    if value is None:
        return Reading()
    return Reading(
        constraints=value["constraints"],
        sort=value["sort"],
        relative=value["relative"],
        ordinals=tuple(value["ordinals"]),
        allowed=tuple(value["allowed"]),
        lifted=tuple(value["lifted"]),
        asked=tuple(value["asked"]),
        reference=value["reference"],
        quantity=value.get("quantity"),
        alone=value.get("alone"),
        edit=value.get("edit"),
        whole=value.get("whole", False),
        asks=value.get("asks", False),
    )
