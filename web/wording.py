"""The gateway's own sentences, read from one file; everything else is worded by the dialogue."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


class BadWording(Exception):
    """The file of sentences cannot be used; the message says why."""


@dataclass(frozen=True)
class Wording:
    """`handoff` has {ahead}, `back_in_stock` {name}, {stock} and {price}; `problems` has a sentence for each code, some with placeholders.

    `delivered` has {operation}, `delivered_ticket` {ticket_no}, `not_delivered` {operation} and {why}: names
    from `operations`, reasons from `refusals`.
    """

    apology: str
    handoff: str
    back_in_stock: str
    choose_handoff: str
    choose_retry: str
    handoff_phrases: frozenset[str]
    problems: Mapping[str, str]
    delivered: str
    delivered_ticket: str
    not_delivered: str
    operations: Mapping[str, str]
    refusals: Mapping[str, str]

    @classmethod
    def load(cls, path: Path) -> "Wording":
        """Raises BadWording."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            values = {field.name: raw[field.name] for field in fields(cls)}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadWording(f"{path}: {type(error).__name__} {error}") from error
        return cls(**{**values, "handoff_phrases": frozenset(values["handoff_phrases"])})

    def problem(self, code: str, values: Mapping[str, Any]) -> str:
        return self.problems[code].format(**values)
