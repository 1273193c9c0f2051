"""The chat over HTTP: what Rasa's answers become, what is refused, what is kept."""

import json
from dataclasses import replace

import pytest

from shop.storage import Storage
from tests.integration.gateway.fakes import Json, Shopper, validate
from tests.integration.gateway.world import Gateway, Start
from web.config import GatewayConfig
from web.limits import Rate

pytestmark = pytest.mark.asyncio


async def _cards(storage: Storage, *skus: str) -> list[Json]:
    async with storage.unit() as unit:
        return [card.to_json() for card in await unit.catalog.cards(skus)]


async def test_text_and_products_are_one_message(gateway: Gateway, shopper: Shopper) -> None:
    items = await _cards(gateway.storage, "phone-a-01", "phone-b-01")
    data = {"items": items, "constraints": {"price_max": 3000}, "relaxed": [], "total": 2}
    buttons = [{"title": "3000 元以内", "payload": "三千以内的"}]
    gateway.rasa.answer = lambda text: [
        {"recipient_id": "x", "text": "为您找到 2 款手机：", "buttons": buttons},
        {"recipient_id": "x", "custom": {"type": "products", "data": data}},
    ]
    (message,) = await shopper.say("我想买手机")
    assert message["type"] == "products"
    assert message["text"] == "为您找到 2 款手机："
    assert message["choices"] == [{"title": "3000 元以内", "value": "三千以内的"}]
    assert message["data"] == data


async def test_shown_products_are_impressions(gateway: Gateway, shopper: Shopper) -> None:
    items = await _cards(gateway.storage, "phone-a-01", "phone-b-01")
    data = {"items": items, "constraints": {}, "relaxed": [], "total": 2}
    gateway.rasa.answer = lambda text: [{"custom": {"type": "products", "data": data}}]
    (message,) = await shopper.say("我想买手机", "c-1")
    await shopper.say("我想买手机", "c-1")
    rows = gateway.sql("SELECT kind, sku, data FROM events ORDER BY sku")
    assert [(kind, sku) for kind, sku, _ in rows] == [
        ("impression", "phone-a-01"),
        ("impression", "phone-b-01"),
    ]
    assert json.loads(rows[1][2]) == {"message_id": message["id"], "position": 2}


async def test_the_same_client_id_gets_the_same_answer(gateway: Gateway, shopper: Shopper) -> None:
    first = await shopper.say("我想买手机", "c-1")
    assert await shopper.say("我想买手机", "c-1") == first
    assert await shopper.say("我想买手机", "c-2") != first
    assert await shopper.say("我想买手机") != first
    assert len(gateway.rasa.heard) == 3


async def test_rasa_hears_the_server_s_name_for_the_conversation(
    gateway: Gateway, shopper: Shopper
) -> None:
    body = {"text": "在吗", "sender": "somebody-else", "conversation_id": "x"}
    await shopper.call("POST", "/api/chat", body)
    assert gateway.rasa.heard == [(shopper.conversation_id, "在吗")]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/restart", "restart"),
        ("／restart", "restart"),
        ("  / /restart", "restart"),
        ("\u200b/restart", "restart"),
        ("\u3000／／greet{}", "greet{}"),
        ("/", "？"),
        ("白色/黑色", "白色/黑色"),
        ("手\x00机\x1b[31m", "手机[31m"),
        ("第一行\n第二行", "第一行 第二行"),
        ("手机\ud83d", "手机"),
        ("👍", "👍"),
    ],
)
async def test_what_rasa_hears(gateway: Gateway, shopper: Shopper, said: str, heard: str) -> None:
    (answer,) = await shopper.say(said)
    assert gateway.rasa.sentences == [heard]
    assert answer["text"] == f"您说的是：{heard}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "text_empty"),
        ({"text": "\n \u200b"}, "text_empty"),
        ({"text": "长" * 1001}, "text_too_long"),
        ({}, "bad_field"),
        ({"text": None}, "bad_field"),
        ({"text": 42}, "bad_field"),
        ({"text": "在吗", "client_id": ""}, "bad_client_id"),
        ({"text": "在吗", "client_id": {}}, "bad_client_id"),
        ([], "bad_json"),
        ("在吗", "bad_json"),
    ],
)
async def test_what_is_refused_is_not_stored(
    gateway: Gateway, shopper: Shopper, body: object, code: str
) -> None:
    status, problem = await shopper.call("POST", "/api/chat", body)
    assert (status, problem["code"]) == (400, code)
    assert await shopper.history() == []
    assert gateway.rasa.heard == []


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 30_000, b"{}{}", b"NaN"])
async def test_a_malformed_body_is_refused(shopper: Shopper, raw: bytes) -> None:
    request = shopper.client.post("/api/chat", data=raw, headers=shopper.headers)
    async with request as response:
        problem = await response.json()
    assert (response.status, problem["code"]) == (400, "bad_json")
    assert response.content_type == "application/problem+json"
    validate("problem.json", problem)


async def test_a_body_over_the_limit_is_refused(shopper: Shopper) -> None:
    status, problem = await shopper.call("POST", "/api/chat", {"text": "长" * 70_000})
    assert (status, problem["code"]) == (413, "body_too_large")


async def test_a_thousand_characters_are_welcome(gateway: Gateway, shopper: Shopper) -> None:
    await shopper.say("长" * 1000)
    assert gateway.rasa.sentences == ["长" * 1000]


async def test_history_goes_on_from_a_message(shopper: Shopper) -> None:
    await shopper.say("第一句")
    newest = (await shopper.history())[-1]["id"]
    await shopper.say("第二句")
    said = [message["text"] for message in await shopper.history(after=newest)]
    assert said == ["第二句", "您说的是：第二句"]
    status, problem = await shopper.call("GET", "/api/messages?after=yesterday")
    assert (status, problem["code"]) == (400, "bad_after")


async def test_one_address_cannot_ask_without_end(start: Start, config: GatewayConfig) -> None:
    limited = replace(config, trusted_proxies=frozenset({"127.0.0.1"}), address_rate=Rate(0.01, 2))
    client = (await start(limited)).client

    async def ask(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        async with client.get("/api/recommend", headers=headers) as response:
            return response.status

    assert [await ask("203.0.113.1") for _ in range(3)] == [200, 200, 429]
    # Only what the proxy itself has added counts, not what its caller claims.
    assert await ask("203.0.113.9, 203.0.113.1") == 429
    assert await ask("203.0.113.2") == 200
    async with client.get("/healthz") as response:
        assert response.status == 200
