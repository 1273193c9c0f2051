"""Carts: stock, quantities, and whose they are."""

import asyncio
from decimal import Decimal

import pytest

from shop.domain.errors import BadQuantity, OutOfStock, UnknownConversation, UnknownSku
from shop.storage import Storage, Unit

pytestmark = pytest.mark.asyncio

PHONE, CASE, SOLD_OUT = "phone-xiaomi-14-02", "case-a-01", "shoe-a-01"


async def test_a_cart_adds_up(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        await unit.carts.add(whose, PHONE)
        await unit.carts.add(whose, CASE, 2)
        await unit.carts.add(whose, PHONE, 2)
        cart = await unit.carts.get(whose)
        assert [(item.card.sku, item.quantity) for item in cart.items] == [(PHONE, 3), (CASE, 2)]
        assert cart.total == Decimal("12938.30")
        assert cart.to_json()["total"] == 12938.3
        assert cart.to_json()["items"][1]["quantity"] == 2


async def test_a_cart_is_set_and_emptied(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        await unit.carts.set(whose, CASE, 9)
        await unit.carts.set(whose, CASE, 4)
        assert (await unit.carts.get(whose)).items[0].quantity == 4
        await unit.carts.set(whose, PHONE, 1)
        await unit.carts.set(whose, CASE, 0)
        await unit.carts.remove(whose, SOLD_OUT)
        assert [item.card.sku for item in (await unit.carts.get(whose)).items] == [PHONE]


async def test_stock_is_the_limit(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        await unit.carts.add(whose, PHONE, 7)
        with pytest.raises(OutOfStock) as refused:
            await unit.carts.add(whose, PHONE)
        assert (refused.value.sku, refused.value.available) == (PHONE, 7)
        with pytest.raises(OutOfStock):
            await unit.carts.set(whose, SOLD_OUT, 1)
        assert (await unit.carts.get(whose)).items[0].quantity == 7


@pytest.mark.parametrize("quantity", [-1, 0, 100])
async def test_bad_quantities_are_refused(stocked: Storage, quantity: int) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        with pytest.raises(BadQuantity):
            await unit.carts.add(whose, CASE, quantity)


async def test_unknown_things_are_refused(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        with pytest.raises(UnknownSku):
            await unit.carts.add(whose, "gone")
        with pytest.raises(UnknownConversation):
            await unit.carts.add("nobody", CASE)
        with pytest.raises(UnknownConversation):
            await unit.carts.get("nobody")


async def test_carts_are_apart_but_a_customer_has_one(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        guest = await _start(unit)
        phone, desk = await _start(unit, "C1"), await _start(unit, "C1")
        await unit.carts.add(phone, CASE)
        assert (await unit.carts.get(guest)).items == ()
        assert len((await unit.carts.get(desk)).items) == 1


async def test_a_guest_who_signs_in_brings_the_cart_along(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        earlier, guest = await _start(unit, "C1"), await _start(unit)
        await unit.carts.add(earlier, CASE, 5)
        await unit.carts.add(guest, CASE, 2)
        await unit.carts.add(guest, PHONE, 3)
        assert (await unit.conversations.identify(guest, "C1")).customer_id == "C1"
        lines = {i.card.sku: i.quantity for i in (await unit.carts.get(earlier)).items}
        assert lines == {CASE: 5, PHONE: 3}
        assert (await unit.carts.get(guest)) == (await unit.carts.get(earlier))


async def test_a_product_that_leaves_the_shop_leaves_the_cart(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        await unit.carts.add(whose, CASE)
        await unit.carts.add(whose, PHONE)
        await unit.catalog.retain(["case-a"])
        assert [item.card.sku for item in (await unit.carts.get(whose)).items] == [CASE]


async def test_adding_at_the_same_time_loses_nothing(stocked: Storage) -> None:
    async with stocked.unit() as unit:
        whose = await _start(unit)
        await unit.commit()

    async def add() -> None:
        async with stocked.unit() as unit:
            await unit.carts.add(whose, CASE)
            await unit.commit()

    await asyncio.gather(*(add() for _ in range(10)))
    async with stocked.unit() as unit:
        assert (await unit.carts.get(whose)).items[0].quantity == 10


async def _start(unit: Unit, customer_id: str | None = None) -> str:
    conversation, _ = await unit.conversations.start(customer_id)
    return conversation.conversation_id
