"""The forms that are about goods that came, papers, words and what the shop keeps."""

from __future__ import annotations

from actions.desk.claiming import ClaimForm
from actions.desk.complaining import ComplaintForm
from actions.desk.defects import DefectForm
from actions.desk.erasing import EraseForm
from actions.desk.form import Form
from actions.desk.invoicing import InvoiceForm
from actions.desk.price_guard import PriceForm
from actions.desk.repairing import RepairForm
from actions.desk.reviewing import ReviewForm
from actions.desk.tickets import TicketInquiry, WithdrawForm

# Of these the shop's terms are asked for in the same words (能价保吗).
ADVISED = (PriceForm, InvoiceForm, RepairForm, ComplaintForm, EraseForm)


def concerns() -> tuple[type[Form], ...]:
    return (
        ClaimForm,
        ComplaintForm,
        DefectForm,
        EraseForm,
        InvoiceForm,
        PriceForm,
        RepairForm,
        ReviewForm,
        TicketInquiry,
        WithdrawForm,
    )
