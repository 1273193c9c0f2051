"""One line of `data/knowledge/words/*.jsonl`; docs/knowledge.md says what each kind means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recsys.text.normalise import normalise

_FIELDS = {
    "same": ("words",),
    "is": ("word", "of"),
    "need": ("words", "goods", "features"),
    "who": ("words", "goods", "features"),
    "when": ("words", "goods", "features"),
    "goes": ("word", "with"),
    "instead": ("word", "with"),
    "spelling": ("wrong", "right"),
    "brand": ("words",),
}


class BadKnowledge(ValueError):
    """A line that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Entry:
    """`words`: what may be said; `goods`: kinds of goods that it leads to, best first; `features`: words of a product that
    serves it. All in normal form."""

    kind: str
    words: tuple[str, ...]
    goods: tuple[str, ...] = ()
    features: tuple[str, ...] = ()


def read_entries(folder: Path) -> Iterator[Entry]:
    """Every entry of the folder's files, in the order of their names; raises BadKnowledge."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                yield _read(line, f"{path}:{number}")


def _read(line: str, where: str) -> Entry:
    try:
        data = json.loads(line)
        fields = _FIELDS[data["kind"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BadKnowledge(f"{where}: {type(error).__name__}: {error}") from error
    if set(data) != {"kind", *fields}:
        raise BadKnowledge(f"{where}: {data['kind']} has the fields {', '.join(fields)}")
    return _entry(data, where)


def _entry(data: Mapping[str, Any], where: str) -> Entry:
    words = _texts(
        data, "words" if "words" in data else "word" if "word" in data else "wrong", where
    )
    goods = next(
        (_texts(data, name, where) for name in ("goods", "of", "with", "right") if name in data), ()
    )
    features = _texts(data, "features", where) if data.get("features") else ()
    return Entry(data["kind"], words, goods, features)


def _texts(data: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    value = data[field]
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list) or not all(
        isinstance(one, str) and one.strip() for one in several
    ):
        raise BadKnowledge(f"{where}: {field}: a word or a list of words is wanted")
    return tuple(dict.fromkeys(map(normalise, several)))
