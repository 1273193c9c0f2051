"""YAML as nodes, which know their lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml


class BadYaml(Exception):
    """A file that cannot be read as what it should be; the message begins with its place."""


def compose(path: Path) -> yaml.Node | None:
    """The root of a file; raises BadYaml."""
    try:
        return yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadYaml(f"{path}: {error}") from error


def get(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key of a mapping."""
    return next((value for name, value in pairs(node) if name.value == key), None)


def pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def items(node: yaml.Node | None) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value


def line(node: yaml.Node) -> int:
    """Counted from 1."""
    return int(node.start_mark.line) + 1
