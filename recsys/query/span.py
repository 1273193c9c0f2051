"""Understood pieces of a text, and the scan that collects them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from recsys.query.constraints import PURPOSE, Attribute


@dataclass(frozen=True)
class Span:
    """One understood piece of the original text; `kind` is the entity name.

    `implied` holds what the word means besides: iphone is a category word here that implies the brand 苹果.
    `surface` is the word as the lexicon has it, `spelled` the same where the text has a typo; `also` the upper bound of a range (3-4人).
    """

    start: int
    end: int
    kind: str
    value: Any
    negated: bool = False
    implied: Mapping[str, str] = field(default_factory=dict)
    spelled: str = ""
    surface: str = ""
    also: Attribute | None = None

    @property
    def is_purpose(self) -> bool:
        """What goods are for is a condition, and ranks those that meet it."""
        return isinstance(self.value, Attribute) and self.value.name == PURPOSE


@dataclass
class Scan:
    """Spans found so far, on the normalised text."""

    text: str
    spans: list[Span] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        return all(end <= s.start or s.end <= start for s in self.spans)

    def add(self, span: Span) -> None:
        if span.start < span.end and self.free(span.start, span.end):
            self.spans.append(span)

    def taken(self) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in self.spans]

    def ordered(self) -> list[Span]:
        return sorted(self.spans, key=lambda s: s.start)

    def of(self, kind: str, negated: bool = False) -> list[Span]:
        return [s for s in self.ordered() if s.kind == kind and s.negated == negated]

    def pieces(self, dropped: Set[str]) -> Iterator[tuple[str, bool]]:
        """The text in pieces, (text, is one understood word); dropped kinds and everything negated left out."""
        place = 0
        for span in self.ordered():
            yield self.text[place : span.start], False
            if span.is_purpose and not span.negated:
                yield self.text[span.start : span.end], False
            elif not span.negated and span.kind not in dropped:
                yield span.spelled or self.text[span.start : span.end], True
            place = span.end
        yield self.text[place:], False
