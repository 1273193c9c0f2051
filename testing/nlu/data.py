"""Rasa's NLU training files, read with line numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from testing.conversation.model import Place
from testing.nlu.annotation import BadAnnotation, Entity, annotated
from testing.nlu.nodes import BadYaml, compose, get, items, line

_BULLET = "- "


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
    """The sentences of one file; raises BadYaml."""
    blocks = get(compose(path), "nlu")
    if blocks is None:
        raise BadYaml(f"{path}:1: no list named nlu")
    return [example for block in items(blocks) for example in _block(path, block)]


def read_folder(folder: Path) -> list[Example]:
    """The sentences of every .yml file of a folder."""
    return [example for path in sorted(folder.rglob("*.yml")) for example in read_examples(path)]


def training(root: Path) -> list[Example]:
    """What the model learns from."""
    return read_folder(root / "data" / "nlu")


def held_out(root: Path) -> list[Example]:
    """What it never sees, to be measured with."""
    return read_examples(root / "tests" / "nlu" / "heldout.yml")


def _block(path: Path, block: yaml.Node) -> Iterator[Example]:
    """Lookups, synonyms and regexes are blocks too; they have no intent and no sentences."""
    intent, examples = get(block, "intent"), get(block, "examples")
    if intent is None:
        return
    if not isinstance(examples, yaml.ScalarNode) or examples.style != "|":
        raise BadYaml(f"{Place(path, line(block))}: examples is no block of text (|)")
    first = line(examples) + 1  # the text begins a line below its bar
    for number, text in enumerate(examples.value.splitlines(), first):
        if text.strip():
            yield _example(Place(path, number), intent.value, text.strip())


def _example(place: Place, intent: str, text: str) -> Example:
    if not text.startswith(_BULLET):
        raise BadYaml(f"{place}: {text!r} does not begin with '- '")
    marked = text.removeprefix(_BULLET).strip()
    try:
        plain, entities = annotated(marked)
    except BadAnnotation as error:
        raise BadYaml(f"{place}: {error}") from error
    return Example(place, intent, marked, plain, entities)
