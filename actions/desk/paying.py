"""支付异常 and 退款进度: where the money is."""

from __future__ import annotations

from actions.desk.inquiry import Inquiry
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Talk
from actions.desk.wording import moment
from actions.reply import yuan
from shop.desk.views import RefundView
from shop.domain.command import ReportPayment
from shop.domain.order import OrderStatus
from shop.domain.refund import RefundState
from shop.domain.refusal import PaymentConsistent, Refused
from shop.domain.ticket import TicketKind

# Requests that end with money going back where they are granted.
_MONEY_BACK = frozenset(
    {
        TicketKind.CANCEL,
        TicketKind.DEFECT,
        TicketKind.PRICE,
        TicketKind.REFUND,
        TicketKind.RETURN,
    }
)


class PaymentForm(Request):
    skill = "payment_problem"
    fields = (WhichOrder(having(OrderStatus.UNPAID, OrderStatus.PAID)), PhoneTail())
    own_words = frozenset({"payment_consistent", "already_asked"})

    async def command(self, talk: Talk) -> ReportPayment:
        return ReportPayment(talk.known["order"])

    def refusal(self, no: Refused) -> str:
        if isinstance(no, PaymentConsistent) and no.facts["pending"]:
            return "utter_payment_problem_pending"
        if isinstance(no, PaymentConsistent) and no.facts["status"] == OrderStatus.UNPAID.value:
            return "utter_payment_problem_unpaid"
        return super().refusal(no)


class RefundInquiry(Inquiry):
    skill = "refund_progress"
    fields = (WhichOrder(having(OrderStatus.REFUNDING, OrderStatus.REFUNDED)), PhoneTail())

    async def tell(self, talk: Talk) -> None:
        number = talk.known["order"]
        refunds = await talk.desk.read.refunds(talk.requester, number)
        for view in refunds:
            _tell(talk, view)
        if not refunds:
            await self._tell_requests(talk, number)

    async def _tell_requests(self, talk: Talk, number: str) -> None:
        """No money has moved: what was asked for that may lead to it."""
        tickets = await talk.desk.read.tickets(talk.requester)
        mine = [one for one in tickets if one.order_no == number and one.open]
        about = [one for one in mine if one.kind in (*_MONEY_BACK, TicketKind.PAYMENT)]
        if not about:
            talk.reply.say("utter_refund_progress_none", order_no=number)
        for ticket in about:
            said = {"ticket_no": ticket.ticket_no, "status": ticket.status.value}
            kind = "request" if ticket.kind in _MONEY_BACK else "checking"
            talk.reply.say(f"utter_refund_progress_{kind}", order_no=number, **said)
            talk.reply.attach("ticket", ticket.to_json())


def _tell(talk: Talk, view: RefundView) -> None:
    refund = view.refund
    said = {
        "refund_no": refund.refund_no,
        "amount": yuan(refund.amount),
        "channel": refund.channel,
    }
    if refund.state is RefundState.PROCESSING:
        talk.reply.say("utter_refund_progress_processing", **said)
    elif refund.state is RefundState.FAILED:
        talk.reply.say("utter_refund_progress_failed", **said)
    elif view.latest is None:
        talk.reply.say("utter_refund_progress_sent_unknown", **said)
    elif view.latest <= talk.desk.clock():
        talk.reply.say("utter_refund_progress_arrived", latest=moment(talk, view.latest), **said)
    else:
        talk.reply.say("utter_refund_progress_sent", latest=moment(talk, view.latest), **said)
