"""Amounts in yuan: Decimal inside, JSON numbers on the wire."""

import re
from decimal import ROUND_HALF_UP, Decimal

from shop.domain.errors import BadMoney

MAX_YUAN = Decimal(10_000_000)
CENT = Decimal("0.01")
# A comma is accepted only where it groups thousands: "12,50" is refused, not read as 1250.
_AMOUNT = re.compile(
    r"(?:[¥￥]|CNY|RMB)?\s*(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?:CNY|RMB|元)?", re.ASCII
)


def yuan(value: object) -> Decimal:
    """Read an amount, rounded to fen; raises BadMoney."""
    match = _AMOUNT.fullmatch(str(value).strip())
    if match is None or isinstance(value, bool):
        raise BadMoney(f"not an amount: {str(value)[:40]!r}")
    amount = Decimal(match[1].replace(",", ""))
    if amount.is_signed() or amount > MAX_YUAN:
        raise BadMoney(f"out of range: {str(value)[:40]!r}")
    return amount.quantize(CENT, ROUND_HALF_UP)


def to_json(amount: Decimal) -> int | float:
    """The shortest JSON number of an amount: 59, not 59.00."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
