"""Rasa, its actions or the recommender fail: the shopper gets an answer, and a way on."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSCloseCode, WSMsgType
from aiohttp.test_utils import TestClient, TestServer

from recsys.client import RecommenderClient
from shop.storage import Storage
from shop.storage.trackers import Trackers
from tests.integration.gateway.fakes import Json, Shopper, texts
from tests.integration.gateway.world import WORDING, Gateway, desk_of
from web.app import build_app
from web.config import GatewayConfig
from web.rasa import RasaClient

pytestmark = pytest.mark.asyncio

Breakage = Callable[[Gateway], Any]


async def _down(gateway: Gateway) -> None:
    await gateway.rasa.stop()


async def _slow(gateway: Gateway) -> None:
    gateway.rasa.delay_s = 3


async def _silent(gateway: Gateway) -> None:
    gateway.rasa.answer = lambda text: []


async def _failing(gateway: Gateway) -> None:
    gateway.rasa.status = 500


async def _babbling(gateway: Gateway) -> None:
    gateway.rasa.answer = lambda text: {"version": "3.6"}


async def _pointless(gateway: Gateway) -> None:
    gateway.rasa.answer = lambda text: [{"recipient_id": "x"}]


async def _misshapen(gateway: Gateway) -> None:
    products = {"type": "products", "data": {"items": [{"title": "小米14"}]}}
    gateway.rasa.answer = lambda text: [{"text": "为您找到："}, {"custom": products}]


async def _unwritable(gateway: Gateway) -> None:
    gateway.rasa.answer = lambda text: [{"text": "好", "custom": {"data": {"n": float("nan")}}}]


async def _half_a_character(gateway: Gateway) -> None:
    gateway.rasa.answer = lambda text: [{"text": "好", "buttons": [{"title": "\ud83d"}]}]


BREAKAGES = [
    _down,
    _slow,
    _silent,
    _failing,
    _babbling,
    _pointless,
    _misshapen,
    _unwritable,
    _half_a_character,
]


@pytest.mark.parametrize("breakage", BREAKAGES)
async def test_a_failure_is_an_apology_with_a_way_on(
    gateway: Gateway, shopper: Shopper, breakage: Breakage
) -> None:
    await breakage(gateway)
    tab = await shopper.connect()
    await tab.say("我想买手机", "c-1")
    assert texts(await tab.turn()) == [WORDING.apology]
    _, apology = await shopper.history()
    assert (apology["from"], apology["type"]) == ("bot", "error")
    assert apology["choices"] == [
        {"title": "转人工", "value": "转人工"},
        {"title": "再试一次", "value": "我想买手机"},
    ]


@pytest.mark.parametrize("breakage", BREAKAGES)
async def test_without_rasa_a_human_can_still_be_called(
    gateway: Gateway, shopper: Shopper, breakage: Breakage
) -> None:
    await breakage(gateway)
    (answer,) = await shopper.say("转人工！")
    assert answer["type"] == "handoff"
    assert answer["data"] == {"queue_position": 1, "business_hours": "每天 9:00 至 22:00"}
    assert answer["text"] == WORDING.handoff.format(ahead=0)
    async with gateway.storage.unit() as unit:
        (waiting,) = await unit.handoffs.waiting()
    assert waiting.conversation_id == shopper.conversation_id


async def test_calling_a_human_twice_keeps_the_place(gateway: Gateway, shopper: Shopper) -> None:
    await gateway.rasa.stop()
    other = await gateway.open()
    places = [(await who.say("人工客服"))[0]["data"] for who in (other, shopper, other, shopper)]
    assert [place["queue_position"] for place in places] == [1, 2, 1, 2]


async def test_a_sentence_about_artificial_things_calls_nobody(
    gateway: Gateway, shopper: Shopper
) -> None:
    await gateway.rasa.stop()
    assert (await shopper.say("人工草坪有吗"))[0]["type"] == "error"
    async with gateway.storage.unit() as unit:
        assert await unit.handoffs.waiting() == []


async def test_with_rasa_a_human_is_its_business(gateway: Gateway, shopper: Shopper) -> None:
    (answer,) = await shopper.say("转人工")
    assert answer["text"] == "您说的是：转人工"


async def test_the_conversation_goes_on_when_rasa_is_back(
    gateway: Gateway, shopper: Shopper
) -> None:
    await gateway.rasa.stop()
    (apology,) = await shopper.say("我想买手机")
    await gateway.rasa.start()
    again = apology["choices"][1]["value"]
    assert (await shopper.say(again))[0]["text"] == "您说的是：我想买手机"


async def test_the_apology_comes_within_three_seconds(
    gateway: Gateway, database_url: str, tmp_path: Path, config: GatewayConfig
) -> None:
    """With the client's own timeout, which the other tests shorten."""
    gateway.rasa.delay_s = 10
    rasa, recommender = RasaClient(gateway.rasa.url), RecommenderClient(gateway.recommender.url)
    storage = Storage(database_url)
    trackers = Trackers(f"sqlite:///{tmp_path}/rasa.db")
    app = build_app(storage, rasa, recommender, trackers, desk_of(storage), config)
    async with TestClient(TestServer(app)) as client:
        shopper = await replace(gateway, client=client).open()
        async with asyncio.timeout(3):
            (answer,) = await shopper.say("我想买手机")
    assert answer["type"] == "error"


