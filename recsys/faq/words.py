"""Words that mean the same in talk about a shop's terms: 邮费, 快递费 and 路费 are one concept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from recsys.text.normalise import normalise


class Concepts:
    """Finds concepts in a sentence, the longest word first; `groups` is {concept: [words that mean it]}."""

    def __init__(self, groups: Mapping[str, Sequence[str]]) -> None:
        self.groups = groups
        self._concept = {
            normalise(word): name for name, words in groups.items() for word in (name, *words)
        }
        longest_first = sorted(self._concept, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def of(self, text: str) -> list[str]:
        """The concepts that are spoken of, each once."""
        found = (self._concept[hit] for hit in self._pattern.findall(normalise(text)))
        return list(dict.fromkeys(found))

    def plain(self, text: str) -> str:
        """The sentence in normal form, each word for a concept replaced by the concept's name."""
        return self._pattern.sub(lambda hit: self._concept[hit.group()], normalise(text))
