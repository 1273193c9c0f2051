"""Goods that are back: told once, in the customer's latest conversation, by whichever gateway looks first."""

import asyncio
from dataclasses import replace

from tests.integration.gateway.fakes import Shopper
from tests.integration.gateway.test_gateway_identity import signed
from tests.integration.gateway.world import Gateway, Start
from web import keys
from web.config import GatewayConfig

WHITE = "phone-a-02"


async def asks(gateway: Gateway, customer: str = "customer-1") -> Shopper:
    """A signed-in shopper who waits for the white phone, which is sold out."""
    shopper = await gateway.open({"customer_token": signed(sub=customer)})
    async with gateway.storage.unit() as unit:
        await unit.notices.ask(customer, WHITE)
        await unit.commit()
    return shopper


async def restock(gateway: Gateway, stock: int) -> None:
    async with gateway.storage.unit() as unit:
        await unit.catalog.set_stock(WHITE, stock)
        await unit.commit()


async def look(gateway: Gateway) -> int:
    return await gateway.client.app[keys.NOTICES].deliver()


async def test_it_is_stored_and_pushed_once(gateway: Gateway) -> None:
    shopper = await asks(gateway)
    tab = await shopper.connect()
    assert await look(gateway) == 0
    await restock(gateway, 4)
    assert (await look(gateway), await look(gateway)) == (1, 0)
    pushed = (await tab.receive())["message"]
    assert (pushed["from"], pushed["type"]) == ("bot", "product")
    assert "青云 X1 长续航 5G 手机 白色" in pushed["text"] and "4 件" in pushed["text"]
    assert pushed["data"]["item"]["sku"] == WHITE
    assert await shopper.history() == [pushed]


async def test_it_goes_where_the_customer_spoke_last(gateway: Gateway) -> None:
    first = await asks(gateway)
    second = await gateway.open({"customer_token": signed()})
    await first.say("还在吗")
    await restock(gateway, 1)
    await look(gateway)
    assert (await first.history())[-1]["type"] == "product"
    assert await second.history() == []


async def test_who_did_not_ask_hears_nothing(gateway: Gateway) -> None:
    await asks(gateway)
    other = await gateway.open({"customer_token": signed(sub="customer-2")})
    await restock(gateway, 1)
    await look(gateway)
    assert await other.history() == []


async def test_sold_out_again_is_not_told(gateway: Gateway) -> None:
    shopper = await asks(gateway)
    async with gateway.storage.unit() as unit:
        (notice,) = await unit.notices.of_customer("customer-1")
        assert not await unit.notices.take(notice)
    assert await look(gateway) == 0 and await shopper.history() == []


async def test_a_customer_without_a_conversation_keeps_the_notice(gateway: Gateway) -> None:
    async with gateway.storage.unit() as unit:
        await unit.notices.ask("customer-9", WHITE)
        await unit.commit()
    await restock(gateway, 1)
    assert await look(gateway) == 0
    async with gateway.storage.unit() as unit:
        assert len(await unit.notices.of_customer("customer-9")) == 1


async def test_asked_again_it_is_told_again(gateway: Gateway) -> None:
    shopper = await asks(gateway)
    for _ in range(2):
        await restock(gateway, 1)
        assert await look(gateway) == 1
        await restock(gateway, 0)
        async with gateway.storage.unit() as unit:
            assert await unit.notices.ask("customer-1", WHITE)
            await unit.commit()
    assert len(await shopper.history()) == 2


async def test_two_gateways_tell_it_once(start: Start, config: GatewayConfig) -> None:
    gateways = [await start(config), await start(config)]
    shopper = await asks(gateways[0])
    await restock(gateways[0], 2)
    told = await asyncio.gather(*(look(gateway) for gateway in gateways * 3))
    assert sum(told) == 1
    assert len(await shopper.history()) == 1


async def test_the_gateway_looks_by_itself(start: Start, config: GatewayConfig) -> None:
    gateway = await start(replace(config, notice_interval_s=0.05))
    shopper = await asks(gateway)
    tab = await shopper.connect()
    await restock(gateway, 3)
    assert (await tab.receive())["message"]["type"] == "product"


async def test_a_failed_look_is_not_the_last(start: Start, config: GatewayConfig) -> None:
    gateway = await start(replace(config, notice_interval_s=0.05))
    shopper = await asks(gateway)
    tab = await shopper.connect()
    gateway.sql("ALTER TABLE stock_notices RENAME TO hidden")
    await restock(gateway, 3)
    await asyncio.sleep(0.2)
    gateway.sql("ALTER TABLE hidden RENAME TO stock_notices")
    assert (await tab.receive())["message"]["type"] == "product"
