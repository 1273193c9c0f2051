"""A shop's systems over HTTP: what is repeated, what is given up, and what is never sent."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from shop.domain.command import CancelOrder, CancelReason
from shop.domain.errors import BackendDown, BadBackendAnswer, UnknownCustomer, UnknownOrder
from shop.domain.refusal import UnknownTicket, WindowClosed
from shop.domain.requester import Requester
from shop.domain.ulid import new_ulid
from shop.ports import BackOffice
from shop.remote import remote_back_office
from shop.remote.breaker import Breaker
from shop.remote.client import Patience
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from tests.integration.shop.conftest import FAST, settings
from tests.integration.shop.reference_server import ReferenceServer
from tests.integration.shop.world import OWNER, RULES, Clock

pytestmark = pytest.mark.asyncio

CANCEL = CancelOrder("PAID", CancelReason.OTHER)
WHO = Requester("conversation", OWNER)
Answer = Callable[[web.Request], web.StreamResponse]


class Scripted:
    """Answers in this order, the last one again and again."""

    def __init__(self, *answers: Answer, wait_s: float = 0) -> None:
        self._answers = list(answers)
        self._wait_s = wait_s
        self.asked: list[str] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.raw_path}")
        await asyncio.sleep(self._wait_s)
        answer = self._answers[0] if len(self._answers) == 1 else self._answers.pop(0)
        return answer(request)


def status(code: int, body: object = None) -> Answer:
    return lambda request: web.json_response(body, status=code)


def text(body: str) -> Answer:
    return lambda request: web.Response(text=body)


def cut(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@asynccontextmanager
async def office_of(
    script: Scripted,
    patience: Patience = FAST,
    failures: int = 99,
    seconds: list[float] | None = None,
) -> AsyncIterator[BackOffice]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", script.handle)
    server = TestServer(app)
    await server.start_server()
    clock = (lambda: seconds[0]) if seconds else (lambda: 0.0)
    url = str(server.make_url("/shop/"))
    async with remote_back_office(settings(url, patience, failures), clock) as office:
        yield office
    await server.close()


@pytest.mark.parametrize("first", [status(503), status(502), status(429), status(500), cut])
async def test_what_may_work_in_a_moment_is_tried_again(first: Answer) -> None:
    script = Scripted(first, first, status(200, []))
    async with office_of(script) as office:
        assert list(await office.logistics.parcels("PAID")) == []
    assert script.asked == ["GET /shop/orders/PAID/parcels"] * 3


async def test_three_tries_are_enough() -> None:
    script = Scripted(status(503))
    async with office_of(script) as office:
        with pytest.raises(BackendDown):
            await office.after_sale.apply("OP", WHO, CANCEL)
    assert script.asked == ["PUT /shop/operations/OP"] * 3


async def test_a_system_that_does_not_answer_in_time_is_down() -> None:
    script = Scripted(status(200, []), wait_s=5)
    async with office_of(script, Patience(timeout_s=0.05, tries=2, pause_s=0)) as office:
        with pytest.raises(BackendDown):
            await asyncio.wait_for(office.logistics.parcels("PAID"), 2)
    assert len(script.asked) == 2


async def test_nobody_listens() -> None:
    async with remote_back_office(settings("http://127.0.0.1:9", FAST)) as office:
        with pytest.raises(BackendDown):
            await office.orders.sale("PAID")


async def test_a_refusal_is_told_at_once_and_comes_through_whole() -> None:
    told = {"code": "window_closed", "facts": {"until": "2026-03-01"}}
    script = Scripted(status(409, told))
    async with office_of(script) as office:
        with pytest.raises(WindowClosed) as refused:
            await office.after_sale.apply("OP", WHO, CANCEL)
    assert refused.value.facts == {"until": "2026-03-01"}
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        text("not json"),
        text("[1, 2"),
        status(200, {"order": "?"}),
        status(200, None),
        status(401, {}),
        status(302, {}),
        status(404, {"detail": "no such route"}),
        status(409, {"code": "made_up", "facts": {}}),
        status(409, []),
        text("[" + " " * (4 * 1024 * 1024) + "]"),
    ],
)
async def test_what_the_contract_does_not_know_is_no_answer(answer: Answer) -> None:
    script = Scripted(answer)
    async with office_of(script) as office:
        with pytest.raises(BadBackendAnswer) as refused:
            await office.orders.sale("PAID")
    assert "?" not in str(refused.value)


async def test_ids_stay_in_their_place() -> None:
    script = Scripted(status(404, {"code": "unknown_order", "facts": {}}))
    async with office_of(script) as office:
        for number in ("..", ".", "", "../customers/C1/wallet", "a/b", "x" * 200, "a\nb", "\\"):
            with pytest.raises(UnknownOrder):
                await office.orders.sale(number)
            assert not await office.orders.order_phone_ends(number, "0001")
            with pytest.raises(UnknownTicket):
                await office.after_sale.ticket(number)
        assert script.asked == []
        with pytest.raises(UnknownOrder):
            await office.orders.sale("a?b=c#d%2e e")
        with pytest.raises(UnknownCustomer):
            await office.promotions.wallet("..")
    assert script.asked == ["GET /shop/orders/a%3Fb%3Dc%23d%252e%20e"]


async def test_a_system_that_fails_again_and_again_is_left_alone() -> None:
    script, seconds = Scripted(status(503)), [0.0]
    async with office_of(script, failures=4, seconds=seconds) as office:
        for _ in range(5):
            with pytest.raises(BackendDown):
                await office.logistics.parcels("PAID")
        assert len(script.asked) == 4
        with pytest.raises(BackendDown):
            await office.orders.sale("PAID")
        assert len(script.asked) == 7, "each system has a breaker of its own"
        seconds[0] = 31
        with pytest.raises(BackendDown):
            await office.logistics.parcels("PAID")
        assert len(script.asked) == 8, "one call tries, and finds it down"
        script._answers[:] = [status(200, [])]
        seconds[0] = 62
        for _ in range(3):
            assert list(await office.logistics.parcels("PAID")) == []
    assert len(script.asked) == 11


async def test_a_breaker_counts_failures_in_a_row() -> None:
    seconds = [0.0]
    breaker = Breaker(2, 10, lambda: seconds[0])
    for _ in range(3):
        breaker.failed()
        assert breaker.allows()
        breaker.succeeded()
    breaker.failed()
    breaker.failed()
    assert not breaker.allows()
    seconds[0] = 10
    assert breaker.allows()
    assert not breaker.allows(), "the others wait for the one that tries"
    breaker.succeeded()
    assert breaker.allows()


async def test_an_answer_that_is_lost_is_applied_once(storage: Storage, clock: Clock) -> None:
    """The system does it, the answer is lost on the way, and it is asked again."""
    near = sql_back_office(storage, RULES)
    reference = ReferenceServer(near).application()
    lost = 0

    @web.middleware
    async def losing(request: web.Request, handler: Callable[..., object]) -> web.StreamResponse:
        nonlocal lost
        answer = await handler(request)  # type: ignore[misc]
        if request.method == "PUT" and lost < 2:
            lost += 1
            return cut(request)
        assert isinstance(answer, web.StreamResponse)
        return answer

    reference.middlewares.insert(0, losing)
    server = TestServer(reference)
    await server.start_server()
    async with remote_back_office(settings(str(server.make_url("")))) as office:
        outcome = await office.after_sale.apply(new_ulid(), WHO, CANCEL)
    await server.close()
    assert lost == 2
    async with storage.unit() as unit:
        assert list(await unit.refunds.of_order("PAID")) == [outcome.refund]


async def test_the_token_opens_the_door(storage: Storage) -> None:
    server = TestServer(ReferenceServer(sql_back_office(storage, RULES)).application())
    await server.start_server()
    good = settings(str(server.make_url("")))
    assert "t0ken" not in repr(good)
    async with remote_back_office(good) as office:
        assert (await office.orders.sale("PAID")).order.order_no == "PAID"
    await server.close()
