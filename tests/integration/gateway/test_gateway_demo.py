"""Invented customers for whoever tries the demo shop, and for nobody in a real one."""

from dataclasses import replace

import jwt
import pytest

from shop.domain.clock import now
from shop.domain.customer import Customer
from tests.integration.gateway.fakes import Json
from tests.integration.gateway.world import Gateway, Start
from web.config import GatewayConfig

pytestmark = pytest.mark.asyncio

KEY = "made-at-the-start-of-the-process-0123456789-abcdef"
INVENTED = Customer("demo-01", "陈小满", "13800000001", "演示路", "普通会员", 1, now(), demo=True)
REAL = Customer("c-1", "王真", "13912345678", "真实路", "金卡会员", 1, now())


async def ask(
    gateway: Gateway, method: str, path: str, body: Json | None = None
) -> tuple[int, Json]:
    async with gateway.client.request(method, path, json=body) as response:
        return response.status, await response.json()


async def shop(start: Start, config: GatewayConfig, *customers: Customer) -> Gateway:
    gateway = await start(config)
    async with gateway.storage.unit() as unit:
        await unit.customers.add(customers)
        await unit.commit()
    return gateway


@pytest.fixture
def demo(config: GatewayConfig) -> GatewayConfig:
    return replace(config, jwt_key=None, demo_key=KEY)


async def test_somebody_invented_signs_in(start: Start, demo: GatewayConfig) -> None:
    gateway = await shop(start, demo, INVENTED, REAL)
    status, listed = await ask(gateway, "GET", "/api/demo/customers")
    told = {"customer_id": "demo-01", "name": "陈小满", "level": "普通会员"}
    assert (status, listed) == (200, {"customers": [told]})
    status, signed = await ask(gateway, "POST", "/api/demo/sign-in", {"customer_id": "demo-01"})
    assert status == 200
    shopper = await gateway.open(signed)
    assert (shopper.signed_in, shopper.customer_name) == (True, "陈小满")
    again = await gateway.open(token=shopper.token)
    assert (again.signed_in, again.customer_name) == (True, "陈小满")
    guest = await gateway.open()
    assert (guest.signed_in, guest.customer_name) == (False, None)


@pytest.mark.parametrize("wanted", ["c-1", "nobody", "", None, 7, ["demo-01"]])
async def test_nobody_real_does(start: Start, demo: GatewayConfig, wanted: object) -> None:
    gateway = await shop(start, demo, INVENTED, REAL)
    status, problem = await ask(gateway, "POST", "/api/demo/sign-in", {"customer_id": wanted})
    assert (status, problem["code"]) == (400, "bad_field")


async def test_a_real_shop_has_no_such_thing(start: Start, config: GatewayConfig) -> None:
    real = replace(config, demo_key=KEY)
    without = replace(config, jwt_key=None)
    nobody = replace(config, jwt_key=None, demo_key=KEY)
    for one, customers in ((real, [INVENTED]), (without, []), (nobody, [])):
        gateway = await shop(start, one, *customers)
        if one is nobody:
            gateway.sql("DELETE FROM customers")
            await shop(start, one, REAL)
        for method, path in (("GET", "/api/demo/customers"), ("POST", "/api/demo/sign-in")):
            body = {"customer_id": "demo-01"} if method == "POST" else None
            assert (await ask(gateway, method, path, body))[0] == 404


async def test_where_the_shop_signs_the_demo_s_key_opens_nothing(
    start: Start, config: GatewayConfig
) -> None:
    gateway = await shop(start, replace(config, demo_key=KEY), INVENTED)
    forged = jwt.encode({"sub": "demo-01", "exp": now().timestamp() + 60}, KEY, algorithm="HS256")
    status, problem = await ask(gateway, "POST", "/api/session", {"customer_token": forged})
    assert (status, problem["code"]) == (401, "customer_token_invalid")
