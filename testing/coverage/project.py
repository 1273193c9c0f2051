"""What a Rasa project can do, read from its files: everything that tests could exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from testing.coverage.flows import Flow

FOLDERS = ("data/rules", "data/stories", "data/responses")
DEFAULT_ACTIONS = frozenset(
    {
        "action_back",
        "action_deactivate_loop",
        "action_default_ask_affirmation",
        "action_default_ask_rephrase",
        "action_default_fallback",
        "action_extract_slots",
        "action_listen",
        "action_restart",
        "action_revert_fallback_events",
        "action_send_text",
        "action_session_start",
        "action_two_stage_fallback",
        "action_unlikely_intent",
        "action_validate_slot_mappings",
    }
)


class UnreadableProject(Exception):
    """A file of the project is missing or is not YAML as Rasa writes it."""


@dataclass(frozen=True)
class Project:
    """Names of everything; `slots` with what they hold at first, `forms` with the slots they ask."""

    intents: tuple[str, ...]
    rules: tuple[Flow, ...]
    stories: tuple[Flow, ...]
    responses: tuple[str, ...]
    actions: tuple[str, ...]
    slots: Mapping[str, Any]
    forms: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, root: Path) -> Project:
        """`domain.yml` and what lies under data/rules, data/stories and data/responses."""
        domain = _load(root / "domain.yml")
        files = [domain, *_files(root)]
        rules = tuple(_flows(files, "rules", "rule"))
        stories = tuple(_flows(files, "stories", "story"))
        return cls(
            intents=_unique([*map(_name, domain.get("intents") or ()), *_said(rules + stories)]),
            rules=rules,
            stories=stories,
            responses=_unique(name for file in files for name in file.get("responses") or ()),
            actions=_unique(_custom(map(_name, domain.get("actions") or ()))),
            slots=_slots(domain.get("slots") or {}),
            forms=_forms(domain.get("forms") or {}),
        )


def _load(path: Path) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableProject(f"{path}: {error}") from error
    if not isinstance(content, Mapping):
        raise UnreadableProject(f"{path}: no mapping of names to values")
    return content


def _files(root: Path) -> Iterator[Mapping[str, Any]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.yml")):
            yield _load(path)


def _flows(files: Iterable[Mapping[str, Any]], key: str, name: str) -> Iterator[Flow]:
    for file in files:
        for flow in file.get(key) or ():
            yield Flow.read(flow[name], flow["steps"])


def _said(flows: Iterable[Flow]) -> Iterator[str]:
    """Intents that no domain lists, as nlu_fallback, but that a rule answers."""
    return (intent for flow in flows for beat in flow.beats for intent in beat.intents)


def _custom(actions: Iterable[str]) -> Iterator[str]:
    """An utter_ among the actions is a response, a default action is Rasa's."""
    return (a for a in actions if not a.startswith("utter_") and a not in DEFAULT_ACTIONS)


def _slots(slots: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: (slot or {}).get("initial_value") for name, slot in slots.items()}


def _forms(forms: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple((form or {}).get("required_slots") or ()) for name, form in forms.items()}


def _name(entry: str | Mapping[str, Any]) -> str:
    """Rasa writes `greet` or `greet: {use_entities: []}`."""
    return entry if isinstance(entry, str) else next(iter(entry))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
