"""Where a phrase stands in products, and how much that says: as what the product is, in its title, in its fields."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recsys.index.document import Document
from recsys.index.lexical import LexicalIndex
from recsys.text.normalise import normalise

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

IS, TITLE, CATEGORY, FIELD, TOLD = 1.0, 0.9, 0.9, 0.75, 0.55
# A kind of goods that is only mentioned: before another noun (手机 in 手机壳), in a field, in the description.
MODIFIER, MENTIONED = 0.4, 0.2
_LONGEST_SUBTITLE = 40
_PARTS = re.compile(r"[a-z]+|\d+|[^a-z\d\s]")
_CHINESE = re.compile(r"[一-鿿]")


class PhraseIndex:
    """Strengths in (0, 1] of phrases in normal form; kept once found."""

    def __init__(self, documents: Sequence[Document], lexical: LexicalIndex) -> None:
        self._lexical = lexical
        self._titles = [normalise(f"{d.title} {_subtitle(d)}") for d in documents]
        self._kinds = [normalise(d.category) for d in documents]
        self._fields = [normalise(_fields(d)) for d in documents]
        self._told = [normalise(d.description) for d in documents]
        self._known: dict[tuple[str, bool], tuple[Rows, Floats]] = {}

    def __len__(self) -> int:
        return len(self._titles)

    def find(self, phrase: str, goods: bool) -> tuple[Rows, Floats]:
        """Rows that have the phrase and how much each says; `goods`: only as what the product is it says all."""
        key = (phrase, goods)
        if key not in self._known:
            judge = self._sold if goods else self._said
            pairs = [(row, judge(int(row), phrase)) for row in self._lexical.holding(phrase)]
            found = [(row, strength) for row, strength in pairs if strength]
            self._known[key] = (
                np.array([row for row, _ in found], np.int64),
                np.array([strength for _, strength in found], np.float32),
            )
        return self._known[key]

    def _said(self, row: int, phrase: str) -> float:
        if _holds(self._titles[row], phrase):
            return IS if _ends_run(self._titles[row], phrase) else TITLE
        if _holds(self._kinds[row], phrase):
            return CATEGORY
        if _holds(self._fields[row], phrase):
            return FIELD
        return TOLD if _holds(self._told[row], phrase) else 0.0

    def _sold(self, row: int, phrase: str) -> float:
        title, kind = self._titles[row], self._kinds[row]
        if _ends_run(title, phrase) or kind == phrase:
            return IS
        if kind.endswith(phrase):
            return CATEGORY
        if _holds(title, phrase) or _holds(kind, phrase):
            return MODIFIER
        return MENTIONED if _holds(self._fields[row], phrase) or _holds(self._told[row], phrase) else 0.0


def _subtitle(document: Document) -> str:
    """A description as short as a title is read as part of it."""
    return document.description if len(document.description) <= _LONGEST_SUBTITLE else ""


def _fields(document: Document) -> str:
    parts = (document.brand, document.department, *document.tags)
    return " ".join((*parts, *document.attribute_texts(), *document.option_values()))


def _holds(text: str, phrase: str) -> bool:
    """Latin words and numbers match whole only."""
    if not phrase.isascii():
        return phrase in text
    return _whole(phrase).search(text) is not None


@functools.lru_cache(maxsize=4096)
def _whole(phrase: str) -> re.Pattern[str]:
    """mate30 is also written mate 30."""
    spaced = r"\s?".join(map(re.escape, _PARTS.findall(phrase)))
    return re.compile(rf"(?<![a-z0-9]){spaced}(?![a-z0-9])")


def _ends_run(text: str, phrase: str) -> bool:
    """Whether a run of Chinese ends in the phrase: what it is called is its last noun."""
    place = text.find(phrase)
    while place >= 0:
        after = text[place + len(phrase) : place + len(phrase) + 1]
        if not _CHINESE.match(after):
            return True
        place = text.find(phrase, place + 1)
    return False

