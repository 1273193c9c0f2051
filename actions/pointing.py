"""From a turn to the one product that it points at."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reference import Unresolved, resolve
from actions.shelf import mention_of
from actions.turn import Turn
from shop.domain.catalog import Card


def pointed(turn: Turn, shown: Sequence[Card], focus: str | None) -> str | Unresolved:
    """The SKU meant among `shown`; `focus` is what 它 means."""
    return resolve(mention_of(turn), shown, focus)
