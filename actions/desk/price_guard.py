"""价保: the difference to today's price comes back."""

from __future__ import annotations

from actions.desk.lines import WhichLine
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Talk
from shop.domain.command import ProtectPrice
from shop.domain.order import OrderStatus

_PAID = (OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.COMPLETED)


class PriceForm(Request):
    skill = "price_protection"
    fields = (WhichOrder(having(*_PAID)), PhoneTail(), WhichLine())

    async def command(self, talk: Talk) -> ProtectPrice:
        return ProtectPrice(talk.known["order"], talk.known["line"])
