"""Fails when a sentence occurs twice, under two intents, or both in training and held-out data.

python tests/nlu/check_data.py [ROOT]
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_MARKUP = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
MINIMUM = {
    "search_product": 160, "refine": 120, "product_detail": 80, "more_products": 50,
    "ask_human": 50,
}  # fmt: skip
MINIMUM_OTHERS = 40
MINIMUM_HELD_OUT = 8


@dataclass(frozen=True)
class Example:
    intent: str
    text: str
    source: str

    @property
    def key(self) -> str:
        """What is left of a sentence when case, width, spaces and punctuation are gone."""
        folded = unicodedata.normalize("NFKC", plain(self.text)).lower()
        return "".join(c for c in folded if c.isalnum())


def plain(text: str) -> str:
    """The sentence without entity markup."""
    return _MARKUP.sub(r"\1", text)


def read(path: Path) -> Iterator[Example]:
    """The examples of one Rasa NLU file."""
    for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            if line.strip():
                yield Example(block["intent"], line.strip().removeprefix("- "), path.name)


def problems(training: list[Example], held_out: list[Example]) -> list[str]:
    """One line a fault; empty when the data is sound."""
    return [*_repeats(training + held_out), *_gaps(training, held_out)]


def _repeats(examples: list[Example]) -> Iterator[str]:
    first: dict[str, Example] = {}
    for example in examples:
        seen = first.setdefault(example.key, example)
        if seen is not example:
            yield (
                f"{example.source}: {example.text!r} ({example.intent}) repeats "
                f"{seen.text!r} ({seen.intent}) of {seen.source}"
            )


def _gaps(training: list[Example], held_out: list[Example]) -> Iterator[str]:
    tested = Counter(e.intent for e in held_out)
    for intent, count in Counter(e.intent for e in training).items():
        wanted = MINIMUM.get(intent, MINIMUM_OTHERS)
        if count < wanted:
            yield f"{intent}: {count} training sentences, {wanted} wanted"
        if tested[intent] < MINIMUM_HELD_OUT:
            yield f"{intent}: {tested[intent]} held-out sentences, {MINIMUM_HELD_OUT} wanted"


def load(root: Path) -> tuple[list[Example], list[Example]]:
    """Training and held-out examples of a checkout."""
    training = [e for path in sorted((root / "data/nlu").glob("*.yml")) for e in read(path)]
    return training, list(read(root / "tests/nlu/heldout.yml"))


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]
    training, held_out = load(root)
    faults = problems(training, held_out)
    print("\n".join(faults) or f"{len(training)} training and {len(held_out)} held-out sentences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
