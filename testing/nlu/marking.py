"""Faults of annotation: what is marked but not read, and what is marked here but bare there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recsys.query import Query, QueryParser, Span
from testing.conversation.model import Place
from testing.nlu.annotation import Entity
from testing.nlu.data import Example
from testing.nlu.fault import Fault

KINDS = ("brand", "category", "colour", "price")
EXCLUDE = "exclude"
_CONTRARY = {
    True: f"not wanted (role {EXCLUDE}), but is read as wanted",
    False: f"wanted, but is read as not wanted (role {EXCLUDE})",
}
_Marks = Mapping[tuple[str, str, str], Example]


def marking(
    examples: Sequence[Example], parser: QueryParser, excused: Mapping[str, Place]
) -> Iterator[Fault]:
    """Annotations held against the shop's words; `excused` are plain sentences that may differ."""
    marks, needed = _marks(examples), set()
    for example in examples:
        query = parser.parse(example.plain)
        messages = [*_misread(example, query), *_bare(example, query, marks)]
        if messages and example.plain in excused:
            needed.add(example.plain)
        else:
            yield from (Fault(example.place, message) for message in messages)
    for sentence in excused.keys() - needed:
        yield Fault(excused[sentence], f"{sentence!r} is excused without need")


def _marks(examples: Sequence[Example]) -> _Marks:
    """(intent, kind, word) -> the first sentence in which it is marked."""
    marks: dict[tuple[str, str, str], Example] = {}
    for example in examples:
        for entity in example.entities:
            word = example.plain[entity.start : entity.end]
            marks.setdefault((example.intent, entity.kind, word), example)
    return marks


def _misread(example: Example, query: Query) -> Iterator[str]:
    for entity in example.entities:
        if entity.kind in KINDS:
            word = example.plain[entity.start : entity.end]
            negated = {span.negated for span in query.spans if _reads(span, entity)}
            if not negated:
                yield f"{word!r} is marked as {entity.kind}, but the shop's words do not read it so"
            elif (entity.role == EXCLUDE) not in negated:
                yield f"{word!r} is marked as {_CONTRARY[entity.role == EXCLUDE]}"


def _reads(span: Span, entity: Entity) -> bool:
    """苹果手机 is one category word that implies a brand, 不要小米 one span: touching is enough."""
    return _touch(span, entity) and (span.kind == entity.kind or entity.kind in span.implied)


def _bare(example: Example, query: Query, marks: _Marks) -> Iterator[str]:
    for span in query.spans:
        if not any(_touch(span, entity) for entity in example.entities):
            yield from _sibling(example, span, marks)


def _sibling(example: Example, span: Span, marks: _Marks) -> Iterator[str]:
    said = example.plain[span.start : span.end]
    for (intent, kind, word), other in marks.items():
        if (intent, kind) == (example.intent, span.kind) and (
            said == word or (span.negated and word in said)
        ):
            where = f"{other.place.file.name}:{other.place.line}"
            yield f"{word!r} is not marked, but it is marked as {kind} in {where}"


def _touch(span: Span, entity: Entity) -> bool:
    return span.start < entity.end and entity.start < span.end
