"""取消, 支付异常, 价保, 保修 and 评价: by state, by money, by time."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain import OrderStatus
from shop.domain.command import (
    CancelOrder,
    CancelReason,
    Complain,
    ProtectPrice,
    ReportPayment,
    RequestRepair,
    ReviewGoods,
    SettleRefund,
)
from shop.domain.decision import decide
from shop.domain.parcel import Parcel
from shop.domain.payment import PaymentState
from shop.domain.rating import Review
from shop.domain.refund import Refund, RefundState
from shop.domain.refusal import (
    AlreadyAsked,
    AlreadyReviewed,
    BadRating,
    BadText,
    NoPriceDrop,
    NotDelivered,
    NothingLeft,
    PaymentConsistent,
    PaymentUnclear,
    TooMany,
    UnknownPrice,
    UnknownRefundChannel,
    UnknownTicket,
    UnknownWindow,
    WindowClosed,
    WrongState,
)
from shop.domain.ticket import TicketKind, TicketStatus
from shop.domain.voicing import complain
from shop.domain.warranty import of_line
from tests.unit.shop.service_cases import (
    DAY,
    NOW,
    RULES,
    case,
    item,
    order,
    paid,
    ticket,
    variant,
)

S = OrderStatus
CANCEL = CancelOrder("N1", CancelReason.CHANGED_MIND)
PRICE = ProtectPrice("N1", 0)
CHEAPER = {0: (variant("sku-m", "49.00"),)}
PAY = ReportPayment("N1")
PHONE = item(department="手机数码", category="手机")
REPAIR = RequestRepair("N1", 0, "开不了机")
STARS = ReviewGoods("N1", 0, 5)


@pytest.mark.parametrize("status", OrderStatus)
def test_cancelling_by_state(status: OrderStatus) -> None:
    known = case(order(status))
    if status is S.UNPAID:
        effect = decide(CANCEL, known, RULES, NOW)
        assert (effect.order_status, effect.refund) == (S.CANCELLED, None)
    elif status is S.PAID:
        effect = decide(CANCEL, known, RULES, NOW)
        assert effect.refund is not None
        assert (effect.order_status, effect.refund.amount) == (S.REFUNDING, Decimal(118))
    else:
        with pytest.raises(WrongState):
            decide(CANCEL, known, RULES, NOW)


def test_freight_goes_back_with_the_whole_order_only() -> None:
    bought = order(S.PAID, item(quantity=2), freight=Decimal(8))
    part = decide(replace(CANCEL, lines=((0, 1),)), case(bought), RULES, NOW)
    assert part.refund is not None
    assert (part.refund.amount, part.order_status) == (Decimal(59), None)
    whole = decide(replace(CANCEL, lines=((0, 2),)), case(bought), RULES, NOW)
    assert whole.refund is not None
    assert (whole.refund.amount, whole.order_status) == (Decimal(126), S.REFUNDING)


@pytest.mark.parametrize("lines", [((0, 3),), ((0, 0),), ((0, -1),), ((0, 1), (0, 1))])
def test_pieces_that_are_not_there(lines: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(TooMany):
        decide(replace(CANCEL, lines=lines), case(order(S.PAID)), RULES, NOW)


def test_what_cannot_be_cancelled_by_rule() -> None:
    unpaid, bought = order(S.UNPAID), order(S.PAID)
    held = case(unpaid, payments=(paid(unpaid),))
    with pytest.raises(PaymentUnclear):
        decide(CANCEL, held, RULES, NOW)
    with pytest.raises(WrongState):
        decide(replace(CANCEL, lines=((0, 1),)), case(unpaid), RULES, NOW)
    with pytest.raises(WrongState):
        sent = Parcel("B", "N1", "顺丰速运", "SF1", NOW, (0,))
        decide(CANCEL, case(bought, parcels=(sent,)), RULES, NOW)
    two_ways = (paid(bought, "支付宝", Decimal(50)), paid(bought, "银行卡", Decimal(68)))
    for payments in ((), two_ways):
        with pytest.raises(UnknownRefundChannel):
            decide(CANCEL, case(bought, payments=payments), RULES, NOW)


@given(st.decimals(min_value=0, max_value=200, places=2), st.integers(1, 2))
def test_never_more_goes_back_than_came_in(before: Decimal, pieces: int) -> None:
    bought = order(S.PAID, item(quantity=3))
    known = case(bought, refunds=(Refund("R", "N1", "T", before, "支付宝", RefundState.SENT, NOW),))
    try:
        effect = decide(replace(CANCEL, lines=((0, pieces),)), known, RULES, NOW)
    except NothingLeft:
        assert before >= bought.amount
        return
    assert effect.refund is not None
    assert 0 < effect.refund.amount <= bought.amount - before


@pytest.mark.parametrize(
    ("status", "amounts", "difference"),
    [
        (S.UNPAID, (118,), 118),
        (S.UNPAID, (50,), 50),
        (S.CANCELLED, (118,), 118),
        (S.PAID, (118, 118), 118),
        (S.COMPLETED, (100,), -18),
    ],
)
def test_money_that_does_not_fit_is_told(
    status: OrderStatus, amounts: tuple[int, ...], difference: int
) -> None:
    one = order(status)
    known = case(one, payments=[paid(one, amount=Decimal(amount)) for amount in amounts])
    effect = decide(PAY, known, RULES, NOW)
    assert effect.facts["difference"] == difference
    with pytest.raises(AlreadyAsked):
        asked = ticket(TicketKind.PAYMENT)
        decide(PAY, case(one, asked, payments=known.sale.payments), RULES, NOW)


def test_money_that_fits() -> None:
    one = order(S.UNPAID)
    pending = replace(paid(one), state=PaymentState.PENDING)
    for payments, waits in (((), False), ((pending,), True)):
        with pytest.raises(PaymentConsistent) as refused:
            decide(PAY, case(one, payments=payments), RULES, NOW)
        assert refused.value.facts == {"status": "待付款", "pending": waits}
    for known in (case(), case(payments=())):
        with pytest.raises(PaymentConsistent):
            decide(PAY, known, RULES, NOW)


def test_the_difference_of_every_piece_comes_back() -> None:
    effect = decide(PRICE, case(variants=CHEAPER), RULES, NOW)
    assert effect.refund is not None and effect.ticket is not None
    assert effect.refund.amount == Decimal(20)
    assert (effect.ticket.details["per_piece"], effect.ticket.once) == ("10.00", "price:N1:0")


def test_what_a_discount_took_off_is_not_given_once_more() -> None:
    bought = order(S.PAID, item(quantity=2), discount=Decimal("108"))
    effect = decide(PRICE, case(bought, variants={0: (variant("sku-m", "9.00"),)}), RULES, NOW)
    assert effect.refund is not None
    assert effect.refund.amount == bought.amount == Decimal(10)


@pytest.mark.parametrize(
    ("one", "variants", "refusal"),
    [
        (order(S.UNPAID), CHEAPER, WrongState),
        (order(S.REFUNDED), CHEAPER, WrongState),
        (order(paid_at=NOW - 17 * DAY), CHEAPER, WindowClosed),
        (order(), {0: (variant("sku-m"),)}, NoPriceDrop),
        (order(), {0: (variant("sku-m", "60.00"),)}, NoPriceDrop),
        (order(), {0: (variant("sku-l", "1.00"),)}, UnknownPrice),
        (order(), {}, UnknownPrice),
        (order(S.PAID, item(cancelled=2)), CHEAPER, NothingLeft),
    ],
)
def test_prices_that_are_not_protected(
    one: object, variants: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        decide(PRICE, case(one, variants=variants), RULES, NOW)  # type: ignore[arg-type]


def test_a_line_is_protected_once() -> None:
    done = ticket(TicketKind.PRICE, TicketStatus.DONE, line=0, details={"per_piece": "1.00"})
    with pytest.raises(AlreadyAsked):
        decide(PRICE, case(None, done, variants=CHEAPER), RULES, NOW)


@pytest.mark.parametrize(("days", "covered"), [(1, True), (364, True), (367, False)])
def test_a_warranty_by_department(days: int, covered: bool) -> None:
    known = case(order(S.COMPLETED, PHONE, delivered_at=NOW - days * DAY))
    assert of_line(known, 0, RULES, NOW).covered is covered
    effect = decide(REPAIR, known, RULES, NOW)
    assert effect.ticket is not None
    assert effect.ticket.details == {"fault": "开不了机", "covered": covered}


def test_a_warranty_that_is_not_known() -> None:
    for department in ("", "食品饮料"):
        known = case(order(S.COMPLETED, item(department=department)))
        assert of_line(known, 0, RULES, NOW).covered is None
        with pytest.raises(UnknownWindow):
            decide(REPAIR, known, RULES, NOW)
    with pytest.raises(NotDelivered):
        of_line(case(order(S.SHIPPED, PHONE)), 0, RULES, NOW)


def test_repairs_one_after_the_other() -> None:
    bought = order(S.COMPLETED, PHONE)
    with pytest.raises(AlreadyAsked):
        decide(REPAIR, case(bought, ticket(TicketKind.REPAIR, line=0)), RULES, NOW)
    mended = ticket(TicketKind.REPAIR, TicketStatus.DONE, line=0)
    assert decide(REPAIR, case(bought, mended), RULES, NOW).ticket
    with pytest.raises(BadText):
        decide(replace(REPAIR, fault=" "), case(bought), RULES, NOW)


def test_reviews() -> None:
    two = order(S.DELIVERED, item(), item())
    first = Review("N1", 1, 4, "", NOW)
    assert decide(STARS, case(two), RULES, NOW).order_status is None
    assert decide(STARS, case(two, reviews=(first,)), RULES, NOW).order_status is S.COMPLETED
    with pytest.raises(AlreadyReviewed):
        decide(replace(STARS, line=1), case(two, reviews=(first,)), RULES, NOW)
    with pytest.raises(WrongState):
        decide(STARS, case(order(S.SHIPPED)), RULES, NOW)
    for stars in (0, 6):
        with pytest.raises(BadRating):
            decide(replace(STARS, stars=stars), case(), RULES, NOW)
    with pytest.raises(BadText):
        decide(replace(STARS, text="好" * 501), case(), RULES, NOW)


@pytest.mark.parametrize("text", ["", " \0\n", "慢" * 1001])
def test_complaints_of_a_length_that_can_be_read(text: str) -> None:
    with pytest.raises(BadText):
        complain(Complain(text))


def test_an_order_is_refunded_with_its_last_refund() -> None:
    def refund(number: str, state: RefundState) -> Refund:
        return Refund(number, "N1", "T", Decimal(9), "支付宝", state, NOW)

    one, two = refund("R1", RefundState.PROCESSING), refund("R2", RefundState.PROCESSING)
    going = order(S.REFUNDING)
    settle = SettleRefund("N1", "R1")
    assert decide(settle, case(going, refunds=(one, two)), RULES, NOW).order_status is None
    sent = replace(two, state=RefundState.SENT)
    known = case(going, refunds=(one, sent))
    assert decide(settle, known, RULES, NOW).order_status is S.REFUNDED
    failed = decide(replace(settle, sent=False), known, RULES, NOW)
    assert (failed.order_status, failed.refund_moves) == (None, {"R1": RefundState.FAILED})
    with pytest.raises(UnknownTicket):
        decide(SettleRefund("N1", "R9"), known, RULES, NOW)
    with pytest.raises(WrongState):
        decide(SettleRefund("N1", "R2"), known, RULES, NOW)
