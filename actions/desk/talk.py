"""One turn at the desk: who asks, what was said, and what the form knows by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from actions.desk.memory import Case, Memory
from actions.reply import Reply
from actions.turn import Turn
from recsys.query.aftersale import corrected, find_order_no
from shop.desk import Desk
from shop.desk.views import OrderView
from shop.domain.order import Order
from shop.domain.requester import Requester

# Orders that a question offers at once.
LISTED = 5


class Unfit(Exception):
    """An answer that cannot be taken: `response` says why, and it is asked again."""

    def __init__(self, response: str, **values: Any) -> None:
        super().__init__(response)
        self.response = response
        self.values = values


class Ended(Exception):
    """The form cannot go on: `response` says why."""

    def __init__(self, response: str, **values: Any) -> None:
        super().__init__(response)
        self.response = response
        self.values = values


@dataclass
class Talk:
    """`known` changes while fields are read; `placed`: a 第二个 of this sentence has named something already."""

    desk: Desk
    requester: Requester
    turn: Turn
    reply: Reply
    memory: Memory
    known: dict[str, Any]
    asked: str | None = None
    placed: bool = False
    views: dict[str, OrderView] = field(default_factory=dict)
    own: list[Order] | None = None

    @classmethod
    def of(cls, desk: Desk, requester: Requester, turn: Turn, reply: Reply, case: Case) -> Talk:
        memory = Memory.of(turn.desk)
        return cls(desk, requester, turn, reply, memory, dict(case.known), case.asked)

    @property
    def text(self) -> str:
        """The sentence; of 不是第一件是第二件 what holds."""
        return corrected(self.turn.text)

    @property
    def corrects(self) -> bool:
        return self.text != self.turn.text

    def settled(self, name: str) -> bool:
        """Whether a field is known and neither asked for nor corrected: then only plain words change it."""
        return name in self.known and self.asked != name and not self.corrects

    def show(self, orders: Sequence[Order]) -> None:
        """From now on 第二个 is the second of these."""
        numbers = tuple(order.order_no for order in orders)
        self.memory = replace(self.memory, listed=numbers)

    @property
    def guest(self) -> bool:
        return self.requester.customer_id is None

    @property
    def at_order(self) -> bool:
        """Whether the order is known, and of a guest shown to be theirs."""
        number = self.known.get("order")
        return number is not None and (not self.guest or number in self.requester.verified)

    @property
    def named_again(self) -> bool:
        """Whether the order that is known already is named by its number."""
        number = find_order_no(self.text)
        return number is not None and str(self.known.get("order", "")).upper().endswith(number)

    @property
    def today(self) -> date:
        """The shop's."""
        return self.local(self.desk.clock()).date()

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.desk.rules.zone)

    def place(self, count: int) -> int | None:
        """Which of so many things 第二个 names, from 0; each sentence names one thing so."""
        numbers = self.turn.reading.ordinals
        number = numbers[-1] if numbers else self.turn.reading.alone
        if self.placed or number is None:
            return None
        place = number - 1 if number > 0 else count + number
        if not 0 <= place < count:
            return None
        self.placed = True
        return place

    async def view(self) -> OrderView:
        """The order of the form. Raises UnknownOrder, BackendDown."""
        number: str = self.known["order"]
        if number not in self.views:
            self.views[number] = await self.desk.read.order(self.requester, number)
        return self.views[number]

    async def order(self) -> Order:
        return (await self.view()).order

    async def orders(self) -> list[Order]:
        """The customer's own, newest first; of a guest those that were shown to be theirs."""
        if self.own is None:
            self.own = await self._orders()
        return self.own

    async def _orders(self) -> list[Order]:
        if not self.guest:
            return await self.desk.read.orders(self.requester)
        numbers = sorted(self.requester.verified)
        views = [await self.desk.read.order(self.requester, number) for number in numbers]
        found = [view.order for view in views]
        return sorted(found, key=lambda order: order.placed_at, reverse=True)
