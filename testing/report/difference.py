"""What each step of a dialogue changed in the slots, down to the single condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from testing.coverage.slots import Slots, after, changes, filled
from testing.report.text import value
from testing.running.results import DialogueResult, Step


@dataclass(frozen=True)
class Difference:
    """`frame.price_max`: — before, 3000 since."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class StepView:
    """A step and the differences it made."""

    step: Step
    differences: tuple[Difference, ...]


def steps_by_turn(dialogue: DialogueResult) -> tuple[tuple[StepView, ...], ...]:
    """For every turn its steps; slots begin empty and are carried from turn to turn."""
    slots: Slots = {}
    turns = []
    for turn in dialogue.turns:
        views = []
        for step in turn.steps:
            views.append(StepView(step, tuple(_differences(step, slots))))
            slots = after(step, slots)
        turns.append(tuple(views))
    return tuple(turns)


def _differences(step: Step, slots: Slots) -> Iterator[Difference]:
    for change in changes(step, slots):
        yield from _split(change.slot, change.old, change.new)


def _split(name: str, old: Any, new: Any) -> Iterator[Difference]:
    """A slot that holds a mapping differs key by key."""
    before, now = (part if filled(part) else {} for part in (old, new))
    if not (isinstance(before, Mapping) and isinstance(now, Mapping)):
        yield Difference(name, value(old), value(new))
        return
    for key in dict.fromkeys([*before, *now]):
        pair = value(before.get(key)), value(now.get(key))
        if pair[0] != pair[1]:
            yield Difference(f"{name}.{key}", *pair)
