"""A gateway in a thread that speaks the contract and misbehaves on request."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import WSMsgType, web

from web import pictures

STATIC = Path(__file__).parents[2] / "web" / "static"
POLICY = "default-src 'self'; frame-ancestors 'none'"
EMBEDDING = """<!doctype html><title>Shop</title><p>Another shop's page</p>
<script type="module" src="/widget/daogou.js" data-lang="en" data-theme="dark"
  data-customer-token="expired"></script>"""
Json = dict[str, Any]
T = TypeVar("T")


def card(number: int, **changes: Any) -> Json:
    """A phone that gets dearer with its number."""
    sku = f"phone-{number:02}"
    base = {
        "sku": sku,
        "product_id": f"phone-{number}",
        "title": f"青云 X{number} 五千万像素 长续航 5G 手机",
        "brand": "青云",
        "category": "手机",
        "price": 1000 + 400 * number,
        "list_price": 1200 + 400 * number,
        "stock": 40,
        "image": f"/media/{sku}.svg",
        "url": f"/p/{sku}",
        "rating": 4.8,
        "attributes": {"屏幕尺寸": 6.3, "5G": True, "特点": ["快充", "IP68"]},
        "options": {"颜色": "黑色"},
        "reasons": ["符合预算", "拍照好评多"],
        "sponsored": False,
    }
    return {**base, **changes}


def reply(text: str) -> Json:
    """What the bot says to a sentence."""
    if "手机" in text:
        items = [card(number) for number in range(1, 6)]
        data = {"items": items, "constraints": {"category": "手机"}, "relaxed": [], "total": 38}
        choice = {"title": "3000 元以内", "value": "三千以内的"}
        return {
            "type": "products",
            "text": "为您找到这些手机：",
            "data": data,
            "choices": [choice],
        }
    return {"type": "text", "text": f"您说的是：{text}"}


class MockGateway:
    """`start` serves on a free port; every other call may come from the test's thread."""

    def __init__(self, answer: Callable[[str], Json] = reply) -> None:
        self.answer = answer
        self.messages: list[Json] = []
        self.events: list[Json] = []
        self.received: list[Json] = []
        self.cart: dict[str, int] = {}
        self.cart_refusal: Json | None = None
        self.acknowledging = True
        self.refusing_sockets = False
        self.typing_forever = False
        self.refusal: str | None = None
        self.token = "token"
        self.customers: list[Json] = []
        self.customer: Json | None = None
        self.photos: dict[str, bytes] = {}
        self.photo_refusals: list[Json] = []
        self.meeting = 8  # of the eight products found, how many meet every condition
        self.photo_delay_s = 0.0
        self.url = ""
        self._stored: dict[str, Json] = {}
        self._sockets: set[web.WebSocketResponse] = set()
        self._transports: set[asyncio.Transport] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._call(self._serve())

    def stop(self) -> None:
        self.drop()
        self._call(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def drop(self) -> None:
        """Cuts every socket."""
        self._call(self._drop())

    def push(self, text: str, **fields: Any) -> Json:
        """The bot says something unasked."""
        return self._call(self._push({"type": "text", "text": text, **fields}, "bot"))

    def wait_for(self, condition: Callable[[], Any], seconds: float = 5) -> None:
        """Until the condition holds; raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.02)

    @property
    def said(self) -> list[str]:
        """What the shopper said, as stored."""
        return [message["text"] for message in self.messages if message["from"] == "shopper"]

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _serve(self) -> None:
        app = web.Application(client_max_size=6 * 1024**2)
        app.add_routes(
            [
                web.get("/ws/chat", self._chat),
                web.post("/api/session", self._session),
                web.get("/api/demo/customers", self._demo_customers),
                web.post("/api/demo/sign-in", self._demo_sign_in),
                web.post("/api/photos", self._take_photo),
                web.get("/api/photos/{photo_id}", self._photo),
                web.post("/api/events", self._take_events),
                web.get("/api/cart", self._get_cart),
                web.post("/api/cart", self._change_cart),
                web.put("/api/cart", self._change_cart),
                web.get("/api/search", self._found),
                web.get("/api/recommend", self._found),
                web.get("/api/products/{sku}", self._product),
                web.get("/media/{sku}.svg", self._picture),
                web.get("/embedding", self._embedding),
                web.get("/", self._page("index.html")),
                web.get("/p/{sku}", self._page("product.html")),
                web.static("/widget", STATIC / "widget"),
                web.static("/shop", STATIC / "shop"),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        port = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, port).start()
        self.url = f"http://127.0.0.1:{port.getsockname()[1]}"

    async def _drop(self) -> None:
        for transport in list(self._transports):
            transport.abort()

    async def _push(self, fields: Json, author: str) -> Json:
        number = len(self.messages) + 1
        now = datetime.now(UTC).isoformat()
        message = {"id": f"01J{number:023}", "from": author, "at": now, "data": {}, "choices": []}
        message.update(fields)
        self.messages.append(message)
        await self._broadcast({"type": "message", "message": message})
        return message

    async def _broadcast(self, frame: Json) -> None:
        for line in list(self._sockets):
            if not line.closed:
                await line.send_json(frame)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        if self.refusing_sockets or not isinstance(request.transport, asyncio.Transport):
            return web.Response(status=503)
        line = web.WebSocketResponse()
        await line.prepare(request)
        self._transports.add(request.transport)
        hello = await line.receive_json()
        if hello["token"] != self.token:
            await line.send_json({"type": "error", "code": "bad_token", "text": "会话已失效"})
            return line
        await line.send_json({"type": "ready", "conversation_id": "c1"})
        for message in self.messages:
            if message["id"] > hello.get("after", ""):
                await line.send_json({"type": "message", "message": message})
        self._sockets.add(line)
        with suppress(ConnectionResetError):
            async for frame in line:
                if frame.type is WSMsgType.TEXT:
                    await self._frame(line, frame.json())
        self._sockets.discard(line)
        return line

    async def _frame(self, line: web.WebSocketResponse, frame: Json) -> None:
        self.received.append(frame)
        if frame["type"] == "ping":
            await line.send_json({"type": "pong"})
        if frame["type"] == "say":
            photos = [{"photo_id": one} for one in frame.get("photos", [])]
            data = {"photos": photos} if photos else {}
            await self._turn(line, frame["client_id"], frame["text"], data)

    async def _turn(
        self, line: web.WebSocketResponse, client_id: str, text: str, data: Json
    ) -> None:
        if self.refusal is not None:
            error = {"type": "error", "code": self.refusal, "text": "没有收下这句话。"}
            await line.send_json({**error, "client_id": client_id})
            return
        known = self._stored.get(client_id)
        stored = known or await self._push({"type": "text", "text": text, "data": data}, "shopper")
        self._stored[client_id] = stored
        if not self.acknowledging:
            return
        await line.send_json({"type": "ack", "client_id": client_id, "message": stored})
        if known:
            return
        await self._broadcast({"type": "typing", "on": True})
        if self.typing_forever:
            return
        await asyncio.sleep(0.05)
        await self._push(self.answer(text), "bot")
        await self._broadcast({"type": "typing", "on": False})

    async def _session(self, request: web.Request) -> web.Response:
        asked = await request.json()
        if asked.get("customer_token", "").startswith("signed:"):
            wanted = asked["customer_token"].removeprefix("signed:")
            self.customer = next(c for c in self.customers if c["customer_id"] == wanted)
        elif "customer_token" in asked:
            return web.json_response({"code": "customer_token_expired"}, status=401)
        elif "Authorization" not in request.headers:
            self.customer = None
        if request.headers.get("Authorization") not in (None, f"Bearer {self.token}"):
            return web.json_response({"code": "bad_token"}, status=401)
        who = {"signed_in": False, "customer_name": None}
        if self.customer is not None:
            who = {"signed_in": True, "customer_name": self.customer["name"]}
        return web.json_response({"token": self.token, "conversation_id": "c1", **who})

    async def _demo_customers(self, request: web.Request) -> web.Response:
        if not self.customers:
            return web.json_response({"code": "not_found"}, status=404)
        return web.json_response({"customers": self.customers})

    async def _demo_sign_in(self, request: web.Request) -> web.Response:
        wanted = (await request.json())["customer_id"]
        return web.json_response({"customer_token": f"signed:{wanted}"})

    async def _take_photo(self, request: web.Request) -> web.Response:
        content = await request.read()
        await asyncio.sleep(self.photo_delay_s)
        if self.photo_refusals:
            return web.json_response(self.photo_refusals.pop(), status=413)
        photo_id = f"01P{len(self.photos) + 1:023}"
        self.photos[photo_id] = content
        return web.json_response({"photo_id": photo_id, "width": 1, "height": 1}, status=201)

    async def _photo(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({"code": "bad_token"}, status=401)
        content = self.photos.get(request.match_info["photo_id"])
        if content is None:
            return web.json_response({"code": "unknown_photo"}, status=404)
        return web.Response(body=content, content_type="image/jpeg")

    async def _take_events(self, request: web.Request) -> web.Response:
        self.events += (await request.json())["events"]
        return web.json_response({})

    def _cart(self) -> web.Response:
        lines: list[Json] = [
            {"item": self._find(sku), "quantity": n} for sku, n in self.cart.items()
        ]
        total = sum(line["item"]["price"] * line["quantity"] for line in lines)
        return web.json_response({"items": lines, "total": total})

    async def _get_cart(self, request: web.Request) -> web.Response:
        return self._cart()

    async def _change_cart(self, request: web.Request) -> web.Response:
        if self.cart_refusal is not None:
            return web.json_response(self.cart_refusal, status=409)
        change = await request.json()
        present = self.cart.get(change["sku"], 0) if request.method == "POST" else 0
        self.cart[change["sku"]] = present + change["quantity"]
        self.cart = {sku: number for sku, number in self.cart.items() if number}
        return self._cart()

    async def _found(self, request: web.Request) -> web.Response:
        items = [card(number) for number in range(1, 9)]
        found = {
            "items": items,
            "constraints": {"category": "手机"},
            "relaxed": [],
            "total": self.meeting,
        }
        return web.json_response(found)

    def _find(self, sku: str) -> Json:
        return card(int(sku.removeprefix("phone-")))

    async def _product(self, request: web.Request) -> web.Response:
        found = self._find(request.match_info["sku"])
        return web.json_response({**found, "description": "单手好握。", "skus": [found]})

    async def _picture(self, request: web.Request) -> web.Response:
        text = pictures.svg("手机", "黑色", request.match_info["sku"])
        return web.Response(text=text, content_type="image/svg+xml")

    async def _embedding(self, request: web.Request) -> web.Response:
        return web.Response(text=EMBEDDING, content_type="text/html")

    def _page(self, name: str) -> Callable[[web.Request], Coroutine[Any, Any, web.FileResponse]]:
        async def page(request: web.Request) -> web.FileResponse:
            return web.FileResponse(
                STATIC / "shop" / name, headers={"Content-Security-Policy": POLICY}
            )

        return page
