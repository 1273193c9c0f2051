"""What understanding was measured to do, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NluRow:
    """One measure, in words; `passed` is None for one that has no gate."""

    name: str
    value: str
    gate: str = ""
    passed: bool | None = None


@dataclass(frozen=True)
class NluSection:
    """`pictures` are (caption, PNG), `notes` plain text, one paragraph a line."""

    title: str
    rows: tuple[NluRow, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()
    notes: str = ""
