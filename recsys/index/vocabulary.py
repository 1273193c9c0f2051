"""The words of a catalogue by their sound, to find what a misspelt word means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from recsys.index.document import Document
from recsys.index.lexical import LexicalIndex
from recsys.query.syllables import syllables
from recsys.text.normalise import normalise
from recsys.text.segment import Segmenter

_WORD = re.compile(r"[一-鿿]{2,5}")
_LARGEST = 30_000  # words; the commonest of a catalogue


class Vocabulary:
    """Words of titles and brands, and words that any shop may use."""

    def __init__(
        self,
        documents: Sequence[Document],
        lexical: LexicalIndex,
        segmenter: Segmenter,
        general: Iterable[str] = (),
    ) -> None:
        self._lexical = lexical
        counted: Counter[str] = Counter()
        for document in documents:
            own = {normalise(document.brand), *segmenter.words(normalise(document.title))}
            counted.update(word for word in own if _WORD.fullmatch(word))
        self._by_sound: dict[str, str] = {}
        words = [word for word, _ in counted.most_common(_LARGEST)]
        for word in (*words, *sorted(w for w in general if _WORD.fullmatch(w))):
            self._by_sound.setdefault(" ".join(syllables(word)), word)

    def has(self, phrase: str) -> bool:
        """Whether any product has every token of it."""
        return self._lexical.holds(phrase)

    def sounding(self, typed: str) -> str | None:
        """The word that sounds so; a Chinese one must share a character with what was typed, or be longer than two."""
        word = self._by_sound.get(" ".join(syllables(typed)))
        if word is None or word == typed:
            return None
        if (
            typed.isascii()
            or len(word) > 2
            or any(a == b for a, b in zip(word, typed, strict=False))
        ):
            return word
        return None
