"""Which other wordings serve what a shopper said, and how surely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recsys.knowledge.alike import Alike
from recsys.knowledge.entry import Entry

# How surely a product under the second wording serves who said the first.
SAME, NARROWER, WIDER, INSTEAD, FEATURE = 0.93, 0.9, 0.35, 0.4, 0.65
FIRST_GOODS, LAST_GOODS = 0.75, 0.6
_DEEPEST = 2  # steps from a wide word to narrower ones
_Words = dict[str, dict[str, None]]


@dataclass(frozen=True)
class Way:
    """A wording that serves; `goods`: as what the product is, for to mention it is not enough (手机 is no 手机壳)."""

    phrase: str
    weight: float
    goods: bool = False


def goods_words(entries: Iterable[Entry]) -> frozenset[str]:
    """Words that mean kinds of goods."""
    kinds: set[str] = set()
    for entry in entries:
        if entry.kind in ("is", "goes", "instead"):
            kinds.update(entry.words)
        kinds.update(entry.goods if entry.kind != "spelling" else ())
    return frozenset(kinds)


class Thesaurus:
    """Immutable after building; words in normal form."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._same: _Words = defaultdict(dict)
        self._called: _Words = defaultdict(dict)
        self._narrower: _Words = defaultdict(dict)
        self._wider: _Words = defaultdict(dict)
        self._instead: _Words = defaultdict(dict)
        self._serving: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._add(entry)
        self._ways: dict[str, tuple[Way, ...]] = {}
        self._alike = Alike(self._serving)
        self.words = frozenset(
            {
                *self._same,
                *self._called,
                *self._narrower,
                *self._wider,
                *self._instead,
                *self._serving,
            }
        )
        self.longest = max(map(len, self.words), default=0)

    def _add(self, entry: Entry) -> None:
        if entry.kind in ("same", "brand"):
            for word in entry.words:
                self._same[word].update(dict.fromkeys(w for w in entry.words if w != word))
        elif entry.kind == "alias":
            for word in entry.words:
                self._called[word].update(dict.fromkeys(w for w in entry.words if w != word))
        elif entry.kind == "is":
            for narrow in entry.goods:
                self._narrower[entry.words[0]][narrow] = None
                self._wider[narrow][entry.words[0]] = None
        elif entry.kind == "instead":
            self._instead[entry.words[0]].update(dict.fromkeys(entry.goods))
        elif entry.kind == "spelling":
            for word in entry.words:
                self._same[word].update(dict.fromkeys(entry.goods))
        elif entry.kind != "goes":
            for word in entry.words:
                self._serving[word].append(entry)

    def ways(self, word: str) -> tuple[Way, ...]:
        """The word itself first, then each other wording once, the surest first."""
        if word not in self._ways:
            found = self._find(word).values()
            self._ways[word] = tuple(
                sorted(found, key=lambda way: (way.phrase != word, -way.weight))
            )
        return self._ways[word]

    def meant(self, text: str) -> list[tuple[str, float]]:
        """Purposes and descriptions that a text says in other words, the likest first, with how like it says them."""
        return self._alike.find(text)

    def equals(self, word: str) -> tuple[str, ...]:
        """The word and what means the same; a shop's aliases, which may be narrower (游戏本), are not among it."""
        return (word, *self._same.get(word, ()))

    def _names(self, word: str) -> tuple[str, ...]:
        return (*self.equals(word), *self._called.get(word, ()))

    def _find(self, word: str) -> Mapping[str, Way]:
        named = any(one in self._narrower or one in self._wider for one in self._names(word))
        found = {word: Way(word, 1.0, named)}
        self._spread(found, word, 1.0, _DEEPEST, named)
        for entry in self._entries(word):
            self._serve(found, entry)
        for other, weight in (
            *((w, WIDER) for w in self._wider.get(word, ())),
            *((w, INSTEAD) for w in self._instead.get(word, ())),
        ):
            _put(found, Way(other, weight, True))
        return found

    def _entries(self, word: str) -> list[Entry]:
        """What serves a word or its equals."""
        return list(
            {id(e): e for one in self._names(word) for e in self._serving.get(one, ())}.values()
        )

    def _spread(
        self, found: dict[str, Way], word: str, weight: float, depth: int, goods: bool
    ) -> None:
        """Equals and narrower kinds of a word."""
        names = self._names(word)
        for other in names[1:]:
            _put(found, Way(other, weight * SAME, goods or other in self._wider))
        if not depth:
            return
        for one in names:
            for narrow in self._narrower.get(one, ()):
                if _put(found, Way(narrow, weight * NARROWER, True)):
                    self._spread(found, narrow, weight * NARROWER, depth - 1, True)

    def _serve(self, found: dict[str, Way], entry: Entry) -> None:
        step = (FIRST_GOODS - LAST_GOODS) / max(1, len(entry.goods) - 1)
        for place, kind in enumerate(entry.goods):
            weight = FIRST_GOODS - place * step
            _put(found, Way(kind, weight, True))
            self._spread(found, kind, weight, 1, True)
        for feature in (*entry.features, *entry.words):
            _put(found, Way(feature, FEATURE))


def _put(found: dict[str, Way], way: Way) -> bool:
    """Keep the surer of two; whether this one was kept."""
    known = found.get(way.phrase)
    if known is not None and known.weight >= way.weight:
        return False
    found[way.phrase] = way
    return True
