"""From a turn to the one product that it points at."""

from __future__ import annotations

from actions.reference import Unclear, Unresolved
from actions.shelf import Shelf, mention_of
from actions.turn import Turn


async def pointed(turn: Turn, shelf: Shelf) -> str | Unclear:
    """The SKU that is meant, or the cards that may be where that is not clear."""
    meant = await shelf.meant(turn, mention_of(turn))
    if isinstance(meant, Unclear):
        return meant
    if len(meant) > 1:
        return Unclear(Unresolved.AMBIGUOUS, meant)
    return meant[0].sku if meant else turn.focus or ""
