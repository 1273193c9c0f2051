"""One way of breaking the bot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PARTS = ("actions", "recommender", "gateway", "rasa")


class BadMutant(Exception):
    """A mutant does not fit the code; the message names both."""


@dataclass(frozen=True)
class Mutant:
    """In `file`, `old` becomes `new`; `part` is the process that has to start again."""

    name: str
    part: str
    file: str
    old: str
    new: str

    def edited(self, text: str) -> str:
        """Raises BadMutant where `old` is not exactly once in `text`."""
        if (count := text.count(self.old)) != 1:
            raise BadMutant(f"{self.name}: {count} times in {self.file}: {self.old!r}")
        return text.replace(self.old, self.new)


def written(path: Path) -> list[Mutant]:
    """The mutants that people wrote down; raises BadMutant."""
    mutants = [Mutant(**raw) for raw in yaml.safe_load(path.read_text("utf-8"))]
    for mutant in mutants:
        if mutant.part not in PARTS:
            raise BadMutant(f"{mutant.name}: no part {mutant.part}")
    return mutants


def of_rules(root: Path) -> Iterator[Mutant]:
    """Each rule dropped, and each rule's last action swapped for that of the rule before it."""
    before = "utter_fallback"
    for file in sorted((root / "data" / "rules").glob("*.yml")):
        text, name = file.read_text("utf-8"), str(file.relative_to(root))
        for rule, block in _rules(text):
            yield Mutant(f"drop the rule {rule['rule']!r}", "rasa", name, block, "")
            action = _last_action(rule["steps"])
            if action != before:
                swapped = block.replace(f"action: {action}", f"action: {before}")
                named = f"{rule['rule']!r} answers with {before}"
                yield Mutant(named, "rasa", name, block, swapped)
            before = action


def _rules(text: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each rule as data and as written."""
    for node in _sequence(text).value:
        block = text[node.start_mark.index : node.end_mark.index]
        start = text.rindex("- ", 0, node.start_mark.index)
        yield yaml.safe_load(f"- {block}")[0], text[start : node.end_mark.index]


def _sequence(text: str) -> Any:
    root: Any = yaml.compose(text, yaml.SafeLoader)
    return next(value for key, value in root.value if key.value == "rules")


def _last_action(steps: Sequence[Mapping[str, Any]]) -> str:
    return str([step["action"] for step in steps if "action" in step][-1])
