"""Nothing fits: which condition stands in the way, in the catalogue's own numbers, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.choices import Choice, of_way, worded
from actions.finder import Finder, Found
from actions.frame import Frame
from actions.reply import Reply
from recsys.client import Overview

_BLOCKED = {
    "price_max": "utter_blocked_price_max",
    "price_min": "utter_blocked_price_min",
    "brands": "utter_blocked_brands",
    "colours": "utter_blocked_colours",
    "attribute": "utter_blocked_attribute",
}
WAYS = 4


class Nothing:
    """Explains a search without results, or one in which conditions gave way."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder

    async def explain(self, reply: Reply, frame: Frame, found: Found) -> Overview:
        """Say what is missing, offer what leads to products, and show the nearest, marked as such on their cards."""
        overview = await self._finder.overview(frame)
        choices = _ways(overview)
        if not found.cards:
            reply.ask("utter_nothing_found", choices)
        else:
            response, values = _why(frame, found.relaxed, overview)
            reply.products(response, found, choices, **values)
        return overview


def _ways(overview: Overview) -> list[Choice]:
    ways = [of_way(way) for way in overview.ways[:WAYS]]
    return [*ways, worded("start_over"), worded("human")]


def _why(
    frame: Frame, relaxed: Sequence[dict[str, Any]], overview: Overview
) -> tuple[str, dict[str, Any]]:
    """The response, and what it names."""
    if overview.total and overview.unfilterable:
        return "utter_unfilterable", {"what": _wanted(overview.unfilterable)}
    kinds = {change["constraint"] for change in relaxed}
    if len(kinds) != 1:
        return "utter_closest", {}
    change = relaxed[0]
    if {"price_min", "price_max"} <= frame.keys() and change["constraint"].startswith("price"):
        bounds = {"low": _worded(frame["price_min"]), "high": _worded(frame["price_max"])}
        return "utter_blocked_price_range", {**bounds, "nearest": _worded(change["to"])}
    values = {"asked": _worded(change["from"]), "nearest": _worded(change["to"])}
    if change["constraint"] == "attribute":
        values["asked"] = _wanted([one["from"] for one in relaxed])
    return _BLOCKED.get(change["constraint"], "utter_closest"), values


def _worded(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else f"{value}"


def _wanted(attributes: Sequence[dict[str, Any]]) -> str:
    """纯棉 · 512GB · 5G: conditions as they were said."""
    return "、".join(map(_condition, attributes))


def _condition(one: dict[str, Any]) -> str:
    value, unit = one["value"], str(one.get("unit", ""))
    if value is False or one["op"] == "!=":
        return f"不要{one['name'] if value is False else value}"
    if value is True:
        return str(one["name"])
    number = f"{value:g}" if isinstance(value, float) else str(value)
    return number + (unit.upper() if unit == "gb" else unit)
