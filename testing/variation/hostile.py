"""Hostile inputs and hostile shoppers, read from files written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from testing.conversation.model import Place


class BadMaterial(ValueError):
    """A file that does not follow its format; the message begins with file:line."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True)
class Injection:
    """One hostile message."""

    place: Place
    group: str
    text: str


@dataclass(frozen=True)
class Persona:
    """A hostile shopper. `forbidden` are regular expressions that no answer may match."""

    place: Place
    name: str
    says: tuple[str, ...]
    forbidden: tuple[str, ...]
    customer: str | None = None

    def betrayed(self, answer: str) -> tuple[str, ...]:
        """What `answer` holds that it must not: the texts that were found."""
        found = (re.search(pattern, answer) for pattern in self.forbidden)
        return tuple(match.group() for match in found if match)


def injections(path: Path) -> tuple[Injection, ...]:
    """All inputs of a file, groups in order; raises BadMaterial."""
    found: list[Injection] = []
    for group in _list(path, _root(path)):
        parts = _mapping(path, group, required=("group", "inputs"))
        name = _text(path, parts["group"])
        for node in _list(path, parts["inputs"]):
            found.append(Injection(_place(path, node), name, _repeated(path, node)))
    return tuple(found)


def personas(path: Path) -> tuple[Persona, ...]:
    """All shoppers of a file; raises BadMaterial."""
    read = tuple(_persona(path, node) for node in _list(path, _root(path)))
    for index, persona in enumerate(read):
        if persona.name in {other.name for other in read[:index]}:
            raise BadMaterial(persona.place, f"a second persona named {persona.name!r}")
    return read


def _persona(path: Path, node: Node) -> Persona:
    parts = _mapping(path, node, ("name", "says", "forbidden"), ("customer",))
    return Persona(
        _place(path, node),
        _text(path, parts["name"]),
        tuple(_text(path, item) for item in _list(path, parts["says"])),
        tuple(_forbidden(path, parts["forbidden"])),
        _text(path, parts["customer"]) if "customer" in parts else None,
    )


def _forbidden(path: Path, node: Node) -> Iterator[str]:
    """A text stands for itself, {regex: …} for what it matches; lists may hold shared lists."""
    for item in _list(path, node):
        if isinstance(item, SequenceNode):
            yield from _forbidden(path, item)
        elif isinstance(item, MappingNode):
            yield _regex(path, _mapping(path, item, required=("regex",))["regex"])
        else:
            yield re.escape(_text(path, item))


def _regex(path: Path, node: Node) -> str:
    try:
        return re.compile(_text(path, node)).pattern
    except re.error as problem:
        raise BadMaterial(_place(path, node), f"no regular expression: {problem}") from problem


def _repeated(path: Path, node: Node) -> str:
    if not isinstance(node, MappingNode):
        return _text(path, node)
    parts = _mapping(path, node, required=("text", "repeat"))
    times = _text(path, parts["repeat"])
    if not times.isascii() or not times.isdigit() or int(times) < 1:
        raise BadMaterial(_place(path, parts["repeat"]), "repeat: a number from 1 on is wanted")
    return _text(path, parts["text"]) * int(times)


def _root(path: Path) -> Node:
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise BadMaterial(Place(path, line), str(problem.problem)) from problem
    if root is None:
        raise BadMaterial(Place(path, 1), "the file is empty")
    return root


def _list(path: Path, node: Node) -> Sequence[Node]:
    if not isinstance(node, SequenceNode) or not node.value:
        raise BadMaterial(_place(path, node), "a list with something in it is wanted")
    items: list[Node] = node.value
    return items


def _mapping(
    path: Path, node: Node, required: Sequence[str], optional: Sequence[str] = ()
) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        raise BadMaterial(_place(path, node), f"{', '.join(required)} are wanted")
    parts = {str(key.value): value for key, value in node.value}
    if missing := [key for key in required if key not in parts]:
        raise BadMaterial(_place(path, node), f"{missing[0]} is missing")
    if unknown := [key for key in parts if key not in (*required, *optional)]:
        raise BadMaterial(_place(path, node), f"unknown key {unknown[0]!r}")
    return parts


def _text(path: Path, node: Node) -> str:
    if not isinstance(node, ScalarNode) or node.value == "":
        raise BadMaterial(_place(path, node), "a text is wanted")
    return str(node.value)


def _place(path: Path, node: Any) -> Place:
    return Place(path, node.start_mark.line + 1)
