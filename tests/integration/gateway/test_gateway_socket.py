"""The chat over WebSocket: order, replay, resending, several tabs, and what is refused."""

import asyncio
from dataclasses import replace

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError

from shop.domain import Draft, Sender
from tests.integration.gateway.fakes import Shopper, Tab, texts
from tests.integration.gateway.world import PARTNER, Gateway, Start
from web.config import GatewayConfig
from web.limits import Rate

pytestmark = pytest.mark.asyncio


async def test_a_turn_is_acknowledged_typed_and_answered(shopper: Shopper) -> None:
    tab = await shopper.connect()
    await tab.say("我想买手机", "c-1")
    frames = await tab.turn()
    kinds = [frame["type"] for frame in frames]
    assert kinds == ["ack", "message", "typing", "message", "typing"]
    assert frames[0]["client_id"] == "c-1"
    assert frames[0]["message"] == frames[1]["message"]
    assert texts(frames) == ["您说的是：我想买手机"]


async def test_sentences_are_answered_one_at_a_time_in_order(
    gateway: Gateway, shopper: Shopper
) -> None:
    gateway.rasa.delay_s = 0.05
    tab = await shopper.connect()
    said = [f"第{number}句" for number in range(5)]
    for number, text in enumerate(said):
        await tab.say(text, f"c-{number}")
    frames = [frame for _ in said for frame in await tab.turn()]
    assert texts(frames) == [f"您说的是：{text}" for text in said]
    assert gateway.rasa.sentences == said
    assert gateway.rasa.most_at_work == 1
    ids = [frame["message"]["id"] for frame in frames if frame["type"] == "message"]
    assert ids == sorted(ids)


async def test_conversations_do_not_wait_for_each_other(gateway: Gateway) -> None:
    gateway.rasa.delay_s = 0.3
    shoppers = [await gateway.open() for _ in range(4)]
    loop = asyncio.get_running_loop()
    started = loop.time()
    await asyncio.gather(*(shopper.say("在吗") for shopper in shoppers))
    assert loop.time() - started < 0.9


async def test_the_same_client_id_is_one_turn(gateway: Gateway, shopper: Shopper) -> None:
    tab = await shopper.connect()
    await tab.say("我想买手机", "c-1")
    await tab.say("我想买手机", "c-1")
    first = await tab.turn()
    again = await tab.receive()
    assert again["type"] == "ack"
    assert again == first[0]
    assert gateway.rasa.sentences == ["我想买手机"]
    assert len(await shopper.history()) == 2


async def test_a_turn_that_was_cut_off_is_answered_when_resent(
    gateway: Gateway, shopper: Shopper
) -> None:
    async with gateway.storage.unit() as unit:
        asked = Draft(Sender.SHOPPER, text="我想买手机")
        await unit.conversations.append(shopper.conversation_id, asked, "c-1")
        await unit.commit()
    tab = await shopper.connect()
    assert texts([await tab.receive()], "shopper") == ["我想买手机"]
    await tab.say("我想买手机", "c-1")
    assert texts(await tab.turn()) == ["您说的是：我想买手机"]
    assert len(await shopper.history()) == 2


async def test_every_tab_gets_every_message(shopper: Shopper) -> None:
    one, two = await shopper.connect(), await shopper.connect()
    await one.say("我想买手机", "c-1")
    seen = await two.turn()
    assert texts(seen, "shopper") == ["我想买手机"]
    assert texts(seen) == texts(await one.turn()) == ["您说的是：我想买手机"]
    await two.say("便宜点的", "c-2")
    assert texts(await one.turn()) == ["您说的是：便宜点的"]


async def test_a_turn_over_http_reaches_the_tabs(shopper: Shopper) -> None:
    tab = await shopper.connect()
    await shopper.say("我想买手机")
    assert texts(await tab.turn()) == ["您说的是：我想买手机"]


