"""YAML whose every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, SequenceNode

from testing.conversation.errors import BadConversation
from testing.conversation.model import Place

Path_ = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 does: `off` and `no` are words, 22:00 is no number."""


_Loader.yaml_implicit_resolvers = {}

for _tag, _form, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:e[-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[-+][0-9:]+)?)?$", "0123456789"),
    ("merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), _first)


@dataclass(frozen=True)
class Source:
    """A file as plain values, and the line of each by its path."""

    file: Path
    value: Any
    lines: Mapping[Path_, int]

    def place(self, path: Path_) -> Place:
        """Where the value at `path` stands, or the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.file, self.lines.get(path, 1))


def read(file: Path) -> Source:
    """Raises BadConversation where the file is no YAML, or says the same key twice."""
    try:
        root = yaml.compose(file.read_text("utf-8"), _Loader)
        # The constructor of the safe loader: dates become dates, and no tag makes an object.
        value = SafeConstructor().construct_document(root) if root else None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadConversation([(Place(file, _line_of(error)), _why(error))]) from error
    if root is None:
        raise BadConversation([(Place(file, 1), "the file is empty")])
    if repeated := list(_repeated(root)):
        raise BadConversation([(Place(file, line), why) for line, why in repeated])
    return Source(file, value, dict(_lines(root, ())))


def _lines(node: Node, path: Path_) -> Iterator[tuple[Path_, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, MappingNode):
        for key, value in node.value:
            # A value may begin on the line after its key; people look for the key.
            inner = (*path, key.value)
            yield from _lines(value, inner)
            yield inner, key.start_mark.line + 1
    elif isinstance(node, SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*path, number))


def _repeated(node: Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen and key.tag != "tag:yaml.org,2002:merge":
                yield key.start_mark.line + 1, f"{key.value!r} is said twice"
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _repeated(value)


def _line_of(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return 1 if mark is None else mark.line + 1


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8"
    return str(getattr(error, "problem", None) or "not YAML")
