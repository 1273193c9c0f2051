"""Faults between domain, rules, responses and actions that `rasa data validate` lets pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from testing.conversation.model import Place
from testing.nlu.fault import Fault
from testing.nlu.nodes import compose, get, items, line, pairs

_RESPONSE = re.compile(r"utter_\w*")
# A form names its responses by its skill and an ending: utter_{self.skill}_done, or the code of a refusal.
_SKILL = re.compile(r'^    skill = "(\w+)"', re.MULTILINE)
_ENDING = re.compile(r'utter_\{[^}"]*\}_(\w+)|"(\w+)"')


def intents(root: Path) -> dict[str, Place]:
    """The intents of the domain and where they stand."""
    path = root / "domain.yml"
    found = {}
    for item in items(get(compose(path), "intents")):
        name = next((key for key, _ in pairs(item)), item)
        found[name.value] = Place(path, line(item))
    return found


def unruled(root: Path) -> Iterator[Fault]:
    """Intents that no rule or story answers."""
    ruled = {step.value for step in _steps(root, "intent")}
    for intent, place in intents(root).items():
        if intent not in ruled:
            yield Fault(place, f"no rule or story answers the intent {intent}")


def unused(root: Path) -> Iterator[Fault]:
    """Responses that no rule gives and no action names; utter_no_ in code stands for its endings."""
    named = {step.value for step in _steps(root, "action")}
    sources = [path.read_text("utf-8") for path in sorted((root / "actions").rglob("*.py"))]
    named |= {name for source in sources for name in _RESPONSE.findall(source)}
    named |= _of_skills("\n".join(sources))
    beginnings = tuple(name for name in named if name.endswith("_") and name != "utter_")
    for name, _, place in _responses(root):
        if name not in named and not name.startswith(beginnings):
            yield Fault(place, f"no rule and no action uses {name}")


def _of_skills(code: str) -> set[str]:
    """Every response that a form of the code may say by its skill and a word of the code."""
    endings = {either or word for either, word in _ENDING.findall(code)}
    return {f"utter_{skill}_{ending}" for skill in _SKILL.findall(code) for ending in endings}


def repeated(root: Path) -> Iterator[Fault]:
    """Wordings that stand twice, in one response or in two."""
    first: dict[str, tuple[str, Place]] = {}
    for name, variants, _ in _responses(root):
        for place, text in variants:
            seen, where = first.setdefault(text, (name, place))
            if where != place:
                message = f"{name} says the same as {seen} in {where.file.name}:{where.line}"
                yield Fault(place, f"{message}: {text!r}")


def _responses(root: Path) -> Iterator[tuple[str, list[tuple[Place, str]], Place]]:
    """(name, its variants, its place) of every response."""
    for path in (root / "domain.yml", *sorted((root / "data" / "responses").rglob("*.yml"))):
        for name, variants in pairs(get(compose(path), "responses")):
            texts = [get(variant, "text") for variant in items(variants)]
            found = [(Place(path, line(text)), text.value) for text in texts if text is not None]
            yield name.value, found, Place(path, line(name))


def _steps(root: Path, key: str) -> Iterator[yaml.Node]:
    """What the steps of rules and stories name under a key: intent or action."""
    for folder, section in (("rules", "rules"), ("stories", "stories")):
        for path in sorted((root / "data" / folder).rglob("*.yml")):
            for rule in items(get(compose(path), section)):
                for step in _flat(get(rule, "steps")):
                    if (value := get(step, key)) is not None:
                        yield value


def _flat(steps: yaml.Node | None) -> Iterator[yaml.Node]:
    """Steps, and the alternatives of an `or` among them."""
    for step in items(steps):
        yield step
        yield from items(get(step, "or"))
