"""From a turn to the one product that it points at."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reference import Unclear, Unresolved, resolve, resolve_all
from actions.shelf import mention_of
from actions.turn import Turn
from shop.domain.catalog import Card


def pointed(
    turn: Turn, shown: Sequence[Card], focus: str | None, named: Sequence[Card] = ()
) -> str | Unresolved:
    """The SKU meant among `shown`; `focus` is what 它 means, `named` what the sentence names by its model."""
    if len(named) == 1 and not turn.reading.ordinals:
        return named[0].sku
    return resolve(mention_of(turn), shown, focus)


def located(
    turn: Turn, shown: Sequence[Card], focus: str | None, named: Sequence[Card] = ()
) -> str | Unclear:
    """The same, with the cards that may be meant where it is not clear."""
    if len(named) == 1 and not turn.reading.ordinals:
        return named[0].sku
    meant = resolve_all(mention_of(turn), (shown,), focus)
    if isinstance(meant, Unclear):
        return meant
    if len(meant) == 1:
        return meant[0]
    return Unclear(Unresolved.AMBIGUOUS, tuple(card for card in shown if card.sku in meant))
