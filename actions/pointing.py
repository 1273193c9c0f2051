"""From a turn to the one product that it points at."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reference import Unclear, Unresolved, resolve, resolve_all
from actions.shelf import mention_of
from actions.turn import Turn
from shop.domain.catalog import Card


def pointed(turn: Turn, shown: Sequence[Card], focus: str | None) -> str | Unresolved:
    """The SKU meant among `shown`; `focus` is what 它 means."""
    return resolve(mention_of(turn), shown, focus)


def located(turn: Turn, shown: Sequence[Card], focus: str | None) -> str | Unclear:
    """The same, with the cards that may be meant where it is not clear."""
    meant = resolve_all(mention_of(turn), (shown,), focus)
    if isinstance(meant, Unclear):
        return meant
    if len(meant) == 1:
        return meant[0]
    return Unclear(Unresolved.AMBIGUOUS, tuple(card for card in shown if card.sku in meant))
