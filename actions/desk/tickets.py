"""我的售后单: the requests that there are, and taking one back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.choices import Choice, worded
from actions.desk.inquiry import Inquiry
from actions.desk.request import Request
from actions.desk.talk import LISTED, Ended, Talk
from shop.domain.command import WithdrawTicket
from shop.domain.refusal import WrongState
from shop.domain.ticket import Ticket, TicketKind, TicketStatus

_NUMBER = re.compile(r"(?<![A-Za-z0-9])[Tt]-?[0-9A-Za-z]{2,}(?:-[0-9A-Za-z]+)*")
# What each kind is called, and the words that mean it.
KINDS = {
    TicketKind.URGE: "催发货",
    TicketKind.STALE_PARCEL: "物流核实",
    TicketKind.ADDRESS: "改地址",
    TicketKind.CANCEL: "取消订单",
    TicketKind.PAYMENT: "支付核实",
    TicketKind.RETURN: "退货",
    TicketKind.EXCHANGE: "换货",
    TicketKind.REFUND: "仅退款",
    TicketKind.DEFECT: "破损少件",
    TicketKind.PRICE: "价保",
    TicketKind.INVOICE: "发票",
    TicketKind.REPAIR: "维修",
    TicketKind.COMPLAINT: "投诉",
}
_WORDS = {
    TicketKind.URGE: "催",
    TicketKind.RETURN: "退货|不退了|退款",
    TicketKind.EXCHANGE: "换",
    TicketKind.REFUND: "仅退款|退款",
    TicketKind.DEFECT: "破损|少件|发错|补发",
    TicketKind.INVOICE: "发票",
    TicketKind.REPAIR: "修",
    TicketKind.COMPLAINT: "投诉",
}


class TicketInquiry(Inquiry):
    """The newest few, or the one that is named."""

    skill = "view_tickets"
    fields = ()

    async def tell(self, talk: Talk) -> None:
        number = find_ticket_no(talk.text)
        if number is not None:
            found = [await talk.desk.read.ticket(talk.requester, number)]
        else:
            found = await talk.desk.read.tickets(talk.requester, LISTED)
        if not found:
            talk.reply.say("utter_view_tickets_none")
            return
        talk.reply.say("utter_view_tickets", count=len(found))
        for ticket in found:
            talk.reply.attach("ticket", ticket.to_json())


@dataclass(frozen=True)
class WhichTicket:
    """The number of a request that can still be taken back."""

    name: str = "ticket"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return True

    async def read(self, talk: Talk) -> Any | None:
        number = find_ticket_no(talk.text)
        if number is not None:
            return number
        found = await _open(talk)
        if talk.asked == self.name and (place := talk.place(len(found))) is not None:
            return found[place].ticket_no
        meant = [one for one in found if re.search(_WORDS.get(one.kind, "(?!)"), talk.text)]
        return meant[0].ticket_no if len(meant) == 1 and self.name not in talk.known else None

    async def given(self, talk: Talk) -> Any | None:
        found = await _open(talk)
        if not found:
            raise Ended("utter_withdraw_ticket_none")
        return found[0].ticket_no if len(found) == 1 else None

    async def ask(self, talk: Talk) -> None:
        found = (await _open(talk))[:LISTED]
        talk.reply.ask("utter_withdraw_ticket_which", [_choice(one) for one in found])


class WithdrawForm(Request):
    skill = "withdraw_ticket"
    fields = (WhichTicket(),)
    own_words = frozenset({"wrong_state"})

    async def command(self, talk: Talk) -> WithdrawTicket:
        return WithdrawTicket(talk.known["ticket"])

    async def values(self, talk: Talk) -> dict[str, Any]:
        ticket = await talk.desk.read.ticket(talk.requester, talk.known["ticket"])
        return {"ticket_no": ticket.ticket_no, "kind": KINDS[ticket.kind]}


def find_ticket_no(text: str) -> str | None:
    """As the shop writes it: T and what follows."""
    found = _NUMBER.search(text)
    return found.group().upper() if found and any(map(str.isdigit, found.group())) else None


async def _open(talk: Talk) -> Sequence[Ticket]:
    """Those that can be taken back, newest first."""
    return [one for one in await talk.desk.read.tickets(talk.requester) if _withdrawable(one)]


def _withdrawable(ticket: Ticket) -> bool:
    try:
        ticket.check(TicketStatus.WITHDRAWN)
    except WrongState:
        return False
    return True


def _choice(ticket: Ticket) -> Choice:
    kind, order = KINDS[ticket.kind], ticket.order_no or ""
    return worded("ticket", what=kind, order=order, ticket_no=ticket.ticket_no)
