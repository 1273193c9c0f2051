"""Sentences written by hand, with the intent that they are meant to have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

SEARCH = "search_product"
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_EXAMPLE = re.compile(r"^- ?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Labelled:
    text: str
    intent: str


def labelled(nlu: Path) -> Iterator[Labelled]:
    """The examples of a Rasa NLU file, without their annotations."""
    for part in yaml.safe_load(nlu.read_text("utf-8"))["nlu"]:
        for example in _EXAMPLE.findall(part.get("examples", "") if "intent" in part else ""):
            if text := _ANNOTATION.sub(r"\1", example).strip():
                yield Labelled(text, part["intent"])


def searches(judged: Iterable[Path]) -> Iterator[Labelled]:
    """The queries of judged sets: whoever types one searches."""
    for path in judged:
        for line in path.read_text("utf-8").splitlines():
            yield Labelled(json.loads(line)["query"], SEARCH)