async def test_nothing_reaches_another_conversation(gateway: Gateway, shopper: Shopper) -> None:
    stranger = await gateway.open()
    tab = await stranger.connect()
    await shopper.say("我想买手机")
    await tab.send(type="ping")
    assert await tab.receive() == {"type": "pong"}
    assert await stranger.history() == []


async def test_a_reconnected_client_gets_what_it_missed(gateway: Gateway, shopper: Shopper) -> None:
    tab = await shopper.connect()
    await tab.say("第一句", "c-1")
    newest = [f for f in await tab.turn() if f["type"] == "message"][-1]["message"]["id"]
    gateway.rasa.delay_s = 0.2
    await tab.say("第二句", "c-2")
    await tab.until(lambda frame: frame["type"] == "ack")
    await tab.close()
    await asyncio.sleep(0.4)
    back = await shopper.connect(after=newest)
    missed = [await back.receive(), await back.receive()]
    assert [frame["message"]["text"] for frame in missed] == ["第二句", "您说的是：第二句"]
    await back.send(type="ping")
    assert await back.receive() == {"type": "pong"}


async def test_a_replay_is_whole_however_long(gateway: Gateway, shopper: Shopper) -> None:
    async with gateway.storage.unit() as unit:
        for number in range(451):
            draft = Draft(Sender.SHOPPER, text=str(number))
            await unit.conversations.append(shopper.conversation_id, draft)
        await unit.commit()
        first = (await unit.conversations.history(shopper.conversation_id, limit=451))[0]
    tab = await shopper.connect(after=first.id)
    said = [(await tab.receive())["message"]["text"] for _ in range(450)]
    assert said == [str(number) for number in range(1, 451)]


async def test_messages_during_a_replay_come_once(gateway: Gateway, shopper: Shopper) -> None:
    gateway.rasa.delay_s = 0.02
    one = await shopper.connect()
    for number in range(6):
        await one.say(f"第{number}句", f"c-{number}")
    late = [await shopper.connect() for _ in range(4)]
    for _ in range(6):
        await one.turn()
    stored = [message["id"] for message in await shopper.history()]
    for tab in late:
        frames = await tab.until(
            lambda f: f["type"] == "message" and f["message"]["id"] == stored[-1]
        )
        got = [frame["message"]["id"] for frame in frames if frame["type"] == "message"]
        assert got == stored


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "text_empty"),
        (" \t\u200b\x07 ", "text_empty"),
        ("长" * 1001, "text_too_long"),
        (["我想买手机"], "bad_field"),
    ],
)
async def test_a_bad_sentence_is_refused_by_its_client_id(
    gateway: Gateway, shopper: Shopper, said: object, code: str
) -> None:
    tab = await shopper.connect()
    await tab.send(type="say", client_id="c-1", text=said)
    frame = await tab.receive()
    assert (frame["type"], frame["code"], frame["client_id"]) == ("error", code, "c-1")
    await tab.say("我想买手机", "c-2")
    assert texts(await tab.turn()) == ["您说的是：我想买手机"]
    assert gateway.rasa.sentences == ["我想买手机"]


@pytest.mark.parametrize(
    "raw",
    ["{", "[]", "null", '"say"', "{}", '{"type": "shout"}', '{"type": ["say"]}', "[" * 5000],
)
async def test_a_frame_outside_the_contract_is_refused(shopper: Shopper, raw: str) -> None:
    tab = await shopper.connect()
    await tab.socket.send_str(raw)
    assert (await tab.receive())["code"] == "bad_frame"
    await tab.socket.send_bytes(b"\x00")
    assert (await tab.receive())["code"] == "bad_frame"


@pytest.mark.parametrize("client_id", [None, "", 7, "a b", "x" * 65, "编号", "\ud800"])
async def test_a_bad_client_id_is_refused(shopper: Shopper, client_id: object) -> None:
    tab = await shopper.connect()
    await tab.send(type="say", client_id=client_id, text="我想买手机")
    frame = await tab.receive()
    assert frame["code"] == "bad_client_id"
    assert "client_id" not in frame


