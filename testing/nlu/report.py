"""What an evaluation of the language understanding found, as plain data kept in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Score:
    """One intent or one kind of entity; `support` is how often it was wanted."""

    name: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Confusion:
    """Sentences of one intent that were taken for another."""

    intent: str
    predicted: str
    count: int


@dataclass(frozen=True)
class Mistake:
    """One sentence that was misunderstood, and how sure of it the model was."""

    text: str
    intent: str
    predicted: str
    confidence: float


@dataclass(frozen=True)
class NluReport:
    """One evaluation. `entity_f1` is None where nothing is annotated; pictures are Rasa's own."""

    macro_f1: float
    accuracy: float
    entity_f1: float | None
    intents: tuple[Score, ...]
    entities: tuple[Score, ...]
    confusions: tuple[Confusion, ...]
    mistakes: tuple[Mistake, ...]
    pictures: tuple[str, ...] = ()

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")

    @classmethod
    def read(cls, path: Path) -> NluReport:
        return cls(**_plain(json.loads(path.read_text("utf-8"))))


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **raw,
        "intents": tuple(Score(**score) for score in raw["intents"]),
        "entities": tuple(Score(**score) for score in raw["entities"]),
        "confusions": tuple(Confusion(**confusion) for confusion in raw["confusions"]),
        "mistakes": tuple(Mistake(**mistake) for mistake in raw["mistakes"]),
        "pictures": tuple(raw["pictures"]),
    }
