"""Which size fits: 175、70公斤穿多大 · 偏大吗 · 尺码表发一下 · 我平时穿L这个选啥, from the product's size chart alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import pending
from actions.add_to_cart import ActionAddToCart
from actions.options import literal
from actions.reference import Unclear, Unresolved
from actions.reply import Reply
from actions.shelf import Shelf, mention_of
from actions.sizing import Sold, beyond, told
from actions.turn import Turn
from actions.which import Which
from shop.domain.catalog import Card, Product
from shop.domain.size import (
    HEIGHT,
    UNITS,
    WEIGHT,
    Advice,
    SizeChart,
    Verdict,
    advise,
    fit_note,
    kilograms,
    of_number,
    wearer,
)
from shop.storage import Storage

PURCHASE, UNIT = "购买", "单位"
# A weight whose unit was not said.
BARE = "bare"
_KILOGRAMS = {"公斤": 1.0, "kg": 1.0, "斤": 0.5}
_BY_VERDICT = {
    Verdict.ONE: "utter_size_one",
    Verdict.BETWEEN: "utter_size_between",
    Verdict.APART: "utter_size_apart",
}


class ActionAdviseSize(Action):
    """Resolve the product, ask for the measures that its chart needs, then advise."""

    def __init__(
        self, storage: Storage, shelf: Shelf, which: Which, purchase: ActionAddToCart
    ) -> None:
        self._storage = storage
        self._shelf = shelf
        self._which = which
        self._purchase = purchase

    def name(self) -> str:
        return "action_advise_size"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        turn, reply = Turn.of(tracker), Reply(dispatcher)
        body = _merged(turn)
        meant = await self._shelf.meant(turn, mention_of(turn))
        if not isinstance(meant, Unclear) and len(meant) > 1:
            meant = Unclear(Unresolved.AMBIGUOUS, meant)
        if isinstance(meant, Unclear):
            asked = await self._which.ask(meant, turn, reply)
            return [*asked, SlotSet("body", body)]
        return await self._tell(turn, reply, meant[0] if meant else None, body)

    async def answer(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        waits = turn.pending or {}
        # A question anew: of something else, or of somebody else.
        anew = heard == self.name() and (
            waits["missing"] == PURCHASE or "other" in turn.reading.body
        )
        if anew or turn.reading.names_a_product or turn.reading.ordinals:
            return None
        if waits["missing"] == PURCHASE:
            return await self._bought(turn, heard, reply)
        body = _answered(turn, waits)
        cards = await self._shelf.cards([waits["sku"]])
        if body is None or not cards:
            return None
        return await self._advise(turn, reply, cards[0], body)

    async def _tell(
        self, turn: Turn, reply: Reply, card: Card | None, body: dict[str, Any]
    ) -> list[EventType]:
        if card is None:
            reply.say("utter_product_gone")
            return [SlotSet("focus", None)]
        if turn.reading.sizing is None:
            return await self._advise(turn, reply, card, body)
        (product,) = await self._shelf.products([card])
        chart = await self._chart(product)
        kept = [SlotSet("focus", card.sku), SlotSet("body", body)]
        if turn.reading.sizing == "fit":
            _say_fit(reply, product)
        elif chart is None:
            _no_chart(reply, product)
        elif turn.reading.sizing == "usual":
            _say_usual(turn, reply, Sold.of(product, chart))
        else:
            reply.say("utter_size_chart", title=card.title, chart=Sold.of(product, chart).table())
        return kept

    async def _advise(
        self, turn: Turn, reply: Reply, card: Card, body: dict[str, Any]
    ) -> list[EventType]:
        (product,) = await self._shelf.products([card])
        chart = await self._chart(product)
        kept = [SlotSet("focus", card.sku), SlotSet("body", body)]
        if chart is None:
            _no_chart(reply, product)
            return [*kept, pending.done()]
        advice = advise(chart, body)
        if advice.verdict is Verdict.INCOMPLETE:
            return [*kept, self._ask(reply, card, chart, advice, body)]
        sold = Sold.of(product, chart)
        _say(reply, sold, advice)
        return [*kept, self._offer(turn, sold, advice)]

    def _ask(
        self, reply: Reply, card: Card, chart: SizeChart, advice: Advice, body: Mapping[str, Any]
    ) -> EventType:
        """For what is missing, or for the unit of a weight that may be either."""
        if WEIGHT in advice.missing and BARE in body and len(advice.missing) == 1:
            number = f"{body[BARE]:g}"
            choices = [f"{number}公斤", f"{number}斤"]
            reply.offer("utter_size_unit", choices, number=number)
            return pending.ask(self.name(), UNIT, choices, sku=card.sku, wanted=[WEIGHT])
        missing, known = "、".join(advice.missing), told(body, chart.measures)
        response = "utter_size_ask_more" if known else "utter_size_ask"
        reply.say(response, title=card.title, missing=missing, known=known)
        wanted = list(advice.missing)
        return pending.ask(self.name(), wanted[0], sku=card.sku, wanted=wanted)

    def _offer(self, turn: Turn, sold: Sold, advice: Advice) -> EventType:
        """那就拿这个码: what was advised can be bought by saying so."""
        live = sold.live(advice.sizes)
        if not live or advice.verdict is Verdict.APART:
            return pending.done()
        values, left = sold.values, _still_wanted(turn, sold.option, sold.skus(live))
        return pending.ask(
            self.name(), PURCHASE, live, option=sold.option, values=values, left=left
        )

    async def _bought(self, turn: Turn, heard: str, reply: Reply) -> list[EventType] | None:
        """The advised size is wanted; every other size is a wish of its own."""
        waits = turn.pending or {}
        said = literal(turn.text, waits["values"]) or literal(
            turn.reading.size or "", waits["values"]
        )
        other = said not in waits["choices"] if said else turn.reading.size is not None
        agreed = heard == self._purchase.name() or said is not None
        agreed = agreed or (heard == "action_affirm" and len(waits["choices"]) == 1)
        if other or not agreed:
            return None
        wish = {**waits, "action": self._purchase.name(), "missing": waits["option"], "quantity": 1}
        meant = replace(turn, pending=wish, focus=waits["left"][0])
        return await self._purchase.answer(meant, self._purchase.name(), reply)

    async def _chart(self, product: Product) -> SizeChart | None:
        who = wearer(product.attributes)
        async with self._storage.unit() as unit:
            return await unit.size_charts.of(product.product_id, product.category, who)


def _still_wanted(turn: Turn, option: str, skus: Sequence[str]) -> list[str]:
    """Those that were left when the size was asked for: the colour may be chosen already."""
    waits = turn.pending or {}
    asked = waits.get("action") == "action_add_to_cart" and waits.get("missing") == option
    left = waits.get("left", ()) if asked else ()
    return [sku for sku in skus if sku in left] or list(skus)


def _say(reply: Reply, sold: Sold, advice: Advice) -> None:
    title = sold.product.title
    if advice.verdict is Verdict.BEYOND:
        reply.say("utter_size_beyond", title=title, beyond=beyond(advice))
        return
    sizes, reasons = [sold.called(size) for size in advice.sizes], sold.reasons(advice)
    unsold = advice.verdict is Verdict.ONE and not sold.live(advice.sizes)
    response = "utter_size_fits" if unsold else _BY_VERDICT[advice.verdict]
    reply.say(response, title=title, size=sizes[0], larger=sizes[-1], reasons=reasons)
    if advice.verdict is not Verdict.APART:
        _say_stock(reply, sold, advice)


def _say_stock(reply: Reply, sold: Sold, advice: Advice) -> None:
    """What is to be known before one of the advised sizes is bought."""
    if note := fit_note(sold.product.description):
        reply.say("utter_size_note", note=note)
    if gone := sold.gone(advice.sizes):
        reply.say("utter_size_sold_out", size=gone[0], sizes="、".join(gone))
    if absent := sold.absent(advice.sizes):
        values = "、".join(sold.values)
        reply.say("utter_size_absent", sizes="、".join(absent), values=values)


def _say_fit(reply: Reply, product: Product) -> None:
    """What the description says of how the sizes run; else the cut, and that no more is known."""
    cut = product.attributes.get("版型")
    if note := fit_note(product.description):
        reply.say("utter_size_fit", title=product.title, note=note)
    elif cut:
        reply.say("utter_size_cut", title=product.title, cut=cut)
    else:
        reply.say("utter_size_fit_unknown", title=product.title)


def _say_usual(turn: Turn, reply: Reply, sold: Sold) -> None:
    """The usual size elsewhere is no measure: what that size is here, for comparison."""
    said = literal(turn.text, sold.values) or turn.reading.size or ""
    size = sold.chart.size(said) if said else None
    values = {"title": sold.product.title, "missing": "、".join(sold.chart.needs[0])}
    if size is None:
        reply.say("utter_size_usual_ask", **values)
    elif sold.value(size) is None:
        reply.say("utter_size_absent", sizes=size.name, values="、".join(sold.values))
    else:
        reply.say("utter_size_usual", size=sold.called(size), row=sold.row(size), **values)


def _no_chart(reply: Reply, product: Product) -> None:
    reply.say("utter_size_no_chart", title=product.title)


def _merged(turn: Turn) -> dict[str, Any]:
    """What is known of the body after this sentence; somebody else's begins anew."""
    before = {} if turn.reading.body.get("other") else turn.body
    return _with(before, turn.reading.body)


