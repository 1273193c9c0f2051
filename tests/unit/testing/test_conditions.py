"""A condition says what is wrong with a value, or nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from testing.checking.conditions import MISSING, at, broken


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        (3000, 3000.0),
        (3000, Decimal("3000.00")),
        ("3000", "3000.00"),
        (["手机", "平板"], "平板"),
        (["a", "b"], ["a", "b"]),
        (True, True),
        (None, None),
        ({"min": 1, "max": 3}, 3),
        ({"above": 1}, 1.01),
        ({"below": 3}, Decimal("2.99")),
        ({"not": ["小米", "Redmi"]}, "华为"),
        ({"contains": "小米"}, "小米14"),
        ({"contains": ["a", 1]}, ["b", 1.0, "a"]),
        ({"lacks": "小米"}, ["华为"]),
        ({"contains": "category"}, {"category": "手机"}),
        ({"matches": r"^\d+ 元$"}, "20 元"),
        ({"length": {"max": 2}}, "ab"),
        ({"exists": True}, None),
        ({"exists": False}, MISSING),
    ],
)
def test_what_holds(condition: Any, value: Any) -> None:
    assert list(broken(condition, value)) == []


@pytest.mark.parametrize(
    ("condition", "value", "told"),
    [
        (3000, 2999, "should be 3000, is 2999"),
        (True, 1, "should be true, is 1"),
        (1, True, "should be 1, is true"),
        (["手机"], "电视", 'should be ["手机"], is 电视'),
        ({"max": 3000}, 3000.01, "should be at most 3000, is 3000.01"),
        ({"max": 3000}, "free", "should be at most 3000, is free"),
        ({"min": 1}, "NaN", "should be at least 1, is NaN"),
        ({"not": "小米"}, "小米", "should not be 小米, is 小米"),
        ({"lacks": ["Redmi", "小米"]}, "小米14", 'should not contain ["Redmi", "小米"], is 小米14'),
        ({"length": 2}, "abc", "has length should be 2, is 3"),
        ({"exists": False}, 1, "should not be there, is 1"),
        (1, MISSING, "is missing"),
    ],
)
def test_what_does_not(condition: Any, value: Any, told: str) -> None:
    assert list(broken(condition, value)) == [told]


def test_every_part_of_a_condition_is_told() -> None:
    assert len(list(broken({"min": 5, "contains": "x"}, "3"))) == 2


def test_paths() -> None:
    data = {"frame": {"brands": ["华为", "小米"]}, "none": None}
    assert at(data, "frame.brands.-1") == "小米"
    assert at(data, "none") is None
    for path in ("frame.brands.2", "frame.price_max", "none.x", "frame.brands.x"):
        assert at(data, path) is MISSING
