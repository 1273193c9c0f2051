"""What the slots of a conversation hold, one change after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from testing.running.results import Step

Slots = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One slot that holds something else than before."""

    slot: str
    old: Any
    new: Any

    @property
    def kind(self) -> str:
        """`set` from nothing to something, `cleared` the other way, else `changed`."""
        if not filled(self.old):
            return "set"
        return "changed" if filled(self.new) else "cleared"


def filled(value: Any) -> bool:
    """Whether a slot holds anything: False and 0 are answers, an empty list is none."""
    return value is not None and value not in ("", [], {}, ())


def changes(step: Step, before: Slots) -> Iterator[Change]:
    """What `step` made different; None instead of {} is no difference."""
    for slot, new in dict(step.slots).items():
        old = before.get(slot)
        if old != new and (filled(old) or filled(new)):
            yield Change(slot, old, new)


def after(step: Step, before: Slots) -> Slots:
    return {**before, **dict(step.slots)}
