"""Everything that can be said about the data of the language understanding without training it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recsys.query import Lexicon, QueryParser
from testing.conversation.model import Place
from testing.nlu import data, domain
from testing.nlu.fault import Fault
from testing.nlu.gates import GATES, Minimum, read_gates
from testing.nlu.marking import marking
from testing.nlu.sentences import gaps, repeats


def lint(root: Path, lexicon: Path | None = None) -> list[Fault]:
    """Faults of a checkout, in the order of its files; annotations only with a lexicon.json.

    Raises BadYaml and BadGates where there is nothing to look through.
    """
    minimum = read_gates(root / GATES).minimum
    faults = [*_data(root, lexicon, minimum), *_domain(root)]
    placed = [Fault(_inside(root, fault.place), fault.message) for fault in faults]
    return sorted(placed, key=lambda fault: (str(fault.place.file), fault.place.line))


def _data(root: Path, lexicon: Path | None, minimum: Minimum) -> Iterator[Fault]:
    training, held_out = data.training(root), data.held_out(root)
    yield from repeats(training, held_out)
    yield from gaps(training, held_out, domain.intents(root), minimum)
    if lexicon is not None:
        parser = QueryParser(Lexicon.load(lexicon))
        # Held-out sentences are marked by hand, so that what is read can be measured against them.
        yield from marking(training, parser, minimum.excused)


def _domain(root: Path) -> Iterator[Fault]:
    yield from domain.unruled(root)
    yield from domain.unused(root)
    yield from domain.repeated(root)


def _inside(root: Path, place: Place) -> Place:
    return Place(place.file.relative_to(root), place.line)
