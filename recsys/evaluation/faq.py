"""Judged questions about the shop's terms (`tests/bench/faq/heldout.jsonl`) and what is counted on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recsys.faq.entry import FaqEntry
from recsys.faq.matcher import LIMIT
from recsys.training.split import stable_unit

DEV_SHARE = 0.4
WRONG_ALLOWED = 0.05

# A sentence to scores of all entries, and how sure the best of them is.
Scorer = Callable[[str], tuple[NDArray[np.float64], float]]


class BadQuestions(ValueError):
    """A line of the judged questions that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Asked:
    """A sentence and the topic that answers it, None where the FAQ has no answer."""

    text: str
    topic: str | None

    @property
    def is_dev(self) -> bool:
        """By topic, so that no question of the test was seen in any wording; by text where there is none."""
        return stable_unit(self.topic or self.text) < DEV_SHARE


@dataclass(frozen=True)
class Counts:
    """`accuracy`: of the answerable, the right entry first; `offered`: among the first three. Of all: `right` answered and
    right; `wrong` answered wrongly, or answered though nothing fits. `precision`: of those answered, right."""

    asked: int
    accuracy: float
    offered: float
    right: float
    wrong: float
    precision: float


def read_entries(catalog: Path) -> list[FaqEntry]:
    """The policies of the demo shop."""
    rows = json.loads((catalog / "demo" / "policies.json").read_text("utf-8"))
    return [FaqEntry.from_json(row) for row in rows]


def read_asked(path: Path, topics: set[str]) -> list[Asked]:
    """Lines {"text", "topic": topic or null}; raises BadQuestions."""
    found: dict[str, Asked] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            asked = Asked(str(row["text"]), row["topic"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadQuestions(f"{path}:{number}: {error}") from None
        if asked.text in found or (asked.topic is not None and asked.topic not in topics):
            raise BadQuestions(f"{path}:{number}: stands twice, or {asked.topic} is no topic")
        found[asked.text] = asked
    return list(found.values())


@dataclass(frozen=True)
class Judged:
    """What one scorer makes of the sentences: how sure, at which place the right entry is (0 the first), whether there
    is an answer."""

    sure: NDArray[np.float64]
    places: NDArray[np.int64]
    answerable: NDArray[np.bool_]

    @classmethod
    def of(cls, scorer: Scorer, asked: Sequence[Asked], topics: Sequence[str]) -> Judged:
        results = [scorer(one.text) for one in asked]
        orders = [np.argsort(-scores, kind="stable") for scores, _ in results]
        places = [
            [topics[row] for row in order].index(one.topic) if one.topic else len(topics)
            for order, one in zip(orders, asked, strict=True)
        ]
        sure = np.array([sure for _, sure in results], np.float64)
        return cls(sure, np.array(places), np.array([one.topic is not None for one in asked]))

    def counts(self, threshold: float) -> Counts:
        answered = self.sure >= threshold
        right, total = float((answered & (self.places == 0)).sum()), len(self.sure)
        given = float(answered.sum())
        return Counts(
            asked=total,
            accuracy=float((self.places[self.answerable] == 0).mean()),
            offered=float((self.places[self.answerable] < LIMIT).mean()),
            right=right / total,
            wrong=(given - right) / total,
            precision=right / given if given else 1.0,
        )

    def threshold(self, wrong_allowed: float = WRONG_ALLOWED) -> float:
        """The lowest at which no more than this share is answered wrongly."""
        for threshold in np.unique(self.sure):
            if self.counts(float(threshold)).wrong <= wrong_allowed:
                return float(threshold)
        return float(np.nextafter(self.sure.max(), np.inf))
