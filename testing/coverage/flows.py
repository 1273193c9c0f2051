"""Rules and stories: what must happen, turn by turn, for one of them to have been exercised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from testing.running.results import TurnResult


@dataclass(frozen=True)
class Beat:
    """One turn: any of `intents` (none: whatever was said), then `actions` in this order."""

    intents: tuple[str, ...]
    actions: tuple[str, ...]

    def matches(self, turn: TurnResult) -> bool:
        said = turn.understanding.intent if turn.understanding else None
        if self.intents and said not in self.intents:
            return False
        ran = iter([step.action for step in turn.steps])
        return all(action in ran for action in self.actions)  # `in` uses up what it passes


@dataclass(frozen=True)
class Flow:
    """A rule or a story: beats that follow each other, one per turn."""

    name: str
    beats: tuple[Beat, ...]

    @classmethod
    def read(cls, name: str, steps: Sequence[Mapping[str, Any]]) -> Flow:
        return cls(name, tuple(_beats(steps)))

    def matches(self, turns: Sequence[TurnResult]) -> bool:
        """Whether consecutive turns somewhere in the conversation follow the beats."""
        length = len(self.beats)
        starts = range(len(turns) - length + 1)
        return length > 0 and any(
            all(map(Beat.matches, self.beats, turns[start : start + length])) for start in starts
        )


def _beats(steps: Sequence[Mapping[str, Any]]) -> Iterator[Beat]:
    """Every step of the user begins a turn; slots, loops and checkpoints are no step of anyone."""
    intents: tuple[str, ...] = ()
    actions: list[str] = []
    for step in steps:
        if {"intent", "or", "user"} & step.keys():
            if intents or actions:
                yield Beat(intents, tuple(actions))
            intents, actions = _intents(step), []
        elif step.get("action") not in (None, "action_listen"):
            actions.append(step["action"])
    if intents or actions:
        yield Beat(intents, tuple(actions))


def _intents(step: Mapping[str, Any]) -> tuple[str, ...]:
    choices = step.get("or", (step,))
    return tuple(choice["intent"] for choice in choices if "intent" in choice)
