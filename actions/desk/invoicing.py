"""发票: one for an order, or another in place of the one that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.choices import worded
from actions.desk.fields import OneOf
from actions.desk.ordering import PhoneTail, WhichOrder, having
from actions.desk.request import Request
from actions.desk.talk import Talk, Unfit
from actions.reply import yuan
from recsys.query.aftersale import agrees
from recsys.query.invoicing import (
    INVOICE_KINDS,
    find_tax_number,
    find_title,
    read_title,
    wants_anew,
)
from shop.domain.command import ReissueInvoice, RequestInvoice
from shop.domain.invoice import Invoice, InvoiceKind, InvoiceState, check_tax_number, check_title
from shop.domain.order import OrderStatus
from shop.domain.refusal import BadInvoiceTitle, BadTaxNumber

_PAID = (OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.COMPLETED)


@dataclass(frozen=True)
class Anew:
    """Whether the invoice that there is shall be replaced; False where there is none."""

    name: str = "anew"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return talk.at_order

    async def read(self, talk: Talk) -> Any | None:
        asked = talk.asked == self.name and agrees(talk.text)
        if not (asked or wants_anew(talk.text)):
            return None
        return await _valid(talk) is not None

    async def given(self, talk: Talk) -> Any | None:
        return None if await _valid(talk) else False

    async def ask(self, talk: Talk) -> None:
        invoice = await _valid(talk)
        assert invoice is not None
        facts = {"kind": invoice.kind.value, "title": invoice.title, "state": invoice.state.value}
        choices = [worded("reissue"), worded("no")]
        amount, number = yuan(invoice.amount), invoice.invoice_no
        talk.reply.ask("utter_invoice_exists", choices, invoice_no=number, amount=amount, **facts)


@dataclass(frozen=True)
class Title:
    """The name on the invoice."""

    name: str = "title"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return talk.known.get("kind") is not None

    async def read(self, talk: Talk) -> Any | None:
        asked = talk.asked == self.name
        title = find_title(talk.turn.text) or (read_title(talk.text) if asked else None)
        if title is None:
            return None
        try:
            return check_title(title)
        except BadInvoiceTitle as error:
            raise Unfit("utter_desk_bad_invoice_title") from error

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        company = talk.known["kind"] == InvoiceKind.COMPANY.value
        talk.reply.say(f"utter_invoice_ask_title_{'company' if company else 'person'}")


@dataclass(frozen=True)
class TaxNumber:
    """A company's; why a wrong one is wrong is said at once."""

    name: str = "tax_no"
    resets: tuple[str, ...] = ()

    def needed(self, talk: Talk) -> bool:
        return talk.known.get("kind") == InvoiceKind.COMPANY.value

    async def read(self, talk: Talk) -> Any | None:
        number = find_tax_number(talk.turn.text)
        if number is None or not (talk.asked == self.name or "税" in talk.text):
            return None
        try:
            return check_tax_number(number)
        except BadTaxNumber as error:
            raise Unfit(f"utter_invoice_tax_{error.facts['why']}", **error.facts) from error

    async def given(self, talk: Talk) -> Any | None:
        return None

    async def ask(self, talk: Talk) -> None:
        talk.reply.say("utter_invoice_ask_tax_no", title=talk.known["title"])


class InvoiceForm(Request):
    skill = "invoice"
    fields = (
        WhichOrder(having(*_PAID)),
        PhoneTail(),
        Anew(),
        OneOf("kind", "utter_invoice_ask_kind", INVOICE_KINDS, resets=("title", "tax_no")),
        Title(),
        TaxNumber(),
    )
    again = {"bad_invoice_title": "title", "bad_tax_number": "tax_no"}

    def holds_a_card(self, talk: Talk) -> bool:
        """A taxpayer number may be nothing but digits, too."""
        return super().holds_a_card(talk) and not _is_tax_number(talk.turn.text)

    def is_answer(self, text: str, asked: str | None) -> bool:
        """9133O106MA2DEM00XY 这个呢."""
        return asked == "tax_no" and find_tax_number(text) is not None

    async def command(self, talk: Talk) -> RequestInvoice | ReissueInvoice:
        known = talk.known
        kind = InvoiceKind(known["kind"])
        tax_no = known["tax_no"] if kind is InvoiceKind.COMPANY else None
        command = ReissueInvoice if known["anew"] else RequestInvoice
        return command(known["order"], kind, known["title"], tax_no)

    def question(self, talk: Talk, facts: Mapping[str, Any]) -> str:
        anew = "again" if facts["replaces"] else "new"
        return f"utter_invoice_confirm_{anew}{'_company' if facts['tax_no'] else ''}"


def _is_tax_number(text: str) -> bool:
    try:
        check_tax_number(find_tax_number(text) or "")
    except BadTaxNumber:
        return False
    return True


async def _valid(talk: Talk) -> Invoice | None:
    """The invoice that counts."""
    found = await talk.desk.read.invoices(talk.requester, talk.known["order"])
    return next((one for one in found if one.state is not InvoiceState.VOIDED), None)
