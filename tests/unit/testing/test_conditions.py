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
        (3000, 2999, "应是 3000，实际是 2999"),
        (True, 1, "应是 true，实际是 1"),
        (1, True, "应是 1，实际是 true"),
        (["手机"], "电视", '应是 ["手机"]，实际是 电视'),
        ({"max": 3000}, 3000.01, "应不高于 3000，实际是 3000.01"),
        ({"max": 3000}, "free", "应不高于 3000，实际是 free"),
        ({"min": 1}, "NaN", "应不低于 1，实际是 NaN"),
        ({"not": "小米"}, "小米", "应不是 小米，实际是 小米"),
        ({"lacks": ["Redmi", "小米"]}, "小米14", '应不包含 ["Redmi", "小米"]，实际是 小米14'),
        ({"length": 2}, "abc", "长度应是 2，实际是 3"),
        ({"exists": False}, 1, "不应该有，实际是 1"),
        (1, MISSING, "没有"),
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
