"""What of an answer is worth holding a later bot to: what was done, never how it was worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from testing.checking.answer import Card, Message, cards


def expectation(messages: Sequence[Message], newest: Sequence[Card]) -> dict[str, Any]:
    """`expect` for an answer; `newest` is the list shown before it."""
    last = messages[-1]
    expect: dict[str, Any] = {"type": last["type"]}
    if shown := cards(last):
        expect["items"] = _items(last["data"], shown)
    elif item := last.get("data", {}).get("item"):
        expect.update(_item(item, newest))
    elif last.get("choices"):
        expect["choices"] = True
    return {key: value for key, value in expect.items() if value != {}}


def _items(data: Mapping[str, Any], shown: Sequence[Card]) -> dict[str, Any]:
    """The conditions that the bot read and kept, as conditions on its cards."""
    read = data.get("constraints", {})
    price = {
        bound: read[key]
        for bound, key in (("min", "price_min"), ("max", "price_max"))
        if key in read and _all(shown, lambda card, k=key: _within(card, k, read[k]))
    }
    found: dict[str, Any] = {}
    if len({card["category"] for card in shown}) == 1 and read.get("category"):
        found["category"] = shown[0]["category"]
    if price:
        found["price"] = price
    brands = read.get("brands") or []
    if brands and _all(shown, lambda card: card["brand"] in brands):
        found["brand"] = brands
    elif refused := read.get("not_brands"):
        found["brand"] = {"lacks": refused}
    return found


def _item(item: Card, newest: Sequence[Card]) -> dict[str, Any]:
    skus = [card["sku"] for card in newest]
    if item["sku"] in skus:
        return {"position": skus.index(item["sku"]) + 1}
    return {"item": {"product_id": item["product_id"]}}


def _within(card: Card, bound: str, limit: float) -> bool:
    return bool(card["price"] >= limit if bound == "price_min" else card["price"] <= limit)


def _all(shown: Sequence[Card], holds: Any) -> bool:
    return all(holds(card) for card in shown)
