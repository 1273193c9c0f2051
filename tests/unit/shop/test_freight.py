"""Freight: which rule holds, what it charges, and that the cheapest sum counts it."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.demo import files
from shop.demo.business import FreightEntry, PolicyEntry
from shop.demo.files import Complaints
from shop.domain.freight import Destination, FreightRule, destination
from shop.domain.promotion import Goods, Offer, Reason, quote
from tests.unit.shop.test_promotion import GOODS, NOW, OFFERS, less, offer

DEMO = Path(__file__).parents[3] / "data/catalog/demo"
FAR = FreightRule("far", Decimal("18.00"), Decimal("199.00"), ("新疆", "西藏"))
USUAL = FreightRule("usual", Decimal("8.00"), Decimal("99.00"))
TEA = Goods("茶叶", "食品饮料", Decimal("100.00"), 1)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("新疆维吾尔自治区乌鲁木齐市 1 号", Destination(FAR)),
        ("中国西藏拉萨市 1 号", Destination(FAR)),
        ("上海市静安区新疆路 1 号", Destination(USUAL)),
        (None, Destination(USUAL, ("新疆", "西藏"))),
    ],
)
def test_the_region_that_an_address_begins_with_has_its_own_rule(
    address: str | None, found: Destination
) -> None:
    assert destination([FAR, USUAL], address) == found
    assert destination([USUAL, FAR], address) == found


def test_where_no_rule_covers_the_place_nothing_is_said() -> None:
    assert destination([], None) is None
    assert destination([FAR], "上海市") is None
    assert destination([FAR], None) is None


@pytest.mark.parametrize(
    ("rule", "price", "freight"),
    [
        (USUAL, "98.99", "8.00"),
        (USUAL, "99.00", "0"),
        (replace(USUAL, free_from=None), "9999", "8"),
    ],
)
def test_freight_is_free_from_a_sum_on(rule: FreightRule, price: str, freight: str) -> None:
    goods = [replace(TEA, price=Decimal(price))]
    found = quote(goods, [], NOW, new_customer=False, rule=rule)
    assert found.freight == Decimal(freight)
    assert found.payable == Decimal(price) + Decimal(freight)


def test_nothing_bought_is_sent_for_nothing() -> None:
    assert quote([], [], NOW, new_customer=False, rule=USUAL).payable == 0


def test_a_coupon_that_costs_more_freight_than_it_saves_is_not_taken() -> None:
    small, big = offer("c1", "0", "5"), offer("c2", "0", "20")
    found = quote([TEA], [small], NOW, new_customer=False, rule=USUAL)
    assert (found.payable, found.applied) == (Decimal("100.00"), ())
    assert [one.reason for one in found.unused] == [Reason.FREIGHT]
    found = quote([TEA], [small, big], NOW, new_customer=False, rule=USUAL)
    assert (found.payable, found.freight) == (Decimal("88.00"), Decimal("8.00"))


@given(GOODS, OFFERS, st.decimals(0, 500, places=2), st.decimals(0, 50, places=2))
def test_no_choice_is_cheaper_with_freight(
    goods: list[Goods], offers: list[Offer], free_from: Decimal, fee: Decimal
) -> None:
    wide = [replace(one, scope=None) for one in offers]
    total = sum((line.amount for line in goods), Decimal(0))
    sums = [total, *(less(total, one) for one in wide)]
    sums += [
        less(less(total, first), second)
        for first in wide
        for second in wide
        if first.kind.value == "promotion" and second.kind.value == "coupon"
        if first.stackable and second.stackable
    ]
    found = quote(goods, wide, NOW, new_customer=False, rule=FreightRule("r", fee, free_from))
    assert found.payable == min(s + (fee if s < free_from and goods else 0) for s in sums)


def test_the_demo_shop_charges_what_its_policy_says() -> None:
    complaints = Complaints()
    rules = files.entries(FreightEntry, DEMO / "freight.json", complaints)
    policies = files.entries(PolicyEntry, DEMO / "policies.json", complaints)
    complaints.raise_any()
    (text,) = [policy.text for policy in policies if policy.topic == "freight"]
    for rule in rules:
        assert f"满 {Decimal(rule.free_from or 0):f}".removesuffix(".00") in text
        assert f"运费 {Decimal(rule.fee):f}".removesuffix(".00") in text
        assert all(region in text for region in rule.regions)
