"""What a piece of an order cost: all pieces together are what was paid, to the fen."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shop.domain import OrderItem, OrderStatus
from shop.domain.refund import line_paid, pieces_paid
from tests.unit.shop.service_cases import item, order

FEN = st.integers(min_value=1, max_value=1_000_000).map(lambda fen: Decimal(fen) / 100)
LINES = st.lists(st.builds(lambda p, q: item(str(p), q), FEN, st.integers(1, 99)), min_size=1)


@given(LINES, st.fractions(min_value=0, max_value=1))
def test_lines_add_up_to_what_was_paid(lines: list[OrderItem], part: object) -> None:
    goods = sum((line.amount for line in lines), Decimal(0))
    discount = (goods * Decimal(float(part))).quantize(Decimal("0.01"))  # type: ignore[arg-type]
    bought = order(OrderStatus.PAID, *lines, discount=min(discount, goods))
    shares = [line_paid(bought, n) for n in range(len(lines))]
    assert sum(shares) == bought.amount
    assert all(0 <= share <= line.amount for share, line in zip(shares, lines, strict=True))


@given(FEN, st.integers(1, 99), st.data())
def test_pieces_add_up_to_their_line(price: Decimal, quantity: int, data: st.DataObject) -> None:
    bought = order(OrderStatus.PAID, item(str(price), quantity), discount=Decimal("0.01"))
    gone, sums = 0, Decimal("0.00")
    while gone < quantity:
        pieces = data.draw(st.integers(1, quantity - gone))
        part = pieces_paid(bought, 0, gone, pieces)
        assert part >= 0
        gone, sums = gone + pieces, sums + part
    assert sums == bought.amount


def test_a_discount_is_shared_by_price() -> None:
    bought = order(OrderStatus.PAID, item("100", 1), item("300", 1), discount=Decimal("40"))
    assert [line_paid(bought, n) for n in (0, 1)] == [Decimal("90"), Decimal("270")]


def test_goods_that_cost_nothing() -> None:
    assert line_paid(order(OrderStatus.PAID, item("0", 1)), 0) == 0
