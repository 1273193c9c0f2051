"""What an action says: a response of the domain by name, then one typed message."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.choices import Choice
from actions.comparison import Advice, Row
from actions.finder import Found
from shop.desk.views import HumanCall
from shop.domain.catalog import Card, ProductDetail


def yuan(amount: Decimal) -> str:
    """An amount as it is said: 59, not 59.00."""
    return f"{amount.normalize():f}"


class Reply:
    """Speaks only in responses that the domain defines; the wording is not ours."""

    def __init__(self, dispatcher: CollectingDispatcher) -> None:
        self._dispatcher = dispatcher

    def say(self, response: str, **values: Any) -> None:
        self._dispatcher.utter_message(response=response, **values)

    def offer(self, response: str, choices: Sequence[str], **values: Any) -> None:
        """A question whose answers are the shop's own words."""
        buttons = [{"title": choice, "payload": choice} for choice in choices]
        self._dispatcher.utter_message(response=response, buttons=buttons, **values)

    def ask(self, response: str, choices: Sequence[Choice], **values: Any) -> None:
        """A response with choices of its own."""
        buttons = [{"title": choice.title, "payload": choice.said} for choice in choices]
        self._dispatcher.utter_message(response=response, buttons=buttons, **values)

    def products(
        self, response: str, found: Found, choices: Sequence[Choice] = (), **values: Any
    ) -> None:
        """Show products under `response`. What gave way is on the cards and told by whoever draws the list."""
        category = found.constraints.get("category", "")
        said = {"count": len(found.cards), "total": found.total, "category": category, **values}
        if choices:
            self.ask(response, choices, **said)
        else:
            self.say(response, **said)
        self._send("products", found.to_json())

    def about(self, response: str, card: Card) -> None:
        """A response that names one product and its price in yuan."""
        self.say(response, title=card.title, price=yuan(card.price))

    def product(self, detail: ProductDetail) -> None:
        self.about("utter_product_detail", detail.card)
        self._send("product", {"item": detail.card.to_json(), "description": detail.description})

    def comparison(self, cards: Sequence[Card], rows: Sequence[Row], advice: Advice | None) -> None:
        """Products side by side, under a response that was said before."""
        data = {
            "items": [card.to_json() for card in cards],
            "rows": [row.to_json() for row in rows],
            "advice": advice.to_json() if advice else None,
        }
        self._send("comparison", data)

    def which(self, response: str, choices: Sequence[tuple[str, str]], **values: Any) -> None:
        """A question whose answers are products: title, and what is said by choosing it."""
        buttons = [{"title": title, "payload": said} for title, said in choices]
        self._dispatcher.utter_message(response=response, buttons=buttons, **values)

    def handoff(self, call: HumanCall) -> None:
        """The opening is told as the shop's clock has it."""
        ahead, opening = call.handoff.queue_position - 1, call.next_opening
        if call.open:
            self.say("utter_handoff", ahead=ahead)
        else:
            moment = f"{opening.month}月{opening.day}日 {opening:%H:%M}"
            self.say("utter_handoff_closed", ahead=ahead, hours=call.hours, opening=moment)
        self._send("handoff", call.to_json())

    def attach(self, kind: str, data: dict[str, Any]) -> None:
        """A typed message that belongs to the words just said."""
        self._send(kind, data)

    def _send(self, kind: str, data: dict[str, Any]) -> None:
        self._dispatcher.utter_message(json_message={"type": kind, "data": data})
