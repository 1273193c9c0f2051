"""Choices that a shopper can press: what they are called and what pressing one says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recsys.client import Answer, WayOut

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
