"""Which product a shopper means by 第二个, 最后那个, 它 or 最便宜那个."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from shop.domain.catalog import Card


class Unresolved(Enum):
    """Why no product is meant."""

    NOTHING_SHOWN = "nothing shown"
    OUT_OF_RANGE = "out of range"
    AMBIGUOUS = "ambiguous"
    OTHER = "other than what was shown"


@dataclass(frozen=True)
class Mention:
    """How a sentence points at a product. `ordinals` are 1-based, -1 is the last."""

    ordinals: tuple[int, ...] = ()
    sort: str | None = None
    category: str | None = None
    brands: tuple[str, ...] = ()


def resolve(mention: Mention, shown: Sequence[Card], focus: str | None) -> str | Unresolved:
    """The SKU that is meant among the cards of the newest list, or why there is none.

    In order: a position, an extreme (最便宜那个), a brand or category of the list, what was last
    spoken of, the only one there is.
    """
    if mention.ordinals:
        return _at(mention.ordinals[0], shown)
    if mention.sort in _EXTREMES and shown:
        return _extreme(mention.sort, shown)
    if mention.brands or mention.category:
        return _named(mention, shown, focus)
    if focus is not None:
        return focus
    return _only(shown)


_EXTREMES = ("price_asc", "price_desc", "rating")


def _at(ordinal: int, shown: Sequence[Card]) -> str | Unresolved:
    if not shown:
        return Unresolved.NOTHING_SHOWN
    if ordinal == -1:
        return shown[-1].sku
    if not 1 <= ordinal <= len(shown):
        return Unresolved.OUT_OF_RANGE
    return shown[ordinal - 1].sku


def _extreme(sort: str, shown: Sequence[Card]) -> str:
    if sort == "price_asc":
        return min(shown, key=lambda card: card.price).sku
    if sort == "price_desc":
        return max(shown, key=lambda card: card.price).sku
    return max(shown, key=lambda card: card.rating or 0.0).sku


def _named(mention: Mention, shown: Sequence[Card], focus: str | None) -> str | Unresolved:
    fitting = [card for card in shown if _fits(mention, card)]
    if not fitting:
        return Unresolved.OTHER
    # 这手机拍照咋样, said of a list of phones, means the phone spoken of.
    if focus in [card.sku for card in fitting]:
        return str(focus)
    return _only(fitting)


def _fits(mention: Mention, card: Card) -> bool:
    brand_fits = not mention.brands or card.brand in mention.brands
    category = mention.category
    category_fits = category is None or category in card.category or card.category in category
    return brand_fits and category_fits


def _only(shown: Sequence[Card]) -> str | Unresolved:
    if not shown:
        return Unresolved.NOTHING_SHOWN
    return shown[0].sku if len(shown) == 1 else Unresolved.AMBIGUOUS
