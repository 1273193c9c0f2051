"""Chatting over a WebSocket: hello, replay, then sentences and messages as they come."""

import asyncio

from aiohttp import WSCloseCode, WSMsgType, web

from shop.domain import Message
from shop.domain.refusal import UnknownPhoto
from web import fields, text, wire
from web.addresses import address_of, remember_address
from web.hub import Frame, Subscription
from web.identity import conversation_of
from web.keys import (
    ADDRESSES,
    CONFIG,
    CONVERSATIONS,
    HUB,
    METRICS,
    RUNNING,
    SOCKETS,
    SPEAKERS,
    STORAGE,
)
from web.problems import Problem, frame_of, log_failure, problem_of
from web.refusals import BadFrame, BadJson, HelloExpected, Refused

_HEARTBEAT_S = 25.0
# How long a client may take to say goodbye too.
_FAREWELL_S = 2.0
_PAGE = 200


async def chat(request: web.Request) -> web.WebSocketResponse:
    app = request.app
    most = app[CONFIG].max_body_bytes
    socket = web.WebSocketResponse(timeout=_FAREWELL_S, heartbeat=_HEARTBEAT_S, max_msg_size=most)
    await socket.prepare(request)
    app[SOCKETS].add(socket)
    app[METRICS].sockets.inc()
    try:
        await _serve(request, socket)
    except ConnectionError:
        pass  # gone; what was said and answered is stored
    except Exception as error:  # an HTTP answer on an open socket would be noise to its client
        log_failure(error)
        await socket.close(code=WSCloseCode.INTERNAL_ERROR)
    finally:
        app[METRICS].sockets.dec()
        app[SOCKETS].discard(socket)
    return socket


async def close_all(app: web.Application) -> None:
    """Clients reconnect elsewhere; the turns they began go on."""
    sockets = app[SOCKETS]
    await asyncio.gather(*(socket.close(code=WSCloseCode.GOING_AWAY) for socket in sockets))


async def _serve(request: web.Request, socket: web.WebSocketResponse) -> None:
    try:
        conversation_id, after = await _hello(request, socket)
    except Exception as error:
        await _send(socket, frame_of(problem_of(error), request.app[CONFIG].wording))
        await socket.close(code=WSCloseCode.POLICY_VIOLATION)
        return
    # Listening comes before reading the past: nothing falls between them.
    with request.app[HUB].subscribe(conversation_id) as subscription:
        await _send(socket, {"type": "ready", "conversation_id": conversation_id})
        newest = await _replay(request.app, socket, conversation_id, after)
        writer = asyncio.create_task(_write(socket, subscription, newest))
        try:
            await _Listener(request, conversation_id, subscription).listen(socket)
        finally:
            writer.cancel()


async def _send(socket: web.WebSocketResponse, frame: Frame) -> None:
    await socket.send_str(wire.dumps(frame))


async def _hello(request: web.Request, socket: web.WebSocketResponse) -> tuple[str, str | None]:
    """Whose conversation, and the last message that the client has."""
    try:
        first = await socket.receive(timeout=request.app[CONFIG].hello_timeout_s)
    except TimeoutError as error:
        raise HelloExpected from error
    if first.type is not WSMsgType.TEXT:
        raise HelloExpected
    frame = fields.parse_object(first.data)
    if frame.get("type") != "hello":
        raise HelloExpected
    conversation = await conversation_of(request.app[STORAGE], frame.get("token"))
    after = fields.message_id(frame.get("after"))
    await remember_address(request, conversation.conversation_id)
    return conversation.conversation_id, after


async def _replay(
    app: web.Application, socket: web.WebSocketResponse, conversation_id: str, after: str | None
) -> str:
    """Send what the client has missed; returns the id of the newest message that it has."""
    newest = after
    while True:
        async with app[STORAGE].unit() as unit:
            page = await unit.conversations.history(conversation_id, newest, _PAGE)
        for message in page:
            await _send(socket, {"type": "message", "message": message.to_json()})
            newest = message.id
        if after is None or len(page) < _PAGE:
            return newest or ""


async def _write(socket: web.WebSocketResponse, subscription: Subscription, newest: str) -> None:
    """Send frames until the subscription ends, without messages that the replay has sent."""
    try:
        async for frame in subscription.frames():
            if frame["type"] != "message" or frame["message"]["id"] > newest:
                await _send(socket, frame)
    except ConnectionError:
        return
    await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)


class _Listener:
    """What one socket says."""

    def __init__(
        self, request: web.Request, conversation_id: str, subscription: Subscription
    ) -> None:
        self._app = request.app
        self._address = address_of(request)
        self._conversation_id = conversation_id
        self._subscription = subscription

    async def listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._hear(message.data)
            elif message.type is WSMsgType.BINARY:
                self._refuse(BadFrame())

    def _hear(self, raw: str) -> None:
        frame: Frame = {}
        try:
            self._app[ADDRESSES].take(self._address)
            frame = fields.parse_object(raw)
            self._take(frame)
        except BadJson:
            self._refuse(BadFrame())
        except (Refused, UnknownPhoto) as error:
            self._refuse(error, frame.get("client_id"))

    def _take(self, frame: Frame) -> None:
        match frame.get("type"):
            case "say":
                self._say(frame)
            case "ping":
                self._subscription.put({"type": "pong"})
            case "pong":
                pass
            case _:
                raise BadFrame

    def _say(self, frame: Frame) -> None:
        client_id = fields.client_id(frame.get("client_id"))
        self._app[SPEAKERS].take(self._conversation_id)
        photos = fields.photo_ids(frame.get("photos"))
        said = text.said(frame.get("text"), photos)
        # Tasks start in the order in which they are made, so turns queue in the order of frames.
        task = asyncio.create_task(self._turn(said, client_id, photos))
        self._app[RUNNING].add(task)
        task.add_done_callback(self._app[RUNNING].discard)

    async def _turn(self, said: str, client_id: str, photos: tuple[str, ...]) -> None:
        async def acknowledge(message: Message) -> None:
            frame = {"type": "ack", "client_id": client_id, "message": message.to_json()}
            self._subscription.put(frame)

        conversations = self._app[CONVERSATIONS]
        try:
            await conversations.say(self._conversation_id, said, client_id, acknowledge, photos)
        except UnknownPhoto as error:
            self._refuse(error, client_id)
        except Exception as error:
            log_failure(error)
            wording = self._app[CONFIG].wording
            self._subscription.put(frame_of(Problem(503, "unavailable"), wording, client_id))

    def _refuse(self, error: Exception, client_id: object = None) -> None:
        known = client_id if fields.is_client_id(client_id) else None
        frame = frame_of(problem_of(error), self._app[CONFIG].wording, known)
        self._subscription.put(frame)
