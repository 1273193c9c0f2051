"""What is true of a text, so that a batch never teaches that a fitting product is wrong.

A training query carries the facts it asks for; a document carries the facts it has. A document that has all of them
is a positive wherever it turns up in the batch, whoever's partner it is.
"""

from __future__ import annotations

from dataclasses import dataclass

Fact = tuple[str, str]


@dataclass(frozen=True)
class Text:
    """A document with its facts."""

    text: str
    facts: frozenset[Fact] = frozenset()


@dataclass(frozen=True)
class Pair:
    """A query, the facts it asks for, and one fitting document. `source` names the data it came from."""

    query: str
    wanted: frozenset[Fact]
    document: Text
    source: str

    def fits(self, document: Text) -> bool:
        return document.text == self.document.text or (
            bool(self.wanted) and self.wanted <= document.facts
        )

    def share(self, document: Text) -> float:
        """Graded relevance in [0, 1]: 1 for a fit, part of it for the facts that hold."""
        if self.fits(document):
            return 1.0
        return 0.6 * len(self.wanted & document.facts) / len(self.wanted) if self.wanted else 0.0
