"""The ports, the same for our own database and for a shop's systems."""

import pytest

from shop.domain import OrderStatus
from shop.domain.command import CancelOrder, CancelReason, UrgeShipment
from shop.domain.errors import UnknownCoupon, UnknownCustomer, UnknownOrder
from shop.domain.refusal import NotAllowed, OperationChanged, UnknownTicket, WrongState
from shop.domain.requester import Requester
from shop.domain.ulid import new_ulid
from shop.ports import BackOffice
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from tests.integration.shop.conftest import EVERY_DATABASE
from tests.integration.shop.world import (
    COUPON,
    INVOICE,
    ORDERS,
    OTHER,
    OWNER,
    PARCELS,
    REFUND,
    REFUNDED,
    RETURN,
    RULES,
)

pytestmark = [pytest.mark.asyncio, EVERY_DATABASE]

CANCEL = CancelOrder("PAID", CancelReason.OTHER)
WHO = Requester("conversation", OWNER)


async def test_everything_that_is_read_is_the_same(office: BackOffice, storage: Storage) -> None:
    near = sql_back_office(storage, RULES)
    for order in ORDERS:
        sale = await office.orders.sale(order.order_no)
        assert sale == await near.orders.sale(order.order_no)
        assert (sale.order.items, sale.order.placed_at) == (order.items, order.placed_at)
        assert "演示路" not in sale.order.address
    assert tuple(await office.logistics.parcels("SHIPPED")) == PARCELS
    history = await office.after_sale.history("REFUNDING")
    assert (history.tickets, history.refunds) == ((REFUNDED,), (REFUND,))
    assert (await office.after_sale.history("INVOICED")).invoices == (INVOICE,)
    assert await office.after_sale.ticket("T1") == RETURN
    assert (await office.promotions.wallet(OWNER)).claimable == (COUPON,)


async def test_orders_of_a_customer(office: BackOffice) -> None:
    found = await office.orders.of_customer(OWNER, limit=3)
    assert [order.placed_at for order in found] == sorted(
        (order.placed_at for order in found), reverse=True
    )
    assert len(found) == 3
    unpaid = await office.orders.of_customer(OWNER, OrderStatus.UNPAID)
    assert {order.order_no for order in unpaid} == {"UNPAID", "HELD"}
    assert list(await office.orders.of_customer("C9")) == []


async def test_what_is_not_there(office: BackOffice) -> None:
    with pytest.raises(UnknownOrder):
        await office.orders.sale("N9")
    with pytest.raises(UnknownTicket):
        await office.after_sale.ticket("T9")
    with pytest.raises(UnknownCustomer):
        await office.promotions.wallet("C9")
    with pytest.raises(UnknownCustomer):
        await office.promotions.membership("C9")
    assert list(await office.logistics.parcels("N9")) == []
    assert (await office.after_sale.history("N9")).tickets == ()
    assert not await office.orders.customer_phone_ends("C9", "0001")


async def test_phones_are_compared_not_told(office: BackOffice) -> None:
    assert await office.orders.order_phone_ends("PAID", "0001")
    assert await office.orders.customer_phone_ends(OTHER, "0002")
    for tail in ("0002", "", "13800000001", "001"):
        assert not await office.orders.order_phone_ends("PAID", tail)


async def test_an_operation_is_applied_once(office: BackOffice) -> None:
    operation_id = new_ulid()
    first = await office.after_sale.apply(operation_id, WHO, CANCEL)
    assert await office.after_sale.apply(operation_id, WHO, CANCEL) == first
    with pytest.raises(WrongState):
        await office.after_sale.apply(new_ulid(), WHO, CANCEL)


async def test_a_refused_operation_may_be_tried_again(office: BackOffice) -> None:
    operation_id = new_ulid()
    with pytest.raises(OperationChanged):
        await office.after_sale.apply(operation_id, WHO, CANCEL, {"amount": 1})
    expected = {"whole": True, "amount": 4374, "channel": "支付宝"}
    outcome = await office.after_sale.apply(operation_id, WHO, CANCEL, expected)
    assert outcome.refund is not None
    with pytest.raises(UnknownOrder):
        await office.after_sale.apply(new_ulid(), WHO, UrgeShipment("N9"))


async def test_tickets_of_a_customer_or_a_conversation(office: BackOffice) -> None:
    outcome = await office.after_sale.apply(new_ulid(), Requester("talk"), UrgeShipment("PAID"))
    assert outcome.ticket is not None
    mine = await office.after_sale.tickets(OWNER, "another")
    assert [ticket.ticket_no for ticket in mine] == [outcome.ticket.ticket_no, "T2", "T1"]
    assert list(await office.after_sale.tickets(None, "talk")) == [outcome.ticket]
    assert len(await office.after_sale.tickets(OWNER, "another", 1)) == 1


async def test_a_coupon_is_claimed_once(office: BackOffice) -> None:
    for operation_id in (new_ulid(), new_ulid()):
        assert await office.promotions.claim(operation_id, WHO, "all-10") == COUPON
    assert (await office.promotions.wallet(OWNER)).claimed == (COUPON,)
    with pytest.raises(UnknownCoupon):
        await office.promotions.claim(new_ulid(), WHO, "never")
    with pytest.raises(NotAllowed):
        await office.promotions.claim(new_ulid(), Requester("talk"), "all-10")


async def test_erased_twice_is_erased_once(office: BackOffice) -> None:
    operation_id = new_ulid()
    for _ in range(2):
        await office.after_sale.erase(operation_id, WHO)
    sale = await office.orders.sale("PAID")
    assert sale.order.customer_id.startswith("gone-")
    assert sale.phone == "****"
