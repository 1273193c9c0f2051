"""What was said as concepts, each with every wording that serves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from recsys.knowledge.thesaurus import Thesaurus, Way
from recsys.text.normalise import normalise
from recsys.text.segment import Segmenter

_MOST_TOKENS = 4  # of which a word of the thesaurus may be put together


@dataclass(frozen=True)
class Concept:
    """`head`: the kind of goods that is wanted."""

    said: str
    ways: tuple[Way, ...]
    head: bool = False


class ConceptReader:
    """Cuts what was said into concepts of the thesaurus and words of its own."""

    def __init__(self, thesaurus: Thesaurus, segmenter: Segmenter) -> None:
        self._thesaurus = thesaurus
        self._segmenter = segmenter

    def refused(self, words: Iterable[str]) -> frozenset[str]:
        """Whoever refuses 纯棉 refuses 全棉 too."""
        return frozenset(one for word in words for one in self._thesaurus.equals(normalise(word)))

    def read(self, text: str) -> tuple[Concept, ...]:
        normal = normalise(text)
        found = {said: Concept(said, self._thesaurus.ways(said)) for said in self._pieces(normal)}
        for phrase, likeness in self._thesaurus.meant(normal):
            found.setdefault(phrase, _weaker(phrase, self._thesaurus.ways(phrase), likeness))
        return _with_head(tuple(found.values()))

    def _pieces(self, text: str) -> Iterator[str]:
        """The longest words of the thesaurus over whole tokens; other tokens unless they are small talk."""
        tokens = self._segmenter.words(text)
        place = 0
        while place < len(tokens):
            for end in range(min(len(tokens), place + _MOST_TOKENS), place, -1):
                said = "".join(tokens[place:end])
                if len(said) > 1 and said in self._thesaurus.words:
                    yield said
                    place = end
                    break
            else:
                yield from self._told(tokens[place])
                place += 1

    def _told(self, token: str) -> list[str]:
        """A token that tells something: single characters are verbs and particles mostly."""
        return [w for w in self._segmenter.content_words(token) if len(w) > 1]


def _weaker(said: str, ways: tuple[Way, ...], likeness: float) -> Concept:
    return Concept(said, tuple(replace(way, weight=way.weight * likeness) for way in ways))


def _with_head(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """The last kind of goods named is what is wanted: 能当遥控器的手机."""
    goods = [place for place, concept in enumerate(concepts) if concept.ways[0].goods]
    return tuple(
        replace(concept, head=bool(goods) and place == goods[-1])
        for place, concept in enumerate(concepts)
    )