def _answered(turn: Turn, waits: Mapping[str, Any]) -> dict[str, Any] | None:
    """The body with what the sentence says of what was asked; None where it says nothing of it."""
    said = turn.reading.body
    if "alone" in said:
        said = _of_alone(said["alone"], waits["wanted"])
    unit = literal(turn.text, _KILOGRAMS) if waits["missing"] == UNIT else None
    if unit and BARE in turn.body:
        said = {WEIGHT: turn.body[BARE] * _KILOGRAMS[unit]}
    return _with(turn.body, said) if {*UNITS, BARE} & said.keys() else None


def _of_alone(number: float, wanted: Sequence[str]) -> dict[str, float]:
    """A number in answer is the first thing asked that it can be."""
    for measure in wanted:
        if measure == WEIGHT:
            return {BARE: number}
        if (value := of_number(measure, number)) is not None:
            return {measure: value}
    return {}


def _with(body: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A body after what was said of it; a weight without a unit counts where only one can be meant."""
    new = {name: value for name, value in said.items() if name in UNITS or name == BARE}
    weighed = {WEIGHT, BARE} & new.keys()
    known = {name: v for name, v in body.items() if not weighed or name not in (WEIGHT, BARE)}
    found = {**known, **new}
    weight = kilograms(found[BARE], found.get(HEIGHT)) if BARE in found else None
    if weight is None:
        return found
    return {**{name: v for name, v in found.items() if name != BARE}, WEIGHT: weight}
