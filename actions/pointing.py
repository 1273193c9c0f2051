"""From a turn to the one product that it points at."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reference import Mention, Unresolved, resolve
from actions.turn import Turn
from shop.domain.catalog import Card


def pointed(turn: Turn, shown: Sequence[Card], focus: str | None) -> str | Unresolved:
    """The SKU meant among `shown`; `focus` is what 它 means."""
    said = turn.reading.constraints
    mention = Mention(
        ordinals=turn.reading.ordinals,
        sort=turn.reading.sort,
        category=said.get("category"),
        brands=tuple(said.get("brands", ())),
    )
    return resolve(mention, shown, focus)
