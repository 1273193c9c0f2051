"""What an action says: a response of the domain by name, then one typed message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.finder import Found
from shop.domain.catalog import ProductDetail
from shop.domain.handoff import Handoff


class Reply:
    """Speaks only in responses that the domain defines; the wording is not ours."""

    def __init__(self, dispatcher: CollectingDispatcher, domain: DomainDict) -> None:
        self._dispatcher = dispatcher
        self._responses = domain.get("responses") or {}

    def say(self, response: str, **values: Any) -> None:
        self._dispatcher.utter_message(response=response, **values)

    def offer(self, response: str, choices: Sequence[str]) -> None:
        """A question whose answers are the shop's own words."""
        buttons = [{"title": choice, "payload": choice} for choice in choices]
        self._dispatcher.utter_message(response=response, buttons=buttons)

    def products(self, response: str, found: Found) -> None:
        """Name what gave way, then show the products under `response`."""
        for change in found.relaxed:
            self._relaxed(change)
        category = found.constraints.get("category", "")
        self.say(response, count=len(found.cards), category=category)
        self._send("products", found.to_json())

    def product(self, detail: ProductDetail) -> None:
        card = detail.card
        self.say("utter_product_detail", title=card.title, price=f"{card.price.normalize():f}")
        self._send("product", {"item": card.to_json(), "description": detail.description})

    def handoff(self, handoff: Handoff, business_hours: str) -> None:
        self.say("utter_handoff", ahead=handoff.queue_position - 1)
        data = {"queue_position": handoff.queue_position, "business_hours": business_hours}
        self._send("handoff", data)

    def _relaxed(self, change: dict[str, Any]) -> None:
        response = f"utter_relaxed_{change['constraint']}"
        if response not in self._responses or (change["to"] in (None, []) and "price" in response):
            response = "utter_relaxed_other"
        self.say(response, wanted=_words(change["from"]), given=_words(change["to"]))

    def _send(self, kind: str, data: dict[str, Any]) -> None:
        self._dispatcher.utter_message(json_message={"type": kind, "data": data})


def _words(value: Any) -> str:
    """A constraint's value as a shopper would write it: 存储≥256GB, 华为、小米, 799."""
    if isinstance(value, dict):
        sign = {">=": "≥", "<=": "≤"}.get(value.get("op", ""), "")
        return f"{value.get('name', '')}{sign}{_words(value['value'])}{value.get('unit', '')}"
    if isinstance(value, (list, tuple)):
        return "、".join(_words(item) for item in value)
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)
