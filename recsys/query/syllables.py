"""What a sentence sounds like: 我想买手鸡 and wo xiang mai shouji sound like 我想买手机."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from pypinyin.constants import PINYIN_DICT

_PIECE = re.compile(r"[a-z]+|\d+|[一-鿿]+|\S")
_LONGEST = 6  # zhuang
_SHORTEST_RUN = 4  # oppo falls apart into no syllables, but tv and usb are no pinyin either


def syllables(text: str) -> list[str]:
    """Toneless syllables of a normalised text; other words, numbers (as 0) and marks as they are."""
    return [sound for piece in _PIECE.findall(text) for sound in _sounds(piece)]


def _sounds(piece: str) -> Iterator[str]:
    if piece.isdigit():
        yield "0"
    elif piece.isascii() and len(piece) >= _SHORTEST_RUN:
        yield from cut(piece) or (piece,)
    elif piece.isascii():
        yield piece
    else:
        # One reading a character, whatever the word: a typo must sound like what was meant.
        yield from (_reading(char) for char in piece)


def cut(run: str) -> tuple[str, ...] | None:
    """Latin letters as the fewest syllables; None where they are none."""
    known = _known()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(run) + 1):
        starts = range(max(0, end - _LONGEST), end)
        cuts = [(*best[s], run[s:end]) for s in starts if s in best and run[s:end] in known]
        if cuts:
            best[end] = min(cuts, key=len)
    return best.get(len(run))


@functools.lru_cache(maxsize=8192)
def _reading(char: str) -> str:
    sounds = PINYIN_DICT.get(ord(char))
    return _plain(sounds.partition(",")[0]) if sounds else char


@functools.lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Every syllable of Mandarin that is written with more than one letter, and a, e, o."""
    said = {_plain(sound) for sounds in PINYIN_DICT.values() for sound in sounds.split(",")}
    return frozenset(s for s in said if s.isascii() and s.isalpha() and (len(s) > 1 or s in "aeo"))


def _plain(sound: str) -> str:
    marks = unicodedata.normalize("NFD", sound)
    return "".join(c for c in marks if unicodedata.category(c) != "Mn").lower()
