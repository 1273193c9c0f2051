"""A sentence as the rules see it: its words, and which characters carry a condition."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from recsys.query import Lexicon, Query, QueryParser
from recsys.text.segment import Segmenter, stop_words

CHINESE = re.compile(r"[一-鿿]+")
# One lost or garbled character of these may turn the meaning round, whatever the parser makes of it.
WEIGHTY = re.compile(
    r"[不没別别非无無未勿莫除外只仅最更再太]|[0-9A-Za-z.]|[零〇一二两俩三四五六七八九十百千万半几多少第倒]|[黑白红蓝绿黄灰紫粉金银]"
)


@dataclass(frozen=True)
class Word:
    """One word of a sentence; `category` says that it names what is wanted."""

    start: int
    end: int
    text: str
    category: bool = False

    @property
    def small_talk(self) -> bool:
        return self.text in stop_words()


@dataclass(frozen=True)
class Sentence:
    """`words` may be varied by one character; what carries any other condition is not among them."""

    text: str
    query: Query
    pieces: tuple[Word, ...]
    words: tuple[Word, ...]
    reader: Reader

    def replaced(self, word: Word, text: str) -> str:
        return self.text[: word.start] + text + self.text[word.end :]


class Reader:
    """Reads sentences with the shop's own words; without them brands are words like any other."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        lexicon = lexicon or Lexicon()
        self._parser = QueryParser(lexicon)
        self._segmenter = Segmenter(lexicon.words)

    def read(self, text: str) -> Sentence:
        query = self._parser.parse(text)
        pieces = tuple(self._pieces(text))
        words = tuple(word for word in self._words(text, query, pieces) if _may_vary(word, query))
        return Sentence(text, query, pieces, words, self)

    def is_word(self, text: str) -> bool:
        """奶牛 is a word, so it is no typo of 牛奶."""
        return self._segmenter.words(text) == [text]

    def words(self, text: str) -> list[str]:
        return self._segmenter.words(text)

    def content(self, text: str) -> list[str]:
        return self._segmenter.content_words(text)

    def _pieces(self, text: str) -> Iterator[Word]:
        place = 0
        for word in self._segmenter.words(text):
            start = text.index(word, place)
            place = start + len(word)
            yield Word(start, place, word)

    def _words(self, text: str, query: Query, pieces: tuple[Word, ...]) -> Iterator[Word]:
        named = [s for s in query.spans if s.kind == "category" and not s.negated and not s.implied]
        for span in named:
            yield Word(span.start, span.end, text[span.start : span.end], category=True)
        for piece in pieces:
            if all(piece.end <= s.start or s.end <= piece.start for s in named):
                yield piece


@functools.cache
def plain_reader() -> Reader:
    """The reader of who has no catalogue at hand."""
    return Reader()


def _may_vary(word: Word, query: Query) -> bool:
    if not CHINESE.fullmatch(word.text) or WEIGHTY.search(word.text):
        return False
    return word.category or all(
        word.end <= span.start or span.end <= word.start for span in query.spans
    )
