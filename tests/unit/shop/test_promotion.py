"""Prices after promotions and coupons: the arithmetic, the rules and the refusals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.promotion import Goods, Kind, Offer, Quote, Reason, quote

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PHONE = Goods("手机", "手机数码", Decimal("2500.00"), 1)
SNACK = Goods("坚果", "食品饮料", Decimal("33.40"), 3)


def offer(name: str, threshold: str, off: str, **changes: Any) -> Offer:
    kind = Kind.COUPON if name.startswith("c") else Kind.PROMOTION
    terms = {"valid_from": NOW - DAY, "valid_until": NOW + DAY, "kind": kind, **changes}
    return Offer(
        name, f"满{threshold}减{off}", threshold=Decimal(threshold), off=Decimal(off), **terms
    )


def priced(goods: list[Goods], *offers: Offer, new: bool = False) -> Quote:
    return quote(goods, offers, NOW, new_customer=new)


def reasons(found: Quote) -> dict[str, Reason]:
    return {one.offer.offer_id: one.reason for one in found.unused}


def test_without_offers_it_is_price_times_quantity() -> None:
    found = priced([PHONE, SNACK])
    assert (found.total, found.payable, found.applied) == (
        Decimal("2600.20"),
        Decimal("2600.20"),
        (),
    )


def test_the_promotion_comes_first_and_the_coupon_counts_what_is_left() -> None:
    found = priced([PHONE], offer("p", "2000", "200"), offer("c", "2400", "100"))
    assert [step.offer.offer_id for step in found.applied] == ["p"]
    (refused,) = found.unused
    assert (refused.reason, refused.missing) == (Reason.BELOW_THRESHOLD, Decimal("100.00"))
    found = priced([PHONE], offer("p", "2000", "200"), offer("c", "2300", "100"))
    assert [(s.offer.offer_id, s.amount) for s in found.applied] == [
        ("p", Decimal("200")),
        ("c", Decimal("100")),
    ]
    assert found.payable == Decimal("2200.00")


def test_a_promotion_that_spoils_a_better_coupon_is_not_taken() -> None:
    found = priced([PHONE], offer("p", "2000", "50"), offer("c", "2500", "300"))
    assert [step.offer.offer_id for step in found.applied] == ["c"]
    assert found.payable == Decimal("2200.00")
    assert reasons(found) == {"p": Reason.NOT_STACKABLE}


def test_every_full_threshold_counts_for_one_that_repeats() -> None:
    found = priced([PHONE], offer("p", "1000", "60", repeats=True))
    assert found.payable == Decimal("2380.00")


def test_an_offer_stays_within_its_scope() -> None:
    found = priced([PHONE, SNACK], offer("p", "100", "200", scope="食品饮料"))
    assert found.payable == PHONE.amount
    assert priced([PHONE], offer("p", "1", "1", scope="坚果")).unused == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"valid_until": NOW}, Reason.ENDED),
        ({"valid_from": NOW + DAY, "valid_until": NOW + 2 * DAY}, Reason.NOT_YET),
        ({"new_customers_only": True}, Reason.NEW_CUSTOMERS),
        ({"threshold": Decimal(2501)}, Reason.BELOW_THRESHOLD),
    ],
)
def test_why_an_offer_is_not_used(changes: dict[str, Any], reason: Reason) -> None:
    terms = {"threshold": Decimal(100), **changes}
    threshold = str(terms.pop("threshold"))
    found = priced([PHONE], offer("p", threshold, "10", **terms))
    assert reasons(found) == {"p": reason}
    assert found.payable == PHONE.amount


def test_new_customers_get_what_is_theirs() -> None:
    assert priced([PHONE], offer("c", "99", "20", new_customers_only=True), new=True).applied


def test_one_of_a_kind_and_no_stacking_are_told_apart() -> None:
    lone = offer("p1", "300", "300", stackable=False)
    found = priced([PHONE], lone, offer("p2", "300", "100"), offer("c1", "100", "30"))
    assert [step.offer.offer_id for step in found.applied] == ["p1"]
    assert reasons(found) == {"p2": Reason.ONE_EACH, "c1": Reason.NOT_STACKABLE}
    assert {one.beside for one in found.unused} == {lone}


AMOUNTS = st.decimals(Decimal("0"), Decimal("999"), places=2)
GOODS = st.lists(
    st.builds(
        Goods,
        st.sampled_from(["手机", "耳机", "坚果"]),
        st.sampled_from(["手机数码", "食品饮料"]),
        AMOUNTS,
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=4,
)
OFFERS = st.lists(
    st.builds(
        lambda name, threshold, off, **rest: offer(name, str(threshold), str(off), **rest),
        st.sampled_from(["p1", "p2", "p3", "c1", "c2", "c3"]),
        AMOUNTS,
        AMOUNTS,
        scope=st.sampled_from([None, "手机", "手机数码", "坚果"]),
        repeats=st.booleans(),
        stackable=st.booleans(),
        valid_until=st.sampled_from([NOW, NOW + DAY]),
    ),
    max_size=6,
    unique_by=lambda one: one.offer_id,
)


@given(GOODS, OFFERS)
def test_a_price_is_never_negative_and_adds_up(goods: list[Goods], offers: list[Offer]) -> None:
    found = priced(goods, *offers)
    assert 0 <= found.payable <= found.total
    assert all(step.amount > 0 for step in found.applied)
    kinds = [step.offer.kind for step in found.applied]
    assert kinds in ([], [Kind.PROMOTION], [Kind.COUPON], [Kind.PROMOTION, Kind.COUPON])
    assert len(kinds) < 2 or all(step.offer.stackable for step in found.applied)
    told = [one.offer.offer_id for one in (*found.applied, *found.unused)]
    assert len(told) == len(set(told))


def less(total: Decimal, one: Offer) -> Decimal:
    """The rules for an offer on everything, written down a second time."""
    if one.valid_until <= NOW or total < one.threshold:
        return total
    times = total // one.threshold if one.repeats and one.threshold else 1
    return max(Decimal(0), total - one.off * times)


@given(GOODS, OFFERS)
def test_no_choice_is_cheaper(goods: list[Goods], offers: list[Offer]) -> None:
    wide = [replace(one, scope=None) for one in offers]
    total = sum((line.amount for line in goods), Decimal(0))
    singles = [less(total, one) for one in wide]
    pairs = [
        less(less(total, first), second)
        for first, second in product(wide, wide)
        if first.kind is Kind.PROMOTION and second.kind is Kind.COUPON
        if first.stackable and second.stackable
    ]
    assert priced(goods, *wide).payable == min([total, *singles, *pairs])


@given(GOODS, OFFERS, st.randoms())
def test_the_order_of_the_offers_does_not_matter(
    goods: list[Goods], offers: list[Offer], chance: Any
) -> None:
    shuffled = chance.sample(offers, len(offers))
    assert priced(goods, *offers) == priced(goods, *shuffled)
