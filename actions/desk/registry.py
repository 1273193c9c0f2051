"""All forms of the desk."""

from __future__ import annotations

from actions.desk.cancelling import CancelForm
from actions.desk.form import Form
from actions.desk.looking import OrderInquiry
from actions.desk.paying import PaymentForm, RefundInquiry
from actions.desk.returning import ExchangeForm, ReturnForm
from actions.desk.shipping import AddressForm, TrackForm, UrgeForm
from shop.desk import Desk


def build_forms(desk: Desk) -> list[Form]:
    return [
        AddressForm(desk),
        CancelForm(desk),
        ExchangeForm(desk),
        OrderInquiry(desk),
        PaymentForm(desk),
        RefundInquiry(desk),
        ReturnForm(desk),
        TrackForm(desk),
        UrgeForm(desk),
    ]
