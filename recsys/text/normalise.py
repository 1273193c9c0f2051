"""One normal form for every text that is searched, indexed or trained on.

NFKC, lower case, traditional to simplified characters, control and zero-width characters removed, white space folded.
Runs on Python 3.10 and needs no native library, because the dialogue engine uses it too.
"""

from __future__ import annotations

import functools
import importlib.resources
import unicodedata
from dataclasses import dataclass

_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Mn"))


@functools.cache
def _simplified() -> dict[str, str]:
    """Single-character traditional-to-simplified table of OpenCC (first reading of each)."""
    source = importlib.resources.files("opencc") / "dictionary" / "TSCharacters.txt"
    rows = (line.split("\t") for line in source.read_text("utf-8").splitlines() if "\t" in line)
    pairs = ((row[0], row[1].split()[0]) for row in rows)
    return {a: b for a, b in pairs if len(a) == len(b) == 1 and a != b}


@functools.lru_cache(maxsize=65536)
def _normal_char(char: str) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) in _DROPPED:
        return ""
    folded = unicodedata.normalize("NFKC", char).lower()
    kept = (c for c in folded if unicodedata.category(c) not in _DROPPED)
    return "".join(_simplified().get(c, c) for c in kept)


@dataclass(frozen=True)
class Normalised:
    """A normalised text and, for each of its characters, the index of its source character."""

    text: str
    origin: tuple[int, ...]

    def source_span(self, start: int, end: int, source_length: int) -> tuple[int, int]:
        """Translate a span of `text` into a span of the original text."""
        if start >= end:
            return (0, 0)
        last = self.origin[end - 1] + 1
        return self.origin[start], min(last, source_length)


_SHORT = 48  # characters


def normalise_aligned(text: str) -> Normalised:
    """Normalise and remember where each character came from (white space is folded)."""
    chars: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for piece in _normal_char(char):
            if piece == " " and (not chars or chars[-1] == " "):
                continue
            chars.append(piece)
            origin.append(index)
    if chars and chars[-1] == " ":
        chars.pop()
        origin.pop()
    return Normalised("".join(chars), tuple(origin))


def normalise(text: str) -> str:
    """The normal form of `text`; idempotent. Short ones, the words of a catalogue and of its knowledge, are kept."""
    return _kept(text) if len(text) <= _SHORT else normalise_aligned(text).text


@functools.lru_cache(maxsize=65_536)
def _kept(text: str) -> str:
    return normalise_aligned(text).text