async def test_search_says_that_it_is_down(gateway: Gateway, shopper: Shopper) -> None:
    await gateway.recommender.stop()
    status, problem = await shopper.call("GET", "/api/search?q=手机")
    assert (status, problem["code"]) == (503, "search_unavailable")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("context=home", ["phone-a", "phone-b", "shoe-a"]),
        ("context=product&sku=phone-a-02", ["phone-b"]),
        ("context=cart&sku=phone-b-01", ["phone-a"]),
    ],
)
async def test_popular_products_stand_in_for_recommendations(
    gateway: Gateway, shopper: Shopper, query: str, expected: list[str]
) -> None:
    await gateway.recommender.stop()
    status, found = await shopper.call("GET", f"/api/recommend?{query}")
    assert status == 200
    assert [item["product_id"] for item in found["items"]] == expected


async def test_popular_products_stand_in_for_an_empty_recommendation(
    gateway: Gateway, shopper: Shopper
) -> None:
    gateway.recommender.skus = ()
    _, found = await shopper.call("GET", "/api/recommend")
    assert [item["product_id"] for item in found["items"]] == ["phone-a", "phone-b", "shoe-a"]


async def test_a_broken_database_is_a_problem_without_a_trace(
    gateway: Gateway, shopper: Shopper, caplog: pytest.LogCaptureFixture
) -> None:
    tab = await shopper.connect()
    await tab.send(type="ping")  # answered after the replay
    assert await tab.receive() == {"type": "pong"}
    for table in ("messages", "handoffs", "events", "conversations"):
        gateway.sql(f"DROP TABLE {table}")
    status, problem = await shopper.call("POST", "/api/chat", {"text": "我的电话是 13900000000"})
    assert (status, problem["code"]) == (500, "internal")
    assert "sqlite" not in str(problem).lower()
    await tab.say("我的电话是 13900000000", "c-1")
    frame = await tab.receive()
    assert (frame["code"], frame["client_id"]) == ("unavailable", "c-1")
    assert "unexpected OperationalError" in caplog.text
    assert "13900000000" not in caplog.text


async def test_a_replay_that_fails_closes_the_socket(gateway: Gateway, shopper: Shopper) -> None:
    gateway.sql("DROP TABLE handoffs")
    gateway.sql("DROP TABLE messages")
    tab = await shopper.connect()
    assert (await tab.socket.receive(timeout=5)).type is WSMsgType.CLOSE
    assert tab.socket.close_code == WSCloseCode.INTERNAL_ERROR


async def test_readiness_names_the_part_that_is_down(gateway: Gateway) -> None:
    assert await _ready(gateway) == (200, {"database": "ok", "rasa": "ok", "recommender": "ok"})
    await gateway.rasa.stop()
    assert await _ready(gateway) == (503, {"database": "ok", "rasa": "down", "recommender": "ok"})
    await gateway.recommender.stop()
    await gateway.rasa.start()
    assert await _ready(gateway) == (503, {"database": "ok", "rasa": "ok", "recommender": "down"})


async def _ready(gateway: Gateway) -> tuple[int, dict[str, str]]:
    async with gateway.client.get("/readyz") as response:
        body: Json = await response.json()
    return response.status, {name: part["status"] for name, part in body["parts"].items()}
