"""`daogou doctor`: one table, and exit status 1 when something is broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from daogou.checks import Finding, all_findings
from daogou.settings import Settings


def doctor(settings: Settings) -> int:
    """Print what was found; returns the exit status."""
    findings = list(all_findings(settings))
    print(table(findings))
    return 1 if any(finding.mend for finding in findings) else 0


def table(findings: Iterable[Finding]) -> str:
    rows = [
        (("!" if f.mend else "ok"), f.what, f.found, f"-> {f.mend}" if f.mend else "")
        for f in findings
    ]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join(_padded(row, widths)).rstrip() for row in rows)


def _padded(row: tuple[str, ...], widths: list[int]) -> list[str]:
    return [
        text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=False)
    ] + [row[-1]]


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
