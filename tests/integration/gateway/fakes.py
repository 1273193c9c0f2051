"""Servers that stand in for Rasa and the recommender, and clients of the gateway."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientWebSocketResponse, web
from aiohttp.test_utils import TestClient, TestServer
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from web.openapi import schemas

Json = dict[str, Any]


def echo(text: str) -> list[Json]:
    return [{"recipient_id": "x", "text": f"您说的是：{text}"}]


async def _nothing(sender: str, text: str) -> None:
    """What a turn does besides answering."""


def validate(schema: str, value: object) -> None:
    """Raises ValidationError."""
    contents = schemas()
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(content)) for name, content in contents.items()
    )
    checker = FormatChecker()
    validator = Draft202012Validator(contents[schema], registry=registry, format_checker=checker)
    validator.validate(value)


class FakeServer:
    """A real server on a port of its own that can go down and come back on it."""

    def __init__(self) -> None:
        self.port: int | None = None
        self._server: TestServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = TestServer(self.app(), host="127.0.0.1", port=self.port)
        await self._server.start_server(shutdown_timeout=0)
        self.port = self._server.port

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()
            self._server = None

    def app(self) -> web.Application:
        raise NotImplementedError


class FakeRasa(FakeServer):
    """Answers with `answer(text)`, after `hears(sender, text)` and `delay_s`, with `status`."""

    def __init__(self) -> None:
        super().__init__()
        self.answer: Callable[[str], Any] = echo
        self.hears: Callable[[str, str], Awaitable[None]] = _nothing
        self.delay_s = 0.0
        self.status = 200
        self.heard: list[tuple[str, str]] = []
        self.at_work: defaultdict[str, int] = defaultdict(int)
        self.most_at_work = 0

    @property
    def sentences(self) -> list[str]:
        return [text for _, text in self.heard]

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/webhooks/rest/webhook", self._webhook)
        app.router.add_get("/webhooks/rest/", self._health)
        return app

    async def _webhook(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.heard.append((body["sender"], body["message"]))
        self.at_work[body["sender"]] += 1
        self.most_at_work = max(self.most_at_work, *self.at_work.values())
        await self.hears(body["sender"], body["message"])
        await asyncio.sleep(self.delay_s)
        self.at_work[body["sender"]] -= 1
        return web.json_response(self.answer(body["message"]), status=self.status)

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})


class FakeRecommender(FakeServer):
    """Ranks `skus`, pairs of product id and SKU."""

    def __init__(self, *skus: tuple[str, str]) -> None:
        super().__init__()
        self.skus = skus
        self.asked: list[Json] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/internal/recommend", self._recommend)
        app.router.add_get("/readyz", self._ready)
        return app

    async def _recommend(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.asked.append(body)
        items = [
            {"product_id": product_id, "sku": sku, "score": 0.9, "reasons": ["符合预算"]}
            for product_id, sku in self.skus[: body["limit"]]
        ]
        found = {"items": items, "constraints": {"category": "手机"}, "relaxed": []}
        return web.json_response({**found, "total": len(self.skus), "confident": True})

    async def _ready(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ready"})


class Shopper:
    """One conversation with the gateway; whatever it is sent has to fit the schemas."""

    def __init__(
        self,
        client: TestClient[Any, Any],
        token: str,
        conversation_id: str,
        signed_in: bool = False,
        customer_name: str | None = None,
    ) -> None:
        self.client = client
        self.token = token
        self.conversation_id = conversation_id
        self.signed_in = signed_in
        self.customer_name = customer_name

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def call(self, method: str, path: str, body: object = None) -> tuple[int, Json]:
        request = self.client.request(method, path, json=body, headers=self.headers)
        async with request as response:
            answer = await response.json()
        if response.status >= 400:
            validate("problem.json", answer)
        return response.status, answer

    async def say(self, text: str, client_id: str | None = None) -> list[Json]:
        """The messages that answer, over HTTP."""
        body = {"text": text} if client_id is None else {"text": text, "client_id": client_id}
        status, answer = await self.call("POST", "/api/chat", body)
        assert status == 200, answer
        for message in answer["messages"]:
            validate("message.json", message)
        return list(answer["messages"])

    async def history(self, after: str = "") -> list[Json]:
        status, answer = await self.call("GET", f"/api/messages?after={after}")
        assert status == 200, answer
        for message in answer["messages"]:
            validate("message.json", message)
        return list(answer["messages"])

    async def connect(self, after: str | None = None) -> "Tab":
        tab = Tab(await self.client.ws_connect("/ws/chat"))
        await tab.send(type="hello", token=self.token, after=after)
        assert await tab.receive() == {"type": "ready", "conversation_id": self.conversation_id}
        return tab


class Tab:
    """One socket of a conversation."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, **frame: Any) -> None:
        await self.socket.send_json(frame)

    async def say(self, text: str, client_id: str) -> None:
        await self.send(type="say", client_id=client_id, text=text)

    async def receive(self) -> Json:
        frame: Json = await self.socket.receive_json(timeout=5)
        validate("frame.json", frame)
        return frame

    async def until(self, wanted: Callable[[Json], bool]) -> list[Json]:
        """Frames up to and with the wanted one."""
        frames = [await self.receive()]
        while not wanted(frames[-1]):
            frames.append(await self.receive())
        return frames

    async def turn(self) -> list[Json]:
        """Frames up to the end of a turn: the bot has stopped typing."""
        return await self.until(lambda frame: frame == {"type": "typing", "on": False})

    async def close(self) -> None:
        await self.socket.close()


def texts(frames: list[Json], author: str = "bot") -> list[str]:
    """What this author said in these frames."""
    messages = [frame["message"] for frame in frames if frame["type"] == "message"]
    return [message["text"] for message in messages if message["from"] == author]
