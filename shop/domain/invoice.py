"""Invoices, and the check of a taxpayer number (GB 32100-2015)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shop.domain import money
from shop.domain.refusal import BadInvoiceTitle, BadTaxNumber, WrongState

# 31 characters: no I, O, S, V, Z, which look like digits or each other.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NUMBER = re.compile(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}", re.ASCII)
_LENGTH = 18
_TITLE = range(2, 101)


class InvoiceKind(StrEnum):
    PERSONAL = "个人"
    COMPANY = "企业"


class InvoiceState(StrEnum):
    """State of an invoice; a replaced one is voided."""

    REQUESTED = "开具中"
    ISSUED = "已开具"
    VOIDED = "已作废"


_NEXT: Mapping[InvoiceState, frozenset[InvoiceState]] = {
    InvoiceState.REQUESTED: frozenset({InvoiceState.ISSUED, InvoiceState.VOIDED}),
    InvoiceState.ISSUED: frozenset({InvoiceState.VOIDED}),
    InvoiceState.VOIDED: frozenset(),
}


@dataclass(frozen=True)
class Invoice:
    """An invoice over `amount` yuan; a company's has its taxpayer number."""

    invoice_no: str
    order_no: str
    kind: InvoiceKind
    title: str
    amount: Decimal
    state: InvoiceState
    requested_at: datetime
    tax_no: str | None = None
    issued_at: datetime | None = None

    def check(self, wanted: InvoiceState) -> None:
        """Raises WrongState."""
        if wanted not in _NEXT[self.state]:
            raise WrongState(status=self.state.value)

    def to_json(self) -> dict[str, Any]:
        return {
            "invoice_no": self.invoice_no,
            "order_no": self.order_no,
            "kind": self.kind.value,
            "title": self.title,
            "tax_no": self.tax_no,
            "amount": money.to_json(self.amount),
            "state": self.state.value,
            "requested_at": self.requested_at.isoformat(),
            "issued_at": self.issued_at.isoformat() if self.issued_at else None,
        }


def check_tax_number(text: str) -> str:
    """The number in capitals, without spaces; raises BadTaxNumber with `why`: length, letters, form, check.

    The 18th character makes the sum of the 31 values, weighted with powers of 3, divisible by 31.
    """
    number = re.sub(r"\s", "", text).upper()
    if len(number) != _LENGTH:
        raise BadTaxNumber(why="length", length=len(number))
    foreign = "".join(dict.fromkeys(c for c in number if c not in _ALPHABET))
    if foreign:
        raise BadTaxNumber(why="letters", letters=foreign)
    if not _NUMBER.fullmatch(number):
        raise BadTaxNumber(why="form")
    if number[-1] != check_character(number[:-1]):
        raise BadTaxNumber(why="check")
    return number


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(body))
    return _ALPHABET[-total % 31]


def check_title(text: str) -> str:
    """Raises BadInvoiceTitle."""
    title = text.strip()
    if len(title) not in _TITLE or not title.isprintable():
        raise BadInvoiceTitle
    return title
