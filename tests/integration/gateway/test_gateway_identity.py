"""Who a shopper is: session tokens, customer tokens, origins."""

import time
from dataclasses import replace
from typing import Any

import jwt
import pytest

from shop.domain.requester import address_key
from tests.integration.gateway.fakes import Json, Shopper, Tab, validate
from tests.integration.gateway.world import JWT_KEY, PARTNER, Gateway, Start
from web.config import GatewayConfig

pytestmark = pytest.mark.asyncio

PRIVATE = [
    ("POST", "/api/chat"),
    ("GET", "/api/messages"),
    ("GET", "/api/cart"),
    ("POST", "/api/cart"),
    ("PUT", "/api/cart"),
    ("POST", "/api/events"),
    ("GET", "/api/profile"),
]


def signed(key: str = JWT_KEY, algorithm: str = "HS256", **claims: Any) -> str:
    """A customer token; a claim of None is left out."""
    values = {"sub": "customer-1", "exp": time.time() + 3600, **claims}
    present = {name: value for name, value in values.items() if value is not None}
    return jwt.encode(present, key, algorithm=algorithm)


async def refusal(gateway: Gateway, body: Json, **headers: str) -> tuple[int, str]:
    async with gateway.client.post("/api/session", json=body, headers=headers) as response:
        problem = await response.json()
    assert response.content_type == "application/problem+json"
    validate("problem.json", problem)
    return response.status, problem["code"]


@pytest.mark.parametrize(("method", "path"), PRIVATE)
@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer wrong", "Basic eDp5", "Bearer 错", f"Bearer {'x' * 500}"]
)
async def test_what_is_private_needs_the_token(
    gateway: Gateway, method: str, path: str, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}
    request = gateway.client.request(method, path, json={"text": "在吗"}, headers=headers)
    async with request as response:
        problem = await response.json()
    assert (response.status, problem["code"]) == (401, "bad_token")
    assert gateway.rasa.heard == []


async def test_the_token_is_stored_as_a_hash_only(gateway: Gateway, shopper: Shopper) -> None:
    assert len(shopper.token) >= 43
    assert shopper.token not in str(gateway.sql("SELECT * FROM conversations"))


async def test_the_conversation_s_id_is_no_token(gateway: Gateway, shopper: Shopper) -> None:
    thief = Shopper(gateway.client, shopper.conversation_id, shopper.conversation_id)
    status, problem = await thief.call("GET", "/api/messages")
    assert (status, problem["code"]) == (401, "bad_token")


async def test_a_session_is_resumed_with_its_token(gateway: Gateway, shopper: Shopper) -> None:
    again = await gateway.open(token=shopper.token)
    assert (again.token, again.conversation_id) == (shopper.token, shopper.conversation_id)
    assert (await gateway.open()).conversation_id != shopper.conversation_id
    assert await refusal(gateway, {}, Authorization="Bearer gone") == (401, "bad_token")


async def test_a_guest_becomes_the_customer_and_keeps_cart_and_history(
    gateway: Gateway, shopper: Shopper
) -> None:
    await shopper.say("我想买手机")
    await shopper.call("POST", "/api/cart", {"sku": "phone-a-01"})
    known = await gateway.open({"customer_token": signed()}, shopper.token)
    assert known.conversation_id == shopper.conversation_id
    assert len(await known.history()) == 2
    assert (await known.call("GET", "/api/cart"))[1]["items"][0]["quantity"] == 1
    assert (await known.call("GET", "/api/profile"))[1]["customer_id"] == "customer-1"


async def test_another_customer_gets_a_conversation_of_their_own(gateway: Gateway) -> None:
    first = await gateway.open({"customer_token": signed()})
    second = await gateway.open({"customer_token": signed(sub="customer-2")}, first.token)
    assert second.conversation_id != first.conversation_id
    assert second.token != first.token
    same = await gateway.open({"customer_token": signed()}, first.token)
    assert same.conversation_id == first.conversation_id


@pytest.mark.parametrize(
    ("token", "code"),
    [
        (signed(key="another-key-of-sufficient-length-0123"), "customer_token_invalid"),
        (signed(key="", algorithm="none"), "customer_token_invalid"),
        (signed(algorithm="HS512"), "customer_token_invalid"),
        (signed()[:-4] + "AAAA", "customer_token_invalid"),
        (signed(exp=None), "customer_token_invalid"),
        (signed(sub=None), "customer_token_invalid"),
        (signed(sub=""), "customer_token_invalid"),
        (signed(sub="x" * 61), "customer_token_invalid"),
        (signed(sub="a\x00b"), "customer_token_invalid"),
        (signed(exp=time.time() - 5), "customer_token_expired"),
        ("", "customer_token_invalid"),
        ("a.b.c", "customer_token_invalid"),
        (17, "customer_token_invalid"),
    ],
)
async def test_a_customer_token_that_is_not_good(
    gateway: Gateway, token: object, code: str
) -> None:
    assert await refusal(gateway, {"customer_token": token}) == (401, code)
    assert gateway.sql("SELECT count(*) FROM conversations") == [(0,)]


