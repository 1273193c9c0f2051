"""What an action needs to know of the conversation, read from the tracker once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.frame import Frame, dislikes
from recsys.client import BadRequest, RecommenderClient, RecommenderUnavailable

BATCHES = 5
PAST = 8
Batch = tuple[str, ...]
Past = dict[str, Any]


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
    counts: str | None = None
    absent: str | None = None
    recipient: bool = False
    wishes: tuple[Frame, ...] = ()
    body: dict[str, Any] = field(default_factory=dict)
    size: str | None = None
    sizing: str | None = None
    budget: dict[str, float] | None = None
    named: tuple[tuple[str, ...], ...] = ()
    leaning: str | None = None
    part: str | None = None
    offers: bool = False
    cart: bool = False
    narrows: bool = False
    head: str | None = None
    judges: bool = False

    @property
    def says_something(self) -> bool:
        said = (self.constraints, self.sort, self.relative, self.lifted, self.budget)
        return any(map(bool, said))

    @property
    def names_a_product(self) -> bool:
        """A category or a brand; free text alone may be anything."""
        return bool(self.constraints.get("category") or self.constraints.get("brands"))

    @property
    def looks_for_something(self) -> bool:
        """Goods or words for them; 第二个 and 它 are none."""
        return self.names_a_product or bool(self.absent or self.constraints.get("need"))

    @property
    def names_a_price(self) -> bool:
        return bool({"price_min", "price_max"} & self.constraints.keys())


@dataclass(frozen=True)
class Turn:
    """The sentence and the slots. `shown` holds the SKUs of each list, newest last.

    `sort` is the order of the newest list, None for the recommender's own. `past` holds the frames that were left, each
    with its sort, newest last; `pending` what the bot waits for; `clarified` how many questions were asked in this search.
    `body` is what is known of who will wear it: measure -> value. `spoken` are the SKUs spoken of, newest last, `question`
    what was asked of the last one (actions/forward.py). `desk` is what is remembered of after-sale talk (actions/desk/memory.py).
    `told` is the turn as the tracker told it, however it is read since.
    """

    conversation_id: str
    text: str
    reading: Reading
    frame: Frame
    sort: str | None
    shown: tuple[Batch, ...]
    focus: str | None
    pending: dict[str, Any] | None = None
    past: tuple[Past, ...] = ()
    clarified: int = 0
    body: dict[str, float] = field(default_factory=dict)
    spoken: Batch = ()
    question: dict[str, Any] | None = None
    desk: dict[str, Any] = field(default_factory=dict)
    told: Turn | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        turn = cls(
            conversation_id=tracker.sender_id,
            text=tracker.latest_message.get("text") or "",
            reading=_reading(next(tracker.get_latest_entity_values("query"), None)),
            frame=tracker.get_slot("frame") or {},
            sort=tracker.get_slot("sort"),
            shown=tuple(tuple(batch) for batch in tracker.get_slot("shown") or ()),
            focus=tracker.get_slot("focus"),
            past=tuple(tracker.get_slot("past") or ()),
            pending=tracker.get_slot("pending"),
            clarified=int(tracker.get_slot("clarified") or 0),
            body=tracker.get_slot("body") or {},
            spoken=tuple(tracker.get_slot("spoken") or ()),
            question=tracker.get_slot("question"),
            desk=tracker.get_slot("desk") or {},
        )
        return replace(turn, told=turn)

    @property
    def latest(self) -> Batch:
        """The list that 第二个 refers to."""
        return self.shown[-1] if self.shown else ()

    def afresh(self) -> Turn:
        """The same sentence, said before any other search."""
        return self.having(dislikes(self.frame), None)

    def having(self, frame: Frame, sort: str | None) -> Turn:
        """With other conditions; those that are left are remembered."""
        left = {"frame": self.frame, "sort": self.sort}
        past = self.past
        if self.frame and frame != self.frame:
            past = (*past, left)[-PAST:]
        anew = frame.get("category") != self.frame.get("category")
        clarified = 0 if anew else self.clarified
        return replace(self, frame=frame, sort=sort, past=past, clarified=clarified)

    def having_shown(self, frame: Frame, skus: Batch, sort: str | None) -> Turn:
        """After a list; one product alone is what 它 means."""
        shown = (*self.shown, skus)[-BATCHES:]
        focus = skus[0] if len(skus) == 1 else None
        return replace(self.having(frame, sort), shown=shown, focus=focus)

    def without_need(self) -> Turn:
        """The same sentence without its free words: those of 换一批 describe no product."""
        constraints = {k: v for k, v in self.reading.constraints.items() if k != "need"}
        return replace(self, reading=replace(self.reading, constraints=constraints))

    def after_showing(self, frame: Frame, skus: Batch, sort: str | None) -> list[EventType]:
        """Slots after a list was shown."""
        return self.changes_to(self.having_shown(frame, skus, sort), always=_OF_A_LIST)

    def after_asking(self, frame: Frame) -> list[EventType]:
        """Slots when the conditions changed and there is nothing new to show."""
        return self.changes_to(self.having(frame, self.sort), always=("frame",))

    def changes_to(self, later: Turn, always: Sequence[str] = ()) -> list[EventType]:
        """The slots of `later` that are not as the tracker has them, and those that are set in any case."""
        before = self.told or self
        return [
            SlotSet(name, _plain(getattr(later, name)))
            for name in _SLOTS
            if name in always or getattr(later, name) != getattr(before, name)
        ]


async def read_in_context(
    tracker: Tracker, recommender: RecommenderClient, category: str | None
) -> None:
    """Read the sentence by the category that is talked of; whoever asks the tracker from now on gets this reading."""
    message = tracker.latest_message
    if not category or not message.get("text"):
        return
    try:
        reading = await recommender.understand(message["text"], category)
    except (RecommenderUnavailable, BadRequest):
        return  # what the sentence says by itself is true as well
    others = [e for e in message.get("entities", ()) if e["entity"] != "query"]
    entities = [*others, {"entity": "query", "value": reading}]
    tracker.latest_message = {**message, "entities": entities}


_OF_A_LIST = ("frame", "sort", "shown", "focus")
_SLOTS = (*_OF_A_LIST, "past", "pending", "clarified")


def _plain(value: Any) -> Any:
    """As a tracker keeps it: lists for tuples."""
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


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
        counts=value.get("counts"),
        absent=value.get("absent"),
        recipient=value.get("recipient", False),
        wishes=tuple(value.get("wishes", ())),
        body=value.get("body", {}),
        size=value.get("size"),
        sizing=value.get("sizing"),
        budget=value.get("budget"),
        leaning=value.get("leaning"),
        part=value.get("part"),
        offers=value.get("offers", False),
        cart=value.get("cart", False),
        narrows=value.get("narrows", False),
        head=value.get("head"),
        judges=value.get("judges", False),
        named=tuple(map(tuple, value.get("named", ()))),
    )
