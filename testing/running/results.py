"""What happened: plain data that reports are made of, kept as JSON between commands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Understanding:
    """What Rasa made of a sentence. `ranking` holds (intent, confidence), the surest first."""

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Step:
    """One action that Rasa ran: who chose it, the slots it set, the responses it uttered."""

    action: str
    policy: str | None
    confidence: float | None
    slots: tuple[tuple[str, Any], ...]
    responses: tuple[str, ...]


@dataclass(frozen=True)
class TurnResult:
    """One turn: `said` as the shopper typed it, `messages` as the widget gets them.

    `failures` are sentences for people; empty means that everything expected was true. Without a
    look into Rasa (a live system) `understanding` is None and `steps` are empty.
    """

    line: int
    said: str
    messages: tuple[Mapping[str, Any], ...]
    seconds: float
    failures: tuple[str, ...]
    understanding: Understanding | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class DialogueResult:
    """One dialogue; `error` says why it could not be run to its end, where that is so."""

    file: str
    line: int
    title: str
    tags: tuple[str, ...]
    seconds: float
    turns: tuple[TurnResult, ...]
    error: str | None = None

    @property
    def passed(self) -> bool:
        return self.error is None and not any(turn.failures for turn in self.turns)


@dataclass(frozen=True)
class RunResult:
    """One run of many dialogues; `seconds` from the first turn to the last."""

    dialogues: tuple[DialogueResult, ...]
    seconds: float

    @property
    def failed(self) -> tuple[DialogueResult, ...]:
        return tuple(dialogue for dialogue in self.dialogues if not dialogue.passed)

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def read(cls, path: Path) -> RunResult:
        raw = json.loads(path.read_text("utf-8"))
        return cls(tuple(_dialogue(d) for d in raw["dialogues"]), raw["seconds"])


def _dialogue(raw: Mapping[str, Any]) -> DialogueResult:
    turns = tuple(_turn(turn) for turn in raw["turns"])
    return DialogueResult(**{**raw, "tags": tuple(raw["tags"]), "turns": turns})


def _turn(raw: Mapping[str, Any]) -> TurnResult:
    read = raw["understanding"]
    return TurnResult(
        **{
            **raw,
            "messages": tuple(raw["messages"]),
            "failures": tuple(raw["failures"]),
            "understanding": read and Understanding(**{**read, **_tuples(read)}),
            "steps": tuple(_step(step) for step in raw["steps"]),
        }
    )


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"ranking": _pairs(raw["ranking"]), "entities": tuple(raw["entities"])}


def _step(raw: Mapping[str, Any]) -> Step:
    return Step(**{**raw, "slots": _pairs(raw["slots"]), "responses": tuple(raw["responses"])})


def _pairs(raw: Sequence[Sequence[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((name, value) for name, value in raw)
