"""What was kept while the shop's systems were down: done later, told once, by whichever gateway."""

import asyncio
from dataclasses import replace

from shop.desk import Desk
from shop.domain.command import Command, Complain, UrgeShipment
from tests.integration.gateway.fakes import Shopper
from tests.integration.gateway.world import Gateway, Start
from web import keys
from web.config import GatewayConfig


async def keeps(gateway: Gateway, command: Command) -> Shopper:
    """A guest whose request waits for the shop's systems."""
    shopper = await gateway.open()
    desk: Desk = gateway.client.app[keys.DESK]
    await desk.keep(await desk.requester(shopper.conversation_id), command)
    return shopper


async def deliver(gateway: Gateway) -> int:
    return await gateway.client.app[keys.DELIVERIES].deliver()


async def test_its_end_is_stored_and_pushed_once(gateway: Gateway) -> None:
    shopper = await keeps(gateway, Complain("太慢了"))
    tab = await shopper.connect()
    assert (await deliver(gateway), await deliver(gateway)) == (1, 0)
    pushed = (await tab.receive())["message"]
    ((ticket_no,),) = gateway.sql("SELECT ticket_no FROM tickets")
    assert pushed["text"].startswith("您之前提交的「投诉」已经办好了。")
    assert ticket_no in pushed["text"]
    assert await shopper.history() == [pushed]


async def test_a_refusal_says_why_and_offers_a_human(gateway: Gateway) -> None:
    shopper = await keeps(gateway, UrgeShipment("NOBODYS"))
    assert await deliver(gateway) == 1
    (message,) = await shopper.history()
    assert message["text"] == "您之前提交的「催发货」没有办成：没有找到这个订单。"
    assert message["choices"] == [{"title": "转人工", "value": "转人工"}]


async def test_two_gateways_tell_it_once(start: Start, config: GatewayConfig) -> None:
    gateways = [await start(config), await start(config)]
    shoppers = [await keeps(gateways[0], Complain(f"第 {n} 次")) for n in range(4)]
    told = await asyncio.gather(*(deliver(gateway) for gateway in gateways * 3))
    assert sum(told) == 4
    assert [len(await shopper.history()) for shopper in shoppers] == [1, 1, 1, 1]
    assert gateways[0].sql("SELECT count(*) FROM tickets") == [(4,)]


async def test_one_that_cannot_be_told_keeps_no_other_from_it(gateway: Gateway) -> None:
    lost = await keeps(gateway, Complain("甲"))
    shopper = await keeps(gateway, Complain("乙"))
    gateway.sql(
        "CREATE TRIGGER broken BEFORE INSERT ON messages "
        f"WHEN NEW.conversation_id = '{lost.conversation_id}' "
        "BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    assert await deliver(gateway) == 1
    assert len(await shopper.history()) == 1


async def test_the_gateway_delivers_and_tidies_by_itself(
    start: Start, config: GatewayConfig
) -> None:
    gateway = await start(replace(config, delivery_interval_s=0.05, tidy_interval_s=0.05))
    shopper = await keeps(gateway, Complain("太慢了"))
    tab = await shopper.connect()
    gateway.sql("UPDATE callers SET seen_at = '2020-01-01 00:00:00.000000'")
    assert "投诉" in (await tab.receive())["message"]["text"]
    async with asyncio.timeout(5):
        while gateway.sql("SELECT count(*) FROM callers") != [(0,)]:
            await asyncio.sleep(0.02)
