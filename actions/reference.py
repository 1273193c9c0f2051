"""Which products a shopper means by 第二个, 前两个, 最后那个, 它, 最便宜那个, 刚才那个小米的."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from actions.described import fits, number_of
from actions.frame import Frame
from shop.domain.catalog import Card

Cards = Sequence[Card]


class Unresolved(Enum):
    """Why no product is meant."""

    NOTHING_SHOWN = "nothing shown"
    OUT_OF_RANGE = "out of range"
    AMBIGUOUS = "ambiguous"
    OTHER = "other than what was shown"


@dataclass(frozen=True)
class Unclear:
    """Why it cannot be said which products are meant, and which ones they may be."""

    why: Unresolved
    candidates: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Mention:
    """How a sentence points at products. `ordinals` are 1-based, -1 is the last.

    `batch`: 0 the newest list, -1 the one before it, 1 the first; None any, the newest first.
    `several`: how many are meant, 0 all of them. `place`: `middle` or `other`. `described` are conditions that only point.
    """

    ordinals: tuple[int, ...] = ()
    sort: str | None = None
    category: str | None = None
    brands: tuple[str, ...] = ()
    batch: int | None = 0
    several: int | None = None
    described: Frame = field(default_factory=dict)
    extremes: tuple[str, ...] = ()
    place: str | None = None

    @property
    def points(self) -> bool:
        """Whether it says anything at all; 它 and silence do not."""
        said = (
            self.ordinals, self.brands, self.category, self.described, self.extremes, self.place
        )  # fmt: skip
        return any(said) or self.several is not None or self.batch not in (0, None)


def resolve(mention: Mention, shown: Cards, focus: str | None) -> str | Unresolved:
    """The one SKU that is meant among the cards of the newest list, or why there is none."""
    meant = resolve_all(mention, (shown,), focus)
    if isinstance(meant, Unclear):
        return meant.why
    return meant[0] if len(meant) == 1 else Unresolved.AMBIGUOUS


def resolve_all(
    mention: Mention,
    lists: Sequence[Cards],
    focus: str | None,
    compared: Cards = (),
    spoken: Cards = (),
) -> tuple[str, ...] | Unclear:
    """The SKUs that are meant among the lists shown, newest last, `compared` being what was set side by side last, `spoken` what was
    spoken of, newest last.

    In order: positions, extremes (最便宜那个), a description, so many (那两个), what was last
    spoken of, the only one there is.
    """
    shown = _batch(mention.batch, lists)
    if shown is None:
        return Unclear(Unresolved.OUT_OF_RANGE, tuple(lists[-1]))
    if mention.ordinals:
        return _at(mention.ordinals, shown)
    if mention.place:
        return _placed(mention.place, compared or shown, focus)
    pool = (mention.extremes and compared) or shown
    if _orders(mention) and pool:
        return _heads(mention, pool)
    if mention.described:
        return _described(mention, lists, focus, compared)
    if mention.brands or mention.category:
        return _named(mention, shown, focus, compared)
    if mention.several == 0 and not (shown or compared) and focus is not None:
        return (focus,)
    if mention.several is not None:
        pair = compared if mention.batch in (0, None) else ()
        return _several(mention.several, shown, pair, spoken[-mention.several or len(spoken) :])
    if focus is not None and mention.batch in (0, None):
        return (focus,)
    return _only(shown)


def _batch(batch: int | None, lists: Sequence[Cards]) -> Cards | None:
    """One of the lists; 刚才那批 said after one list is that list."""
    if not lists:
        return ()
    if batch == 1:
        return lists[0]
    place = 1 - (batch or 0)
    if place > len(lists):
        return lists[0] if place == 2 else None
    return lists[-place]


def _at(ordinals: Sequence[int], shown: Cards) -> tuple[str, ...] | Unclear:
    if not shown:
        return Unclear(Unresolved.NOTHING_SHOWN)
    if not all(1 <= abs(ordinal) <= len(shown) for ordinal in ordinals):
        return Unclear(Unresolved.OUT_OF_RANGE, tuple(shown))
    places = (ordinal if ordinal < 0 else ordinal - 1 for ordinal in ordinals)
    return tuple(dict.fromkeys(shown[place].sku for place in places))


def _placed(place: str, pool: Cards, focus: str | None) -> tuple[str, ...] | Unclear:
    """The middle one of an odd number; the other one where all but one are spoken of."""
    if not pool:
        return Unclear(Unresolved.NOTHING_SHOWN)
    half, even = divmod(len(pool) - 1, 2)
    left = (
        pool[half : half + 1 + even] if place == "middle" else [c for c in pool if c.sku != focus]
    )
    return (left[0].sku,) if len(left) == 1 else Unclear(Unresolved.AMBIGUOUS, tuple(left or pool))


_KEYS: dict[str, Callable[[Card], Any]] = {
    "price_asc": lambda card: card.price,
    "price_desc": lambda card: -card.price,
    "rating": lambda card: -(card.rating or 0.0),
    "sales": lambda card: -card.sales,
}


def _orders(mention: Mention) -> tuple[str, ...]:
    named = mention.extremes or ((mention.sort,) if mention.sort else ())
    return tuple(order for order in named if order in _KEYS or ":" in order)


def _heads(mention: Mention, shown: Cards) -> tuple[str, ...] | Unclear:
    """The first of each order among what is described; two that are equally cheap are not the cheapest."""
    pool = [card for card in shown if _is_named(mention, card)]
    if not pool:
        return Unclear(Unresolved.OTHER, tuple(shown))
    found: dict[str, None] = {}
    for order in _orders(mention):
        heads = _head(order, pool, mention.several or 1)
        if isinstance(heads, Unclear):
            return heads
        found |= dict.fromkeys(heads)
    return tuple(found)


def _head(order: str, pool: Cards, count: int) -> tuple[str, ...] | Unclear:
    key = _KEYS.get(order) or _by_field(order, pool)
    if key is None:
        return Unclear(Unresolved.AMBIGUOUS, tuple(pool))
    ranked = sorted(pool, key=key)
    if count > len(ranked):
        return Unclear(Unresolved.OUT_OF_RANGE, tuple(pool))
    if count < len(ranked) and key(ranked[count - 1]) == key(ranked[count]):
        tied = [card for card in ranked if key(card) <= key(ranked[count])]
        return Unclear(Unresolved.AMBIGUOUS, tuple(tied))
    return tuple(card.sku for card in ranked[:count])


def _by_field(order: str, pool: Cards) -> Callable[[Card], Any] | None:
    """By the first field that all state in numbers (大的那个); None where none does, or nobody can say which is better."""
    names, _, way = order.partition(":")
    sign = {"desc": -1.0, "asc": 1.0}.get(way, 0.0)
    for name in names.split("|") if sign else ():
        stated = {card.sku: number_of(card, name) for card in pool}
        keys = {sku: sign * number for sku, number in stated.items() if number is not None}
        if len(keys) == len(stated):
            return lambda card: keys[card.sku]
    return None


def _described(
    mention: Mention, lists: Sequence[Cards], focus: str | None, compared: Cards
) -> tuple[str, ...] | Unclear:
    """In the newest list that has such a product: 刚才那个小米的 outlives other lists."""
    if mention.batch in (0, None):
        pools = list(reversed(lists))
    else:
        pools = [_batch(mention.batch, lists) or ()]
    for shown in pools:
        if any(_is_named(mention, card) for card in shown):
            return _named(mention, shown, focus, compared)
    return Unclear(Unresolved.OTHER if lists else Unresolved.NOTHING_SHOWN)


def _named(
    mention: Mention, shown: Cards, focus: str | None, compared: Cards
) -> tuple[str, ...] | Unclear:
    fitting = [card for card in shown if _is_named(mention, card)]
    if not fitting:
        return Unclear(Unresolved.OTHER, tuple(shown))
    if mention.several is not None:
        pair = [card for card in compared if _is_named(mention, card)]
        return _several(mention.several, fitting, pair)
    if len(mention.brands) > 1 and {card.brand for card in fitting} == set(mention.brands):
        return _one_each(fitting)
    # 这手机拍照咋样, said of a list of phones, means the phone spoken of.
    if focus in [card.sku for card in fitting]:
        return (str(focus),)
    return _only(fitting)


def _one_each(fitting: Cards) -> tuple[str, ...] | Unclear:
    """小米和华为哪个好: one of each brand."""
    if len({card.brand for card in fitting}) < len(fitting):
        return Unclear(Unresolved.AMBIGUOUS, tuple(fitting))
    return tuple(card.sku for card in fitting)


def _is_named(mention: Mention, card: Card) -> bool:
    brand_fits = not mention.brands or card.brand in mention.brands
    category = mention.category
    category_fits = category is None or category in card.category or card.category in category
    return brand_fits and category_fits and fits(mention.described, card)


def _several(
    count: int, shown: Cards, compared: Cards, spoken: Cards = ()
) -> tuple[str, ...] | Unclear:
    for pool in (compared, shown, spoken):
        if pool and count in (0, len(pool)):
            return tuple(card.sku for card in pool)
    if not shown:
        return Unclear(Unresolved.NOTHING_SHOWN)
    return Unclear(Unresolved.AMBIGUOUS, tuple(shown))


def _only(shown: Cards) -> tuple[str, ...] | Unclear:
    if not shown:
        return Unclear(Unresolved.NOTHING_SHOWN)
    return (shown[0].sku,) if len(shown) == 1 else Unclear(Unresolved.AMBIGUOUS, tuple(shown))
