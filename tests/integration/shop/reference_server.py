"""The REST contract, served from any back office: what a shop's own system has to do."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from shop.domain import saying_no
from shop.domain.command import all_commands
from shop.domain.errors import BackendDown
from shop.domain.operation import Operation
from shop.domain.order import OrderStatus
from shop.domain.requester import Requester
from shop.ports import BackOffice
from shop.wire import dump, load

TOKEN = "t0ken"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.headers.get("Authorization") != f"Bearer {TOKEN}":
        return web.json_response({}, status=401)
    try:
        return await handler(request)
    except saying_no.FINAL as no:
        told = saying_no.dump(no)
        unknown = told["code"].startswith("unknown")
        return web.json_response(told, status=404 if unknown else 409)
    except BackendDown:
        return web.json_response({}, status=503)


class ReferenceServer:
    """One server for all four systems; `calls` are the requests that came."""

    def __init__(self, office: BackOffice) -> None:
        self._office = office
        self.calls: list[str] = []

    def application(self) -> web.Application:
        app = web.Application(middlewares=[refusals])
        app.add_routes(
            [
                web.get("/orders/{id}", self._sale),
                web.get("/orders/{id}/parcels", self._parcels),
                web.get("/orders/{id}/history", self._history),
                web.post("/orders/{id}/phone-check", self._order_phone),
                web.get("/customers/{id}/orders", self._orders),
                web.post("/customers/{id}/phone-check", self._customer_phone),
                web.get("/customers/{id}/wallet", self._wallet),
                web.get("/customers/{id}/membership", self._membership),
                web.get("/tickets", self._tickets),
                web.get("/tickets/{id}", self._ticket),
                web.put("/operations/{id}", self._apply),
                web.put("/erasures/{id}", self._erase),
                web.put("/claims/{id}", self._claim),
            ]
        )
        return app

    def _id(self, request: web.Request) -> str:
        self.calls.append(f"{request.method} {request.path}")
        return request.match_info["id"]

    async def _sale(self, request: web.Request) -> web.Response:
        return _json(await self._office.orders.sale(self._id(request)))

    async def _parcels(self, request: web.Request) -> web.Response:
        found = await self._office.logistics.parcels(self._id(request))
        return web.json_response([dump(parcel) for parcel in found])

    async def _history(self, request: web.Request) -> web.Response:
        return _json(await self._office.after_sale.history(self._id(request)))

    async def _order_phone(self, request: web.Request) -> web.Response:
        tail = (await request.json())["tail"]
        ends = await self._office.orders.order_phone_ends(self._id(request), tail)
        return web.json_response({"ends": ends})

    async def _customer_phone(self, request: web.Request) -> web.Response:
        tail = (await request.json())["tail"]
        ends = await self._office.orders.customer_phone_ends(self._id(request), tail)
        return web.json_response({"ends": ends})

    async def _orders(self, request: web.Request) -> web.Response:
        status, limit = request.query.get("status"), int(request.query["limit"])
        wanted = OrderStatus(status) if status else None
        found = await self._office.orders.of_customer(self._id(request), wanted, limit)
        return web.json_response([dump(order) for order in found])

    async def _wallet(self, request: web.Request) -> web.Response:
        return _json(await self._office.promotions.wallet(self._id(request)))

    async def _membership(self, request: web.Request) -> web.Response:
        return _json(await self._office.promotions.membership(self._id(request)))

    async def _tickets(self, request: web.Request) -> web.Response:
        query = request.query
        found = await self._office.after_sale.tickets(
            query.get("customer_id"), query["conversation_id"], int(query["limit"])
        )
        return web.json_response([dump(ticket) for ticket in found])

    async def _ticket(self, request: web.Request) -> web.Response:
        return _json(await self._office.after_sale.ticket(self._id(request)))

    async def _apply(self, request: web.Request) -> web.Response:
        body = await request.json()
        command = load(all_commands()[Operation(body["operation"])], body["command"])
        return _json(
            await self._office.after_sale.apply(
                self._id(request), _requester(body), command, body["expected"]
            )
        )

    async def _erase(self, request: web.Request) -> web.Response:
        body = await request.json()
        await self._office.after_sale.erase(self._id(request), _requester(body))
        return web.json_response({})

    async def _claim(self, request: web.Request) -> web.Response:
        body = await request.json()
        return _json(
            await self._office.promotions.claim(
                self._id(request), _requester(body), body["coupon_id"]
            )
        )


def _requester(body: Any) -> Requester:
    return load(Requester, body["requester"])


def _json(value: object) -> web.Response:
    return web.json_response(dump(value))
