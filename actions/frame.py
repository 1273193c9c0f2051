"""The shopping frame: what a shopper has asked for so far, and how a new sentence changes it.

A frame is a constraints object of the contract (docs/architecture.md). The rules, in the order in
which they are applied:

- a new category starts a new frame; of the old one only what is disliked survives. A category
  that narrows or widens the old one (鞋 -> 跑步鞋) keeps everything;
- in a new search a need without a category (送女朋友的礼物) starts a new frame too;
- values replace: brands, colours, attributes of the same name; a price bound replaces its like and
  drives out the other bound when the two contradict each other;
- exclusions add up until the excluded is asked for or allowed again;
- needs add up while refining and replace each other otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

Frame = dict[str, Any]

_DISLIKES = ("not_brands", "not_words")
_PAIRS = (("brands", "not_brands"), ("colours", "not_colours"))
_NEEDS = 4


def merge(frame: Frame, delta: Frame, *, allowed: Sequence[str] = (), new_search: bool) -> Frame:
    """The frame after a sentence that was read as `delta`; neither argument is changed."""
    kept = _kept(frame, delta, new_search)
    merged = {**kept, **_bounds(kept, delta)}
    if "category" in delta:
        merged["category"] = delta["category"]
    for wanted, unwanted in _PAIRS:
        merged |= _choices(kept, delta, allowed, wanted, unwanted)
    merged["not_words"] = _union(kept.get("not_words", ()), delta.get("not_words", ()))
    merged["attributes"] = _attributes(kept, delta)
    merged["need"] = _need(kept, delta, new_search)
    return {key: value for key, value in merged.items() if value not in (None, [], "")}


def dislikes(frame: Frame) -> Frame:
    """What outlives a search: brands and words that the shopper does not want to see."""
    return {key: frame[key] for key in _DISLIKES if key in frame}


def searchable(frame: Frame) -> bool:
    """Whether there is enough to search by: a price or a colour alone fits everything."""
    return any(frame.get(key) for key in ("category", "brands", "need"))


def cheaper(frame: Frame, shown: Sequence[Decimal]) -> list[Frame]:
    """Frames below the cheapest price shown and, second choice, below the mean. Yuan."""
    ceilings = [_below(min(shown)), _below(_mean(shown))] if shown else []
    return [
        _with(frame, "price_max", ceiling) for ceiling in dict.fromkeys(ceilings) if ceiling > 0
    ]


def dearer(frame: Frame, shown: Sequence[Decimal]) -> list[Frame]:
    """Frames above the dearest price shown and, second choice, above the mean. Yuan."""
    floors = [_above(max(shown)), _above(_mean(shown))] if shown else []
    return [_with(frame, "price_min", floor) for floor in dict.fromkeys(floors)]


def _kept(frame: Frame, delta: Frame, new_search: bool) -> Frame:
    old, new = frame.get("category"), delta.get("category")
    other_category = bool(old and new and not (old in new or new in old))
    other_need = new_search and not new and bool(delta.get("need")) and not delta.get("brands")
    if other_category or other_need:
        return dislikes(frame)
    return dict(frame)


def _bounds(frame: Frame, delta: Frame) -> Frame:
    said: Frame = {key: delta[key] for key in ("price_min", "price_max") if key in delta}
    bounds = {"price_min": frame.get("price_min"), "price_max": frame.get("price_max"), **said}
    low, high = bounds["price_min"], bounds["price_max"]
    if low is not None and high is not None and low > high:
        return {"price_min": None, "price_max": None, **said}
    return bounds


def _choices(
    frame: Frame, delta: Frame, allowed: Sequence[str], wanted: str, unwanted: str
) -> Frame:
    """One wanted/unwanted pair of lists; an allowed value is no longer unwanted, nor the only one."""
    said = [value for value in delta.get(wanted, ()) if value not in allowed]
    welcome = [value for value in delta.get(wanted, ()) if value in allowed]
    refused = delta.get(unwanted, [])
    chosen = said or frame.get(wanted, [])
    if chosen:
        chosen = _union(chosen, welcome)
    disliked = _union(frame.get(unwanted, ()), refused)
    return {
        wanted: [value for value in chosen if value not in refused],
        unwanted: [value for value in disliked if value not in [*said, *welcome]],
    }


def _attributes(frame: Frame, delta: Frame) -> list[dict[str, Any]]:
    said = delta.get("attributes", [])
    keys = {_attribute_key(item) for item in said}
    return [a for a in frame.get("attributes", []) if _attribute_key(a) not in keys] + list(said)


def _attribute_key(item: dict[str, Any]) -> tuple[str, str]:
    return str(item.get("name", "")), str(item.get("unit", ""))


def _need(frame: Frame, delta: Frame, new_search: bool) -> str:
    old, new = frame.get("need", ""), delta.get("need", "")
    if new_search and new:
        return str(new)
    return " ".join(_union(old.split(), new.split())[-_NEEDS:])


def _union(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _with(frame: Frame, bound: str, yuan: Decimal) -> Frame:
    return merge(frame, {bound: int(yuan)}, new_search=False)


def _mean(prices: Sequence[Decimal]) -> Decimal:
    return sum(prices, Decimal()) / len(prices)


def _below(price: Decimal) -> Decimal:
    """The greatest whole number of yuan that is strictly less."""
    return price.to_integral_value(ROUND_CEILING) - 1


def _above(price: Decimal) -> Decimal:
    """The smallest whole number of yuan that is strictly more."""
    return price.to_integral_value(ROUND_FLOOR) + 1
