"""What came of an import."""

from dataclasses import dataclass
from typing import NamedTuple


class RowError(NamedTuple):
    """Why a row was skipped; `line` is where it starts, `field` is ours or empty."""

    line: int
    field: str
    why: str


@dataclass(frozen=True)
class ImportReport:
    """Rows read and skipped, products imported (or, in a dry run, ready to be)."""

    read: int
    imported: int
    skipped: int
    errors: tuple[RowError, ...]
    removed: int = 0
