"""Faults among sentences: said twice, or too few of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from testing.conversation.model import Place
from testing.nlu.data import Example
from testing.nlu.fault import Fault
from testing.nlu.gates import Minimum


def repeats(training: Sequence[Example], held_out: Sequence[Example]) -> Iterator[Fault]:
    """Every sentence that stands somewhere before, whatever its case, spaces and punctuation."""
    first: dict[str, Example] = {}
    tested = {example.place for example in held_out}
    for example in (*training, *held_out):
        seen = first.setdefault(example.key, example)
        if seen is not example:
            leaked = example.place in tested and seen.place not in tested
            yield Fault(example.place, _repeat(example, seen, leaked))


def _repeat(example: Example, seen: Example, leaked: bool) -> str:
    where = f"{seen.text!r} of {seen.place.file.name}:{seen.place.line}"
    if example.intent != seen.intent:
        return f"{example.text!r} is {example.intent}, but {where} is {seen.intent}"
    if leaked:
        return f"{example.text!r} is held out, but {where} is trained on"
    same = "repeats" if example.plain == seen.plain else "differs in nothing that counts from"
    return f"{example.text!r} {same} {where}"


def gaps(
    training: Sequence[Example],
    held_out: Sequence[Example],
    intents: Mapping[str, Place],
    minimum: Minimum,
) -> Iterator[Fault]:
    """Intents with too few sentences; `intents` are those of the domain and where they stand."""
    first: dict[str, Place] = {}
    for example in (*training, *held_out):
        first.setdefault(example.intent, example.place)
    learnt = Counter(example.intent for example in training)
    tested = Counter(example.intent for example in held_out)
    for intent, place in {**intents, **first}.items():
        for count, wanted, kind in (
            (learnt[intent], minimum.training.of(intent), "training"),
            (tested[intent], minimum.held_out.of(intent), "held-out"),
        ):
            if count < wanted:
                yield Fault(place, f"{intent} has {count} {kind} sentences, {wanted:g} wanted")