async def test_a_frame_over_the_limit_ends_the_socket(shopper: Shopper) -> None:
    tab = await shopper.connect()
    await tab.say("长" * 70_000, "c-1")
    end = await tab.socket.receive(timeout=5)
    assert end.type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
    assert tab.socket.close_code == 1009


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"type": "hello", "token": "wrong"}, "bad_token"),
        ({"type": "hello", "token": "错"}, "bad_token"),
        ({"type": "hello"}, "bad_token"),
        ({"type": "hello", "token": ["x"]}, "bad_token"),
        ({"type": "say", "client_id": "c-1", "text": "我想买手机"}, "hello_expected"),
    ],
)
async def test_a_socket_without_a_good_token_is_closed(
    gateway: Gateway, hello: dict[str, object], code: str
) -> None:
    tab = Tab(await gateway.client.ws_connect("/ws/chat"))
    await tab.send(**hello)
    assert (await tab.receive())["code"] == code
    assert (await tab.socket.receive(timeout=5)).type is WSMsgType.CLOSE
    assert gateway.rasa.heard == []


async def test_a_bad_after_is_refused(gateway: Gateway, shopper: Shopper) -> None:
    tab = Tab(await gateway.client.ws_connect("/ws/chat"))
    await tab.send(type="hello", token=shopper.token, after="' OR 1=1 --")
    assert (await tab.receive())["code"] == "bad_after"


async def test_a_silent_socket_is_closed(gateway: Gateway) -> None:
    tab = Tab(await gateway.client.ws_connect("/ws/chat"))
    assert (await tab.receive())["code"] == "hello_expected"
    assert (await tab.socket.receive(timeout=5)).type is WSMsgType.CLOSE


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{PARTNER}.evil.example"])
async def test_a_foreign_page_opens_no_socket(gateway: Gateway, origin: str) -> None:
    with pytest.raises(WSServerHandshakeError) as refusal:
        await gateway.client.ws_connect("/ws/chat", headers={"Origin": origin})
    assert refusal.value.status == 403


async def test_an_allowed_page_opens_a_socket(gateway: Gateway) -> None:
    host = f"{gateway.client.host}:{gateway.client.port}"
    for origin in (PARTNER, f"http://{host}"):
        socket = await gateway.client.ws_connect("/ws/chat", headers={"Origin": origin})
        assert not socket.closed
        await socket.close()


async def test_a_fast_talker_is_slowed_down(start: Start, config: GatewayConfig) -> None:
    slow = replace(config, conversation_rate=Rate(0.01, 2))
    gateway = await start(slow)
    shopper = await gateway.open()
    one, two = await shopper.connect(), await shopper.connect()
    await one.say("第一句", "c-1")
    await one.turn()
    await two.say("第二句", "c-2")
    await one.turn()
    await one.say("第三句", "c-3")
    frame = await one.receive()
    assert (frame["code"], frame["client_id"]) == ("rate_limited", "c-3")
    assert (await shopper.call("POST", "/api/chat", {"text": "第三句"}))[0] == 429
    assert gateway.rasa.sentences == ["第一句", "第二句"]


async def test_a_shutdown_closes_sockets_and_keeps_the_last_answer(
    gateway: Gateway, shopper: Shopper
) -> None:
    gateway.rasa.delay_s = 0.3
    tab = await shopper.connect()
    await tab.say("我想买手机", "c-1")
    await tab.until(lambda frame: frame["type"] == "ack")
    closing = asyncio.create_task(gateway.client.server.close())
    while not tab.socket.closed:
        await tab.socket.receive(timeout=5)
    await closing
    assert tab.socket.close_code == 1001
    async with gateway.storage.unit() as unit:
        history = await unit.conversations.history(shopper.conversation_id)
    assert [message.text for message in history] == ["我想买手机", "您说的是：我想买手机"]
