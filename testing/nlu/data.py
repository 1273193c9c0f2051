"""Rasa's NLU training files, read with line numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from testing.conversation.model import Place
from testing.nlu.annotation import BadAnnotation, Entity, annotated

_BULLET = "- "


class BadNluFile(Exception):
    """A file that is no Rasa NLU data; the message begins with its place."""


@dataclass(frozen=True)
class Example:
    """One sentence of one intent: `text` as written, `plain` without markup."""

    place: Place
    intent: str
    text: str
    plain: str
    entities: tuple[Entity, ...] = ()

    @property
    def key(self) -> str:
        """What is left of a sentence when case, width, spaces and punctuation are gone."""
        folded = unicodedata.normalize("NFKC", self.plain).lower()
        return "".join(c for c in folded if c.isalnum())


def read_examples(path: Path) -> list[Example]:
    """The sentences of one file; raises BadNluFile."""
    try:
        root = yaml.compose(path.read_text("utf-8"), yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadNluFile(f"{path}: {error}") from error
    blocks = _get(root, "nlu") if isinstance(root, yaml.MappingNode) else None
    if not isinstance(blocks, yaml.SequenceNode):
        raise BadNluFile(f"{path}:1: no list named nlu")
    return [example for block in blocks.value for example in _block(path, block)]


def read_folder(folder: Path) -> list[Example]:
    """The sentences of every .yml file of a folder."""
    return [example for path in sorted(folder.rglob("*.yml")) for example in read_examples(path)]


def _block(path: Path, block: yaml.Node) -> Iterator[Example]:
    """Lookups, synonyms and regexes are blocks too; they have no intent and no sentences."""
    intent, examples = _get(block, "intent"), _get(block, "examples")
    if intent is None:
        return
    if not isinstance(examples, yaml.ScalarNode) or examples.style != "|":
        raise BadNluFile(f"{Place(path, block.start_mark.line + 1)}: examples is no block of text")
    first = examples.start_mark.line + 2  # marks count from 0, and the text begins a line below
    for line, text in enumerate(examples.value.splitlines(), first):
        if text.strip():
            yield _example(Place(path, line), intent.value, text.strip())


def _example(place: Place, intent: str, line: str) -> Example:
    if not line.startswith(_BULLET):
        raise BadNluFile(f"{place}: {line!r} does not begin with '- '")
    text = line.removeprefix(_BULLET).strip()
    try:
        plain, entities = annotated(text)
    except BadAnnotation as error:
        raise BadNluFile(f"{place}: {error}") from error
    return Example(place, intent, text, plain, entities)


def _get(node: yaml.Node, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
