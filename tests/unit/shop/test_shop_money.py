"""Amounts in yuan."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.errors import BadMoney
from shop.domain.money import to_json, yuan


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("59", "59.00"),
        (59, "59.00"),
        (899.0, "899.00"),
        ("¥ 1,299.50", "1299.50"),
        ("￥0", "0.00"),
        ("12.345", "12.35"),
        ("29.9元", "29.90"),
        ("19.99 CNY", "19.99"),
    ],
)
def test_amounts_are_read(text: object, amount: str) -> None:
    assert yuan(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    ["", "面议", "-1", "12,50", "1,2345", "1e3", "nan", "19.99 USD", "10000001", True, None, "٣"],
)
def test_other_texts_are_refused(text: object) -> None:
    with pytest.raises(BadMoney):
        yuan(text)


@pytest.mark.parametrize(("text", "number"), [("59.00", 59), ("59.90", 59.9), ("0.01", 0.01)])
def test_the_wire_has_the_shortest_number(text: str, number: float) -> None:
    assert repr(to_json(Decimal(text))) == repr(number)


@given(st.decimals(0, 10_000_000, places=2))
def test_money_survives_the_wire(amount: Decimal) -> None:
    assert yuan(to_json(amount)) == amount
