"""Taxpayer numbers (GB 32100-2015) and titles; what an order is invoiced for."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain import OrderStatus
from shop.domain.command import ReissueInvoice, RequestInvoice
from shop.domain.decision import decide
from shop.domain.invoice import (
    Invoice,
    InvoiceKind,
    InvoiceState,
    check_character,
    check_tax_number,
    check_title,
)
from shop.domain.refund import Refund, RefundState
from shop.domain.refusal import (
    BadInvoiceTitle,
    BadTaxNumber,
    InvoiceExists,
    NoInvoice,
    NothingLeft,
    Refused,
    WindowClosed,
    WrongState,
)
from tests.unit.shop.service_cases import DAY, NOW, RULES, case, order

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODY = st.builds(
    lambda head, area, rest: head + area + rest,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)
ASKED = RequestInvoice("N1", InvoiceKind.PERSONAL, "陈小满")
AGAIN = ReissueInvoice("N1", InvoiceKind.PERSONAL, "林一诺")
ISSUED = Invoice("F1", "N1", InvoiceKind.PERSONAL, "陈", Decimal(9), InvoiceState.ISSUED, NOW)


@pytest.mark.parametrize(
    "number",
    # The example of the standard, and numbers that large companies publish.
    ["91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91330100799655058B"],
)
def test_numbers_that_exist(number: str) -> None:
    assert check_tax_number(number) == number
    assert check_tax_number(f" {number[:6].lower()} {number[6:].lower()}") == number


@pytest.mark.parametrize(
    "number",
    [
        "",
        "91350100M000100Y44",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "9135010OM000100Y43",
        "９1350100M000100Y43",
    ],
)
def test_numbers_that_cannot_be(number: str) -> None:
    with pytest.raises(BadTaxNumber):
        check_tax_number(number)


@given(BODY, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body: str, place: int, wrong: str) -> None:
    number = body + check_character(body)
    assert check_tax_number(number) == number
    if number[place] != wrong:
        with pytest.raises(BadTaxNumber):
            check_tax_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("title", ["", " 陈 ", "陈" * 101, "陈\n满", "陈\0满"])
def test_titles_that_cannot_be_printed(title: str) -> None:
    with pytest.raises(BadInvoiceTitle):
        check_title(title)


def test_a_void_invoice_stays_void() -> None:
    void = replace(ISSUED, state=InvoiceState.VOIDED)
    ISSUED.check(InvoiceState.VOIDED)
    for wanted in InvoiceState:
        with pytest.raises(WrongState):
            void.check(wanted)


def test_what_stayed_with_the_shop_is_invoiced() -> None:
    back = Refund("R", "N1", "T", Decimal(18), "支付宝", RefundState.SENT, NOW)
    effect = decide(ASKED, case(refunds=(back,)), RULES, NOW)
    assert effect.invoice is not None
    assert (effect.invoice.amount, effect.invoice.tax_no) == (Decimal(100), None)


def test_a_company_needs_its_number() -> None:
    for number in (None, "123"):
        asked = replace(ASKED, kind=InvoiceKind.COMPANY, tax_no=number)
        with pytest.raises(BadTaxNumber):
            decide(asked, case(), RULES, NOW)


@pytest.mark.parametrize(
    ("command", "known", "refusal"),
    [
        (ASKED, case(invoices=(ISSUED,)), InvoiceExists),
        (AGAIN, case(), NoInvoice),
        (AGAIN, case(invoices=(replace(ISSUED, state=InvoiceState.VOIDED),)), NoInvoice),
        (ASKED, case(order(OrderStatus.UNPAID)), WrongState),
        (ASKED, case(order(OrderStatus.REFUNDED)), WrongState),
        (ASKED, case(order(paid_at=NOW - 367 * DAY)), WindowClosed),
        (
            ASKED,
            case(refunds=(Refund("R", "N1", "T", Decimal(118), None, RefundState.SENT, NOW),)),
            NothingLeft,
        ),
    ],
)
def test_what_is_not_invoiced(
    command: RequestInvoice, known: object, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        decide(command, known, RULES, NOW)  # type: ignore[arg-type]


def test_the_replaced_one_is_named() -> None:
    effect = decide(AGAIN, case(invoices=(ISSUED,)), RULES, NOW)
    assert effect.invoice is not None
    assert effect.invoice.replaces == "F1"