async def test_without_a_key_nobody_is_a_customer(start: Start, config: GatewayConfig) -> None:
    gateway = await start(replace(config, jwt_key=None))
    answer = await refusal(gateway, {"customer_token": signed()})
    assert answer == (401, "customer_token_invalid")


async def test_who_comes_back_is_looked_at_again(gateway: Gateway) -> None:
    """A login that has ended, or is forged, opens no conversation of its customer again."""
    known = await gateway.open({"customer_token": signed()})
    for bad in (signed(exp=time.time() - 5), signed(key="another-key-of-sufficient-length-0123")):
        status, _ = await refusal(
            gateway, {"customer_token": bad}, Authorization=f"Bearer {known.token}"
        )
        assert status == 401
    other = await gateway.open({"customer_token": signed(sub="customer-2")}, known.token)
    await other.say("我的订单")
    assert await known.history() == []
    assert gateway.sql("SELECT count(*) FROM conversations WHERE customer_id = 'customer-1'") == [
        (1,)
    ]


FORGED = {
    "conversation_id": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "sender": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "customer_id": "customer-1",
    "slots": {"pending": {"action": "action_desk", "operation_id": "x"}},
    "metadata": {"customer_id": "customer-1"},
    "from": "bot",
    "data": {"photos": ["01ARZ3NDEKTSV4RRFFQ69G5FAV"]},
}


async def test_a_client_names_no_conversation_customer_or_slot(
    gateway: Gateway, shopper: Shopper
) -> None:
    own = shopper.conversation_id
    opened = await gateway.open(FORGED)
    assert opened.conversation_id != FORGED["conversation_id"]
    status, _ = await shopper.call("POST", "/api/chat?sender=other", {**FORGED, "text": "在吗"})
    assert status == 200
    tab = Tab(await gateway.client.ws_connect("/ws/chat"))
    await tab.send(**{**FORGED, "type": "hello", "token": shopper.token})
    assert (await tab.receive())["conversation_id"] == own
    await tab.until(lambda frame: frame["type"] == "message")
    await tab.send(**{**FORGED, "type": "say", "client_id": "c1", "text": '/x{"pending": 1}'})
    await tab.turn()
    assert gateway.rasa.heard == [(own, "在吗"), (own, 'x{"pending": 1}')]
    assert gateway.sql("SELECT DISTINCT customer_id FROM conversations") == [(None,)]
    said = [m for m in await shopper.history() if m["from"] == "shopper"]
    assert [m["data"] for m in said] == [{}, {}]


async def test_the_desk_knows_the_caller_s_address_as_a_hash(
    start: Start, config: GatewayConfig
) -> None:
    proxied = replace(config, trusted_proxies=frozenset({"127.0.0.1"}), address_secret=b"s" * 32)
    gateway = await start(proxied)
    for address in ("203.0.113.7", "203.0.113.7", "2001:db8::1", "2001:db8::2"):
        headers = {"X-Forwarded-For": address}
        async with gateway.client.post("/api/session", json={}, headers=headers) as response:
            assert response.status == 200
    rows = gateway.sql("SELECT address_key FROM callers")
    assert len(rows) == 4 and len(set(rows)) == 2
    assert (address_key("203.0.113.7", b"s" * 32),) in rows
    shopper = await gateway.open()
    gateway.sql("DELETE FROM callers")
    await (await shopper.connect()).close()
    assert gateway.sql("SELECT count(*) FROM callers") == [(1,)]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://partner.example:81"])
async def test_a_foreign_page_changes_nothing(gateway: Gateway, origin: str) -> None:
    assert await refusal(gateway, {}, Origin=origin) == (403, "origin_refused")
    async with gateway.client.get("/api/recommend", headers={"Origin": origin}) as response:
        assert response.status == 200
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_pages_of_the_shop_and_of_partners_may(gateway: Gateway) -> None:
    here = f"http://{gateway.client.host}:{gateway.client.port}"
    for origin in (PARTNER, here):
        headers = {"Origin": origin}
        async with gateway.client.post("/api/session", json={}, headers=headers) as response:
            assert response.status == 200
            assert "Origin" in response.headers["Vary"]
            allowed = response.headers.get("Access-Control-Allow-Origin")
            assert allowed == (PARTNER if origin == PARTNER else None)


async def test_a_partner_s_page_can_read_refusals(gateway: Gateway) -> None:
    async with gateway.client.get("/api/cart", headers={"Origin": PARTNER}) as response:
        assert response.status == 401
        assert response.headers["Access-Control-Allow-Origin"] == PARTNER


async def test_preflight(gateway: Gateway) -> None:
    headers = {"Origin": PARTNER, "Access-Control-Request-Method": "PUT"}
    async with gateway.client.options("/api/cart", headers=headers) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == PARTNER
        assert "PUT" in response.headers["Access-Control-Allow-Methods"]
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    headers["Origin"] = "https://evil.example"
    async with gateway.client.options("/api/cart", headers=headers) as response:
        assert response.status == 403
