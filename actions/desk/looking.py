"""What is with an order: its state, its parcels, its refunds."""

from __future__ import annotations

from actions.desk.inquiry import Inquiry
from actions.desk.ordering import PhoneTail, WhichOrder
from actions.desk.talk import Talk
from actions.desk.wording import moment
from actions.reply import yuan
from shop.desk.views import OrderView
from shop.domain.order import OrderStatus

_BY_STATUS = {
    OrderStatus.UNPAID: "unpaid",
    OrderStatus.PAID: "paid",
    OrderStatus.SHIPPED: "shipped",
    OrderStatus.DELIVERED: "delivered",
    OrderStatus.COMPLETED: "completed",
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.REFUNDING: "refunding",
    OrderStatus.REFUNDED: "refunded",
}


class OrderInquiry(Inquiry):
    skill = "order_status"
    fields = (WhichOrder(), PhoneTail())

    async def tell(self, talk: Talk) -> None:
        view = await talk.view()
        talk.reply.say(_response(view), **_values(talk, view))
        talk.reply.attach("order", view.to_json())


def _response(view: OrderView) -> str:
    state = _BY_STATUS[view.order.status]
    if view.overdue:
        state = "overdue"
    elif state == "paid" and view.promised_at is None:
        state = "paid_unknown"
    return f"utter_order_status_{state}"


def _values(talk: Talk, view: OrderView) -> dict[str, str]:
    order = view.order
    known = {
        "promised_at": view.promised_at,
        "delivered_at": order.delivered_at,
        "shipped_at": order.shipped_at,
    }
    moments = {name: moment(talk, at) for name, at in known.items() if at is not None}
    return {"order_no": order.order_no, "amount": yuan(order.amount), **moments}
