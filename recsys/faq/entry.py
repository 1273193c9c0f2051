"""One entry of the FAQ as it reaches the index; the answer that is told stays in the shop's database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class BadEntry(ValueError):
    """An entry that cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True)
class FaqEntry:
    """A topic, the ways it is asked (the first is the one that is shown), its words and its answer."""

    topic: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FaqEntry:
        """Raises BadEntry."""
        try:
            topic, title, text = (str(data[name]) for name in ("topic", "title", "text"))
        except KeyError as error:
            raise BadEntry(f"an entry of the FAQ has no {error}") from None
        if not topic or not title:
            raise BadEntry("an entry of the FAQ has an empty topic or title")
        keywords, questions = data.get("keywords", ()), data.get("questions", ())
        return cls(topic, title, text, tuple(map(str, keywords)), tuple(map(str, questions)))

    @property
    def question(self) -> str:
        """How it is asked when it is offered."""
        return self.questions[0] if self.questions else self.title

    @property
    def ways(self) -> tuple[str, ...]:
        """Every whole sentence that asks for it."""
        return tuple(dict.fromkeys((*self.questions, self.title)))
