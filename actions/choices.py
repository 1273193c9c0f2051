"""Choices that a shopper can press: what they are called and what pressing one says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recsys.client import Answer, WayOut

_FIELD = re.compile(r"(\{\w+\})")
_WORDING = Path(__file__).parents[1] / "data/responses/choices.json"


@dataclass(frozen=True)
class Choice:
    """`title` is read, `said` is what the shopper says by pressing it."""

    title: str
    said: str


def worded(kind: str, **values: Any) -> Choice:
    """A choice in the wording of `data/responses/choices.json`."""
    title, said = _wording()[kind]
    return Choice(title.format(**values), said.format(**values))


def unworded(kind: str, said: str) -> str:
    """What a choice with one value was made with; a sentence that is no such choice stays as it is."""
    before, _, after = _FIELD.split(_wording()[kind][1], maxsplit=1)
    if said.startswith(before) and said.endswith(after):
        return said[len(before) : len(said) - len(after)]
    return said


def of_answer(answer: Answer) -> Choice:
    return worded("answer", label=answer.label, count=answer.count)


def of_way(way: WayOut) -> Choice:
    """A way out of a search without results."""
    kind, _, name = way.lifted.partition(":")
    return worded(kind, name=name, count=way.count)


@cache
def _wording() -> dict[str, list[str]]:
    wording: dict[str, list[str]] = json.loads(_WORDING.read_text("utf-8"))
    return wording
