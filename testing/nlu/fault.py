"""One thing that is wrong with the data of the language understanding."""

from __future__ import annotations

from dataclasses import dataclass

from testing.conversation.model import Place


@dataclass(frozen=True)
class Fault:
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
