"""退货, 换货, 仅退款, 破损: windows, condition, pieces, variants."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain import OrderStatus
from shop.domain.command import (
    FAULTS,
    Condition,
    DefectKind,
    ExchangeGoods,
    RefundOnly,
    Remedy,
    ReportDefect,
    ReturnGoods,
    ReturnReason,
)
from shop.domain.decision import decide
from shop.domain.parcel import Parcel
from shop.domain.refusal import (
    NotAVariant,
    NotDelivered,
    NotInStock,
    NotReturnable,
    PhotosNeeded,
    PriceDiffers,
    ReturnFirst,
    TooMany,
    UnknownLine,
    UnknownPrice,
    UnknownWindow,
    WindowClosed,
    WrongState,
)
from shop.domain.ticket import TicketKind, TicketStatus
from tests.unit.shop.service_cases import (
    DAY,
    HOUR,
    NOW,
    RULES,
    case,
    item,
    order,
    ticket,
    variant,
)

R, C = ReturnReason, Condition
BACK = ReturnGoods("N1", 0, 1, R.NO_REASON, C.SEALED)
SWAP = ExchangeGoods("N1", 0, 1, R.WRONG_SIZE, C.OPENED, "sku-l")
FAMILY = {0: (variant("sku-m"), variant("sku-l", stock=1), variant("sku-x", "69.00"))}
MONEY = RefundOnly("N1", 0, 1, R.QUALITY)
CLAIM = ReportDefect("N1", 0, 1, DefectKind.DAMAGED, Remedy.REFUND, ("PHOTO",))


@pytest.mark.parametrize(
    ("reason", "days", "open_"),
    # Delivered at noon in Shanghai: the last day is the seventh, or the fifteenth, after it.
    [
        (R.NO_REASON, 7.5, True),
        (R.NO_REASON, 7.51, False),
        (R.QUALITY, 15.5, True),
        (R.QUALITY, 15.51, False),
    ],
)
def test_windows_end_at_midnight(reason: ReturnReason, days: float, open_: bool) -> None:
    known = case(order(delivered_at=NOW - timedelta(days=days)))
    if open_:
        assert decide(replace(BACK, reason=reason), known, RULES, NOW).ticket
    else:
        with pytest.raises(WindowClosed):
            decide(replace(BACK, reason=reason), known, RULES, NOW)


@pytest.mark.parametrize(
    "status", [S for S in OrderStatus if S.name in ("UNPAID", "PAID", "SHIPPED")]
)
def test_what_has_not_arrived_cannot_go_back(status: OrderStatus) -> None:
    for command in (BACK, SWAP, CLAIM):
        with pytest.raises(NotDelivered):
            decide(command, case(order(status), variants=FAMILY), RULES, NOW)


def test_each_parcel_has_its_own_window() -> None:
    here = Parcel("B1", "N1", "顺丰速运", "SF1", NOW - 9 * DAY, (0,), NOW - 8 * DAY)
    away = Parcel("B2", "N1", "顺丰速运", "SF2", NOW - DAY, (1,))
    known = case(order(OrderStatus.SHIPPED, item(), item()), parcels=(here, away))
    with pytest.raises(WindowClosed):
        decide(BACK, known, RULES, NOW)
    with pytest.raises(NotDelivered):
        decide(replace(BACK, line=1), known, RULES, NOW)


@given(st.sampled_from(R), st.sampled_from(C), st.sampled_from(["服装服饰", "食品饮料"]))
def test_condition_matters_only_without_a_fault(
    reason: ReturnReason, condition: Condition, department: str
) -> None:
    command = replace(BACK, reason=reason, condition=condition)
    known = case(order(OrderStatus.DELIVERED, item(department=department)))
    sealed = condition is C.SEALED or (condition is C.OPENED and department == "服装服饰")
    if reason in FAULTS or sealed:
        facts = decide(command, known, RULES, NOW).facts
        assert facts["pays_return"] == ("shop" if reason in FAULTS else "customer")
    else:
        with pytest.raises(NotReturnable):
            decide(command, known, RULES, NOW)


def test_what_never_goes_back_without_a_fault() -> None:
    never = replace(RULES, never_returned=frozenset({"T恤"}))
    with pytest.raises(NotReturnable):
        decide(BACK, case(), never, NOW)
    assert decide(replace(BACK, reason=R.QUALITY), case(), never, NOW).ticket


def test_a_department_that_is_not_known_is_not_guessed() -> None:
    with pytest.raises(UnknownWindow):
        decide(BACK, case(order(OrderStatus.DELIVERED, item(department=""))), RULES, NOW)


@given(st.integers(-3, 99), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))
def test_no_piece_goes_back_twice(wanted: int, cancelled: int, back: int, void: int) -> None:
    bought = order(OrderStatus.DELIVERED, item(quantity=4, cancelled=cancelled))
    known = case(
        bought,
        ticket(TicketKind.EXCHANGE, line=0, quantity=back),
        ticket(TicketKind.RETURN, TicketStatus.WITHDRAWN, line=0, quantity=void),
        ticket(TicketKind.RETURN, line=1, quantity=3),
    )
    left = 4 - cancelled - back
    if 1 <= wanted <= left:
        assert decide(replace(BACK, quantity=wanted), known, RULES, NOW).ticket
    else:
        with pytest.raises(TooMany) as refused:
            decide(replace(BACK, quantity=wanted), known, RULES, NOW)
        assert refused.value.facts == {"available": left}


@pytest.mark.parametrize("line", [-1, 1, 99])
def test_lines_that_are_not_there(line: int) -> None:
    for command in (BACK, SWAP, MONEY, CLAIM):
        with pytest.raises(UnknownLine):
            decide(replace(command, line=line), case(), RULES, NOW)


def test_a_size_in_stock_is_kept() -> None:
    effect = decide(SWAP, case(variants=FAMILY), RULES, NOW)
    assert effect.stock is not None
    assert (effect.stock.sku, effect.stock.pieces) == ("sku-l", 1)


@pytest.mark.parametrize(
    ("command", "family", "refusal"),
    [
        (replace(SWAP, sku="other"), FAMILY, NotAVariant),
        (replace(SWAP, sku="sku-x"), FAMILY, PriceDiffers),
        (replace(SWAP, quantity=2), FAMILY, NotInStock),
        (SWAP, {}, UnknownPrice),
        (replace(SWAP, condition=C.USED), FAMILY, NotReturnable),
    ],
)
def test_exchanges_that_cannot_be(
    command: ExchangeGoods, family: dict[int, tuple[object, ...]], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide(command, case(variants=family), RULES, NOW)


def test_a_price_cut_of_the_family_hinders_no_exchange() -> None:
    cut = {0: (variant("sku-m", "49.00"), variant("sku-l", "49.00"))}
    assert decide(SWAP, case(variants=cut), RULES, NOW).ticket


def test_the_same_again_for_what_is_faulty() -> None:
    same = replace(SWAP, sku="sku-m", reason=R.QUALITY, condition=C.USED)
    assert decide(same, case(variants=FAMILY), RULES, NOW).ticket


def test_money_without_goods() -> None:
    underway = order(OrderStatus.SHIPPED)
    assert decide(replace(MONEY, reason=R.NO_REASON), case(underway), RULES, NOW).ticket
    assert decide(MONEY, case(), RULES, NOW).ticket
    with pytest.raises(ReturnFirst):
        decide(replace(MONEY, reason=R.NO_REASON), case(), RULES, NOW)
    with pytest.raises(WrongState):
        decide(MONEY, case(order(OrderStatus.PAID)), RULES, NOW)
    with pytest.raises(WindowClosed):
        decide(MONEY, case(order(delivered_at=NOW - 17 * DAY)), RULES, NOW)


def test_a_claim_comes_soon_and_with_photos() -> None:
    effect = decide(CLAIM, case(), RULES, NOW)
    assert effect.ticket is not None
    assert effect.ticket.details["amount"] == "59.00"
    resend = decide(replace(CLAIM, remedy=Remedy.RESEND), case(), RULES, NOW)
    assert "amount" not in resend.facts
    with pytest.raises(PhotosNeeded):
        decide(replace(CLAIM, photos=()), case(), RULES, NOW)
    with pytest.raises(WindowClosed):
        decide(CLAIM, case(order(delivered_at=NOW - 48 * HOUR)), RULES, NOW)


def test_what_price_protection_gave_is_not_given_twice() -> None:
    given_ = ticket(
        TicketKind.PRICE, TicketStatus.DONE, line=0, quantity=2, details={"per_piece": "9.00"}
    )
    effect = decide(replace(BACK, quantity=2), case(None, given_), RULES, NOW)
    assert effect.ticket is not None
    assert Decimal(effect.ticket.details["amount"]) == Decimal("100.00")
