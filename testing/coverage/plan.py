"""coverage.yml: the states of a conversation, what must be possible in each, what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from testing.coverage.slots import Slots, filled

_NAMES = {"type": "array", "items": {"type": "string"}}
_STATE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "filled": _NAMES,
        "empty": _NAMES,
        "after": {"type": "string"},
    },
    "required": ["name"],
    "additionalProperties": False,
}
_SCHEMA = {
    "type": "object",
    "properties": {
        "states": {"type": "array", "items": _STATE},
        "transitions": {"type": "object", "additionalProperties": _NAMES},
        "ignore": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "string", "minLength": 1},
            },
        },
    },
    "additionalProperties": False,
}


class BadPlan(Exception):
    """coverage.yml says something that cannot be measured."""


@dataclass(frozen=True)
class State:
    """Where a conversation is: by its slots and, with `after`, by an action that ran earlier."""

    name: str
    filled: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    after: str | None = None

    def holds(self, slots: Slots, ran: AbstractSet[str]) -> bool:
        return (
            all(filled(slots.get(slot)) for slot in self.filled)
            and not any(filled(slots.get(slot)) for slot in self.empty)
            and (self.after is None or self.after in ran)
        )


@dataclass(frozen=True)
class Plan:
    """The first state that holds is the state; `ignore` gives a reason by kind and name."""

    states: tuple[State, ...] = ()
    transitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignore: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Plan:
        try:
            raw = yaml.safe_load(path.read_text("utf-8")) or {}
            jsonschema.validate(raw, _SCHEMA)
        except (OSError, yaml.YAMLError) as error:
            raise BadPlan(f"{path}: {error}") from error
        except jsonschema.ValidationError as error:
            raise BadPlan(f"{path}: {error.json_path}: {error.message}") from error
        return cls._of(raw, path)

    @classmethod
    def _of(cls, raw: Mapping[str, Any], path: Path) -> Plan:
        states = tuple(_state(state) for state in raw.get("states", ()))
        transitions = {name: tuple(to) for name, to in raw.get("transitions", {}).items()}
        unknown = transitions.keys() - {state.name for state in states}
        if unknown:
            raise BadPlan(f"{path}: transitions from no state: {', '.join(sorted(unknown))}")
        return cls(states, transitions, raw.get("ignore", {}))

    def state(self, slots: Slots, ran: AbstractSet[str]) -> str | None:
        return next((state.name for state in self.states if state.holds(slots, ran)), None)


def transition(state: str, action: str) -> str:
    """The name under which a report knows it."""
    return f"{state} → {action}"


def _state(raw: Mapping[str, Any]) -> State:
    lists = {key: tuple(raw[key]) for key in ("filled", "empty") if key in raw}
    return State(raw["name"], after=raw.get("after"), **lists)
