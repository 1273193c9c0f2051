"""Training pairs from the thesaurus: what shoppers say, and titles of goods that serve it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from recsys.knowledge.entry import Entry
from recsys.knowledge.thesaurus import Thesaurus
from recsys.text.normalise import normalise
from recsys.training.facts import Fact, Pair, Text

_SERVING = ("need", "who", "when")
_PER_WORD = 2
_SUREST = 0.6  # the least weight of a wording that a title must have
_SAID = ("{}", "{}", "{}的", "{}用的", "{}用什么", "有没有{}的", "想买{}的", "推荐个{}的东西")


class Shelf:
    """Titles by the kinds of goods that they name at the end of a run."""

    def __init__(self, titles: Iterable[str], kinds: Iterable[str]) -> None:
        wanted = {kind for kind in kinds if len(kind) > 1}
        longest = max(map(len, wanted), default=0)
        self._of: dict[str, list[str]] = defaultdict(list)
        for title in dict.fromkeys(map(normalise, titles)):
            for kind in _endings(title, wanted, longest):
                self._of[kind].append(title)

    def titles(self, kinds: Iterable[str]) -> dict[str, None]:
        return {title: None for kind in kinds for title in self._of.get(kind, ())}


def _endings(title: str, wanted: set[str], longest: int) -> set[str]:
    """Kinds that stand in a title before its end, a blank or a sign."""
    found: set[str] = set()
    for end in range(2, len(title) + 1):
        if end == len(title) or not title[end].isalpha():
            found.update(
                title[start:end]
                for start in range(max(0, end - longest), end - 1)
                if title[start:end] in wanted
            )
    return found


def knowledge_pairs(
    entries: Sequence[Entry], titles: Iterable[str], rng: random.Random
) -> Iterator[Pair]:
    """For each word that may be said: titles of goods that serve it, else the goods themselves. A title that serves the
    same entry is never a negative of it."""
    thesaurus = Thesaurus(entries)
    serving = [entry for entry in entries if entry.kind in _SERVING and entry.goods]
    named = [entry for entry in entries if entry.kind in ("same", "is")]
    ways = {entry: _kinds(thesaurus, entry) for entry in (*serving, *named)}
    shelf = Shelf(titles, {kind for kinds in ways.values() for kind in kinds})
    facts = _facts(ways, shelf)
    for entry in (*serving, *named):
        own = list(shelf.titles(ways[entry])) or list(entry.goods or entry.words)
        for word in entry.words:
            for title in rng.sample(own, min(_PER_WORD, len(own))):
                if title != word:
                    said = rng.choice(_SAID).format(word) if entry.kind in _SERVING else word
                    document = Text(title, frozenset(facts.get(title, ())))
                    yield Pair(said, frozenset({_fact(entry)}), document, "knowledge")


def _kinds(thesaurus: Thesaurus, entry: Entry) -> tuple[str, ...]:
    """Goods that surely serve an entry."""
    words = entry.goods if entry.kind in _SERVING else entry.words
    ways = (way for word in words for way in thesaurus.ways(word))
    return tuple(dict.fromkeys(way.phrase for way in ways if way.weight >= _SUREST))


def _facts(ways: Mapping[Entry, Sequence[str]], shelf: Shelf) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = defaultdict(list)
    for entry, kinds in ways.items():
        for title in shelf.titles(kinds):
            facts[title].append(_fact(entry))
    return facts


def _fact(entry: Entry) -> Fact:
    return f"serves {entry.kind}", entry.words[0]
