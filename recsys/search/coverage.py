"""How much of what was said the products found speak of: something is always similar to anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from recsys.index.document import CategorySchema
from recsys.text.normalise import normalise


def coverage(need: str, texts: Sequence[str], categories: Sequence[CategorySchema]) -> float:
    """The greatest share, over the texts in normal form, of a need (words apart by spaces) that a text has, by
    characters. 1 where nothing was said that a product could speak of: for whom and what for is known to categories.
    """
    words = [word for word in _words(need.split()) if not _is_known(word, categories)]
    said = sum(map(len, words))
    if not said:
        return 1.0
    return max((sum(len(w) for w in words if w in text) for text in texts), default=0) / said


def _words(pieces: Iterable[str]) -> Iterator[str]:
    """Words of two characters and more; single ones in a row are one word that no dictionary has (焖 烧 罐)."""
    run = ""
    for piece in (*pieces, ""):
        if len(piece) == 1:
            run += piece
            continue
        if len(run) > 1:
            yield run
        run = ""
        if piece:
            yield piece


def _is_known(word: str, categories: Sequence[CategorySchema]) -> bool:
    return any(
        word in normalise(known)
        for category in categories
        for known in (*category.purposes, *category.recipients)
    )
