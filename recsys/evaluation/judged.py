"""Set (a): hand-written queries over the demo catalogue with graded judgments (`tests/bench/*.jsonl`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recsys.training.split import stable_unit

DEV_SHARE = 0.35


class BadJudgments(ValueError):
    """A line of a judgment file that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class JudgedQueries:
    """Texts, grades (query id -> product id -> 1 to 3) and the slices of each query."""

    texts: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]
    slices: Mapping[str, tuple[str, ...]]

    def only(self, keep: set[str]) -> JudgedQueries:
        return JudgedQueries(
            {q: t for q, t in self.texts.items() if q in keep}, {q: g for q, g in self.grades.items() if q in keep},
            {q: s for q, s in self.slices.items() if q in keep},
        )  # fmt: skip

    def split(self, part: str) -> JudgedQueries:
        """`dev` tunes weights, `test` is reported; decided by a hash of the text, `all` is both."""
        wanted = {"all": (True, False), "dev": (True,), "test": (False,)}[part]
        return self.only(
            {q for q, text in self.texts.items() if (stable_unit(text) < DEV_SHARE) in wanted}
        )


def read_judged(folder: Path, pattern: str = "*.jsonl") -> JudgedQueries:
    """Read every file of the folder that fits: {"id", "query", "slices": [], "grades": {product_id: 1..3}}."""
    texts: dict[str, str] = {}
    grades: dict[str, Mapping[str, int]] = {}
    slices: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob(pattern)):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                key, text, judged = row["id"], row["query"], row["grades"]
            except (ValueError, KeyError) as error:
                raise BadJudgments(f"{path}:{number}: {error}") from error
            if key in texts or not judged or not all(g in (1, 2, 3) for g in judged.values()):
                raise BadJudgments(
                    f"{path}:{number}: id {key!r} stands twice, or grades are missing or not 1 to 3"
                )
            texts[key], grades[key], slices[key] = text, judged, tuple(row.get("slices", []))
    return JudgedQueries(texts, grades, slices)
