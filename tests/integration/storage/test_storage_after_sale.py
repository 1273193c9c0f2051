"""The records of the after-sale desk, on both databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from shop.domain import Customer, Order, OrderItem, OrderStatus
from shop.domain.audit import Change
from shop.domain.invoice import Invoice, InvoiceKind, InvoiceState
from shop.domain.parcel import Parcel, ParcelEvent
from shop.domain.payment import Payment, PaymentState
from shop.domain.rating import Review
from shop.domain.refund import Refund, RefundState
from shop.domain.refusal import UnknownOperation, UnknownPhoto, UnknownTicket
from shop.domain.ticket import Ticket, TicketKind, TicketStatus
from shop.storage import Storage, Unit, migrate
from shop.storage.engine import sync_url

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CUSTOMER = Customer("C1", "陈小满", "13800000001", "北京市", "银卡会员", 1, NOW)
LINE = OrderItem("gone", "小米14", Decimal("3999"), 2, {}, "手机", "手机数码", 1)
ORDER = Order("N1", "C1", OrderStatus.PAID, (LINE,), "北京市", NOW)
TICKET = Ticket(
    "T1", TicketKind.RETURN, TicketStatus.OPEN, NOW, "N1", "C1", "talk", 0, 1, {"a": "好"}
)
PARCEL = Parcel("B1", "N1", "顺丰速运", "SF1", NOW, (0,), None, (ParcelEvent(NOW, "已揽收"),))


@pytest_asyncio.fixture
async def unit(storage: Storage) -> AsyncIterator[Unit]:
    async with storage.unit() as unit:
        await unit.customers.add([CUSTOMER])
        await unit.orders.add([ORDER])
        yield unit


async def test_records_come_back_as_they_went(unit: Unit) -> None:
    payment = Payment("P1", "N1", "银行卡", Decimal("0.01"), PaymentState.FAILED, NOW)
    refund = Refund("R1", "N1", "T1", Decimal("9.99"), None, RefundState.FAILED, NOW)
    company = (InvoiceKind.COMPANY, "公司", Decimal("9.99"), InvoiceState.VOIDED, NOW, "9", NOW)
    invoice, review = Invoice("F1", "N1", *company), Review("N1", 0, 5, "好", NOW)
    for _ in range(2):
        await unit.payments.add([payment])
        await unit.tickets.add([TICKET])
        await unit.refunds.add([refund])
        await unit.invoices.add([invoice])
    await unit.reviews.add(review)
    history = await unit.cases.history("N1")
    assert (history.tickets, history.refunds) == ((TICKET,), (refund,))
    assert (history.invoices, history.reviews) == ((invoice,), (review,))
    sale = await unit.cases.sale("N1")
    assert (sale.order.items, sale.payments, sale.variants) == ((LINE,), (payment,), {})


async def test_a_parcel_gets_further(unit: Unit) -> None:
    further = replace(PARCEL, events=(*PARCEL.events, ParcelEvent(NOW + DAY, "已签收")))
    for parcel in (PARCEL, PARCEL, further):
        await unit.parcels.add([parcel])
        assert await unit.parcels.of_order("N1") == (parcel,)


async def test_of_some_requests_there_is_one(unit: Unit) -> None:
    await unit.tickets.open(TICKET, "urge:N1")
    await unit.tickets.move("T1", TicketStatus.WITHDRAWN)
    again = replace(TICKET, ticket_no="T2")
    await unit.tickets.open(again, "urge:N1")
    with pytest.raises(IntegrityError):
        await unit.tickets.open(replace(TICKET, ticket_no="T3"), "urge:N1")


async def test_requests_of_whom(unit: Unit) -> None:
    await unit.tickets.open(TICKET)
    for found in (
        await unit.tickets.of_customer("C1"),
        await unit.tickets.of_conversation("talk"),
        list(await unit.tickets.of_order("N1")),
    ):
        assert found == [TICKET]
    assert await unit.tickets.of_customer("C2") == []
    with pytest.raises(UnknownTicket):
        await unit.tickets.get("T9")


async def test_the_log_keeps_its_order(unit: Unit) -> None:
    changes = [Change(f"order:{n}", None, str(n)) for n in range(30)]
    await unit.audits.log("OP", "cancel_order", "customer:C1", "asked", *changes)
    await unit.audits.rename("customer:C1", "customer:gone")
    entries = await unit.audits.of_operation("OP")
    assert [entry.change for entry in entries] == changes
    assert {entry.actor for entry in entries} == {"customer:gone"}


async def test_photos_belong_to_a_conversation(unit: Unit) -> None:
    mine, theirs = [(await unit.conversations.start())[0].conversation_id for _ in range(2)]
    photo = await unit.photos.add(mine, "image/png", 9, "0" * 64)
    assert await unit.photos.get(photo.photo_id) == photo
    await unit.photos.check(mine, [])
    await unit.photos.check(mine, [photo.photo_id, photo.photo_id])
    for whose, ids in (
        (theirs, [photo.photo_id]),
        (mine, ["none"]),
        (mine, [photo.photo_id, "none"]),
    ):
        with pytest.raises(UnknownPhoto):
            await unit.photos.check(whose, ids)
    with pytest.raises(UnknownPhoto):
        await unit.photos.get("none")
    assert await unit.photos.of_conversations([mine, theirs]) == [photo.photo_id]


async def test_tries_are_counted_within_their_time(unit: Unit) -> None:
    long_ago, counted = NOW - DAY, unit.verifications.count_try
    assert [await counted("k", long_ago) for _ in range(3)] == [1, 2, 3]
    await unit.verifications.forgive("k")
    assert await counted("k", long_ago) == 3
    assert await counted("other", long_ago) == 1
    assert await counted("k", unit.now() + DAY) == 1


async def test_callers_are_forgotten(unit: Unit) -> None:
    talk = (await unit.conversations.start())[0].conversation_id
    await unit.verifications.seen_from(talk, "a" * 32)
    await unit.verifications.seen_from(talk, "b" * 32)
    assert await unit.verifications.address_key(talk) == "b" * 32
    await unit.verifications.forget_callers(unit.now() + DAY)
    assert await unit.verifications.address_key(talk) is None


async def test_an_operation_that_was_never_proposed(unit: Unit) -> None:
    with pytest.raises(UnknownOperation):
        await unit.operations.hold("none")


def test_lines_sold_before_find_their_place(database_url: str) -> None:
    """An upgrade of a shop with orders: the catalogue says what the lines are, where it can."""
    migrate(database_url, "0002")
    engine = create_engine(sync_url(database_url))
    with engine.begin() as connection:
        for statement in _OLD_SHOP:
            connection.execute(text(statement))
    migrate(database_url)
    with engine.connect() as connection:
        query = "SELECT sku, category, department, cancelled FROM order_items ORDER BY line"
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    assert rows == [("phone-a", "手机", "手机数码", 0), ("gone", "", "", 0)]


_OLD_SHOP = (
    "INSERT INTO products VALUES ('phone', '小米14', '手机', '手机数码', '', '', '', '', '[]', '{}', NULL, 0, NULL)",
    "INSERT INTO skus VALUES ('phone-a', 'phone', 0, 399900, 399900, 1, '{}', NULL, NULL)",
    "INSERT INTO customers VALUES ('C1', '陈', '1', '北', '', 0, '2026-01-01 00:00:00', false)",
    "INSERT INTO orders VALUES ('N1', 'C1', '待发货', '北', '2026-01-01 00:00:00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL)",
    "INSERT INTO order_items VALUES ('N1', 0, 'phone-a', '小米14', 399900, 1, '{}')",
    "INSERT INTO order_items VALUES ('N1', 1, 'gone', '旧货', 100, 1, '{}')",
)
