"""The shopping frame: what a shopper has asked for so far, and how a new sentence changes it.

A frame is a constraints object of the contract (docs/architecture.md). The rules, in the order in
which they are applied:

- a new category starts a new frame; of the old one only what is disliked survives. A category
  that narrows or widens the old one (鞋 -> 跑步鞋, 家电 -> 冰箱, but not 手机 -> 手机壳) keeps everything;
- in a new search a need without a category (送女朋友的礼物) starts a new frame too, unless it is only for whom or what
  (送我爸的, 打球穿的) or a condition of the running category is said with it;
- values replace: brands, colours, attributes of the same name, where refused values add up until one is asked for; a price bound replaces its like and
  drives out the other bound when the two contradict each other;
- exclusions add up until the excluded is asked for or allowed again;
- what no longer matters (价格无所谓, 贵点也行, 材质不限) is no condition any more; refused brands stay until allowed, and one that
  is welcome though the brand that it belongs to is refused (红米可以 after 不要小米) is kept as such;
- needs add up while refining and replace each other otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import median
from typing import Any

Frame = dict[str, Any]

_DISLIKES = ("not_brands", "welcome_brands", "not_words")
_PAIRS = (("brands", "not_brands"), ("colours", "not_colours"))
_PRICE = ("price_min", "price_max")
_NEEDS = 4
_FIELDS = {
    "price": _PRICE,
    "colours": ("colours", "not_colours"),
    "everything": (*_PRICE, "brands", "colours", "not_colours", "attributes", "need"),
}


def merge(
    frame: Frame,
    delta: Frame,
    *,
    allowed: Sequence[str] = (),
    lifted: Sequence[str] = (),
    new_search: bool,
    narrows: bool = False,
) -> Frame:
    """The frame after a sentence that was read as `delta`; neither argument is changed. `narrows`: its category is part of
    the old one."""
    kept = _without(dict(frame) if narrows else _kept(frame, delta, new_search), lifted)
    merged = {**kept, **_bounds(kept, delta)}
    if "category" in delta:
        merged["category"] = delta["category"]
    for wanted, unwanted in _PAIRS:
        merged |= _choices(kept, delta, allowed, wanted, unwanted)
    merged["welcome_brands"] = _welcome(kept, delta, allowed)
    words = _union(kept.get("not_words", ()), delta.get("not_words", ()))
    merged["not_words"] = [word for word in words if word not in allowed]
    merged["attributes"] = _attributes(kept, delta)
    merged["need"] = _need(kept, delta, new_search)
    return {key: value for key, value in merged.items() if value not in (None, [], "")}


def dislikes(frame: Frame) -> Frame:
    """What outlives a search: brands and words that the shopper does not want to see."""
    return {key: frame[key] for key in _DISLIKES if key in frame}


def without(frame: Frame, attributes: Sequence[dict[str, Any]]) -> Frame:
    """Less conditions that no field of these goods states: they were said to be none."""
    left = [one for one in frame.get("attributes", ()) if one not in attributes]
    kept = {key: value for key, value in frame.items() if key != "attributes"}
    return {**kept, "attributes": left} if left else kept


def searchable(frame: Frame) -> bool:
    """Whether there is enough to search by: a price or a colour alone fits everything."""
    return any(frame.get(key) for key in ("category", "brands", "need"))


def ceiling(frame: Frame, times: float, more: float, spoken: Decimal | None) -> int | None:
    """The ceiling (whole yuan) after 预算加一千 or 翻倍: of the one said before, else of the price of what is `spoken` of;
    None where nothing was said, or nothing would be left."""
    before = frame.get("price_max", spoken)
    if before is None:
        return None
    after = Decimal(str(before)) * Decimal(str(times)) + Decimal(str(more))
    return int(after) if after > 0 else None


def cheaper(frame: Frame, shown: Sequence[Decimal]) -> tuple[Frame, Frame]:
    """A frame below the median of the prices shown and one below the cheapest. Yuan.

    The median comes first: one cheap outlier would leave next to nothing below the cheapest.
    """
    return _capped(frame, median(shown)), _capped(frame, min(shown))


def dearer(frame: Frame, shown: Sequence[Decimal]) -> tuple[Frame, Frame]:
    """A frame above the median of the prices shown and one above the dearest. Yuan."""
    return _floored(frame, median(shown)), _floored(frame, max(shown))


def corrected(frame: Frame, before: Frame, delta: Frame) -> Frame:
    """A frame in which what `delta` speaks of is put right: each kind of condition that it names is taken as it stood
    `before` the last change, not as it was said wrongly. What it denies only to say what is meant (不是小米是华为) is no
    exclusion, and another category keeps what fits any (price, colours)."""
    meant = {key: value for key, value in delta.items() if not _denied(key, delta, frame)}
    category = meant.get("category")
    base = dict(frame)
    if category and category != frame.get("category"):
        base = {key: frame[key] for key in (*_PRICE, "colours", *_DISLIKES) if key in frame}
    for key in _touched(meant):
        base.pop(key, None)
        if key in before and not category:
            base[key] = before[key]
    return merge(base, meant, new_search=False)


def narrowed(frame: Frame) -> int:
    """How many kinds of conditions were said besides the category."""
    kinds = ("brands", "colours", "attributes", "need")
    priced = any(key in frame for key in _PRICE)
    return sum(bool(frame.get(kind)) for kind in kinds) + priced


def _touched(delta: Frame) -> set[str]:
    """The fields of a frame that a correction replaces."""
    touched = {key for key in delta if key not in (*_PRICE, "category")}
    return touched | (set(_PRICE) if delta.keys() & set(_PRICE) else set())


def _denied(key: str, delta: Frame, frame: Frame) -> bool:
    """不是手机是平板 · 不是小米是华为: what is denied is only the mistake."""
    positive = {"not_brands": "brands", "not_colours": "colours"}.get(key)
    if positive:
        return bool(delta.get(positive))
    return key == "not_words" and bool(delta.get("category"))


def _kept(frame: Frame, delta: Frame, new_search: bool) -> Frame:
    old, new = frame.get("category"), delta.get("category")
    other_category = bool(old and new and not (old.endswith(new) or new.endswith(old)))
    told = delta.get("brands") or delta.get("attributes")
    other_need = new_search and not new and bool(delta.get("need")) and not told
    if other_category or other_need:
        return dislikes(frame)
    return dict(frame)


def _bounds(frame: Frame, delta: Frame) -> Frame:
    said: Frame = {key: delta[key] for key in _PRICE if key in delta}
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
    nothing_said = not frame.get(wanted) and not frame.get(unwanted) and not refused
    chosen = said or frame.get(wanted, [])
    if chosen or nothing_said:
        chosen = _union(chosen, welcome)
    disliked = _union(frame.get(unwanted, ()), refused)
    return {
        wanted: [value for value in chosen if value not in refused],
        unwanted: [value for value in disliked if value not in [*said, *welcome]],
    }


def _welcome(frame: Frame, delta: Frame, allowed: Sequence[str]) -> list[str]:
    """Brands that stay though another one that they belong to is refused."""
    if not frame.get("not_brands"):
        return []
    named = [brand for brand in delta.get("brands", ()) if brand in allowed]
    kept = [brand for brand in named if brand not in frame["not_brands"]]
    refused = delta.get("not_brands", ())
    return [b for b in _union(frame.get("welcome_brands", ()), kept) if b not in refused]


def _attributes(frame: Frame, delta: Frame) -> list[dict[str, Any]]:
    said = delta.get("attributes", [])
    keys = {_attribute_key(item) for item in said}
    turned = {_attribute_key({**a, "op": "!="}) for a in said if a["op"] == "="}
    refused = [(a["name"], a["value"]) for a in said if a["op"] == "!="]
    kept = [
        a
        for a in frame.get("attributes", [])
        if _attribute_key(a) not in keys | turned
        and not (a["op"] == "=" and (a["name"], a["value"]) in refused)
    ]
    return kept + list(said)


def _attribute_key(item: dict[str, Any]) -> tuple[str, ...]:
    """What a condition takes the place of: one on the same field; of several refused values each stands by itself."""
    key = (str(item.get("name", "")), str(item.get("unit", "")))
    return (*key, str(item["value"])) if item.get("op") == "!=" else key


def _need(frame: Frame, delta: Frame, new_search: bool) -> str:
    old, new = frame.get("need", ""), delta.get("need", "")
    if new_search and new:
        return str(new)
    return " ".join(_union(old.split(), new.split())[-_NEEDS:])


def _union(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*first, *second]))


def _without(frame: Frame, lifted: Sequence[str]) -> Frame:
    dropped = {key for field in lifted for key in _FIELDS.get(field, (field,))}
    kept = {key: value for key, value in frame.items() if key not in dropped}
    names = {field.partition(":")[2] for field in lifted if field.startswith("attributes:")}
    if names and "attributes" in kept:
        kept["attributes"] = [a for a in kept["attributes"] if a.get("name") not in names]
    return kept


def _capped(frame: Frame, price: Decimal) -> Frame:
    """With the greatest ceiling in whole yuan that is strictly below a price."""
    ceiling = max(0, int(price.to_integral_value(ROUND_CEILING)) - 1)
    return merge(frame, {"price_max": ceiling}, new_search=False)


def _floored(frame: Frame, price: Decimal) -> Frame:
    """With the smallest floor in whole yuan that is strictly above a price."""
    floor = int(price.to_integral_value(ROUND_FLOOR)) + 1
    return merge(frame, {"price_min": floor}, new_search=False)
