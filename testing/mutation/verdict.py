"""What became of mutants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testing.mutation.mutant import Mutant

_WIDEST = 120


@dataclass(frozen=True)
class Verdict:
    """`killer` is a dialogue that failed and `why`; None: none did, the mutant survived."""

    mutant: Mutant
    killer: str | None
    why: str
    seconds: float


@dataclass(frozen=True)
class Verdicts:
    """All of one run."""

    verdicts: tuple[Verdict, ...]

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.killer is None)

    @property
    def score(self) -> float:
        """Share of the mutants that a dialogue noticed."""
        count = len(self.verdicts)
        return 1 - len(self.survivors) / count if count else 1.0


def markdown(found: Verdicts) -> str:
    """A table, the survivors first."""
    rows = sorted(found.verdicts, key=lambda verdict: verdict.killer is not None)
    lines = ["| broken on purpose | noticed by | because |", "|---|---|---|"]
    lines += [
        f"| {_cell(v.mutant.name)} | {_cell(v.killer or '**nobody**')} | {_cell(v.why)} |"
        for v in rows
    ]
    killed = len(found.verdicts) - len(found.survivors)
    return "\n".join([*lines, "", _score(killed, found)])


def _score(killed: int, found: Verdicts) -> str:
    return f"mutation score {found.score:.2f} ({killed} of {len(found.verdicts)})"


def _cell(text: str) -> str:
    text = text.replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= _WIDEST else text[:_WIDEST] + "…"


def spread(mutants: Sequence[Mutant], count: int) -> list[Mutant]:
    """`count` of the mutants, evenly over their order; all where there are fewer."""
    if count >= len(mutants):
        return list(mutants)
    return [mutants[number * len(mutants) // count] for number in range(count)]
