"""All forms of the desk."""

from __future__ import annotations

from actions.desk.cancelling import CancelForm
from actions.desk.concerns import concerns
from actions.desk.form import Form
from actions.desk.looking import OrderInquiry
from shop.desk import Desk


def build_forms(desk: Desk) -> list[Form]:
    return [CancelForm(desk), OrderInquiry(desk), *(form(desk) for form in concerns())]
