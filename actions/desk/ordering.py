"""Which order: by its number, its place among those shown, its day or its goods; a guest proves that it is theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from actions.choices import Choice, worded
from actions.desk.goods import speaks_of
from actions.desk.talk import LISTED, Ended, Talk, Unfit
from actions.reply import yuan
from recsys.query.aftersale import find_days, find_order_no, find_phone_tail
from shop.domain.order import Order, OrderStatus
from shop.domain.refusal import NotVerified

Suits = Callable[[Order], bool]
_NEWEST = re.compile(
    r"(?:最近|最新|最后|刚(?:才|刚)?)(?:买|下|拍|付|订)?(?:的|那|这|一|单|个|笔|订单)"
)
_ENDS = re.compile(r"(?:尾号|后四位|后4位|末四位|结尾)\D{0,4}(?P<ends>\d{4})")
_OF_ORDER = ("line", "quantity", "sku")


def any_order(order: Order) -> bool:
    return True


def having(*statuses: OrderStatus) -> Suits:
    """Orders in one of these states are the likely ones; every other can be named all the same."""
    return lambda order: order.status in statuses


@dataclass(frozen=True)
class WhichOrder:
    """The number of an order. `suits`: those that are offered first, and the only one of which goes without saying."""

    suits: Suits = any_order
    name: str = "order"
    resets: tuple[str, ...] = ("tail", *_OF_ORDER)

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        number = find_order_no(talk.text)
        if talk.guest and number is None:
            return None
        own = await talk.orders()
        # Digits alone may be a postcode or a tax number; they name an order where one is asked for.
        if number is not None and not (number.isdigit() and talk.settled(self.name)):
            return _of_number(own, number)
        # 鞋子太小了 is a reason, once the order is clear.
        if talk.settled(self.name):
            return None
        if (ends := _ENDS.search(talk.text)) and not talk.guest:
            return _ending(own, ends["ends"])
        return self._described(talk, own)

    def _described(self, talk: Talk, own: list[Order]) -> str | None:
        if talk.asked == self.name:
            listed = talk.memory.listed
            place = talk.place(len(listed))
            if place is not None:
                return listed[place]
        found = self._candidates(talk, own)
        if _NEWEST.search(talk.text) and found:
            return found[0].order_no
        return found[0].order_no if len(found) == 1 and _narrows(talk, own) else None

    async def given(self, talk: Talk) -> Any | None:
        own = await talk.orders()
        if not own and not talk.guest:
            raise Ended("utter_desk_no_orders")
        found = [order.order_no for order in self._candidates(talk, own)]
        if len(found) == 1:
            return found[0]
        return talk.memory.order_no if talk.memory.order_no in found else None

    async def ask(self, talk: Talk) -> None:
        found = self._candidates(talk, await talk.orders())[:LISTED]
        if not found:
            talk.reply.say("utter_desk_ask_order_no")
            return
        # Asked again the question alone: the cards stand in the conversation already.
        if talk.asked != self.name or [order.order_no for order in found] != list(
            talk.memory.listed
        ):
            talk.reply.say("utter_desk_orders", count=len(found))
            for order in found:
                talk.reply.attach("order", order.to_json())
        talk.show(found)
        # Last, so that the choices stand below the cards.
        talk.reply.ask("utter_desk_which_order", [_choice(talk, order) for order in found])

    def _candidates(self, talk: Talk, own: list[Order]) -> list[Order]:
        """Those that suit, then those that the sentence speaks of; a condition that none meets is let go."""
        found = [order for order in own if self.suits(order)] or own
        days = find_days(talk.text, talk.today)
        if days:
            first, last = days
            found = [o for o in found if first <= talk.local(o.placed_at).date() <= last] or found
        return [order for order in found if speaks_of(talk, order)] or found


@dataclass(frozen=True)
class PhoneTail:
    """A guest's proof. The digits are not kept: known is only that they were right."""

    name: str = "tail"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return talk.guest and talk.known.get("order") not in talk.requester.verified

    async def read(self, talk: Talk) -> Any | None:
        number, tail = talk.known.get("order"), find_phone_tail(talk.text)
        if number is None or tail is None or not self.needed(talk):
            return None
        try:
            talk.requester = await talk.desk.verify(talk.requester, number, tail)
        except NotVerified as error:
            del talk.known["order"]
            raise Unfit("utter_desk_not_verified", left=error.facts["left"]) from error
        return True

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        talk.reply.say("utter_desk_ask_tail", order_no=talk.known["order"])


def _of_number(own: list[Order], number: str) -> str:
    """As the shop writes it, where it is one of theirs; else as it was said, for the desk to judge."""
    ending = [order.order_no for order in own if order.order_no.upper().endswith(number)]
    return ending[0] if len(ending) == 1 else number


def _ending(own: list[Order], digits: str) -> str | None:
    found = [order.order_no for order in own if order.order_no.endswith(digits)]
    return found[0] if len(found) == 1 else None


def _narrows(talk: Talk, own: list[Order]) -> bool:
    """Whether the sentence says anything that tells orders apart."""
    return bool(find_days(talk.text, talk.today)) or any(speaks_of(talk, order) for order in own)


def _choice(talk: Talk, order: Order) -> Choice:
    day = talk.local(order.placed_at)
    return worded(
        "order",
        order_no=order.order_no,
        date=f"{day.month}月{day.day}日",
        title=order.items[0].title,
        amount=yuan(order.amount),
        status=order.status.value,
    )
