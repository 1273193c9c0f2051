"""The gateway's application: its parts, its routes and what happens around every request."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from aiohttp import web

from recsys.client import RecommenderClient
from shop.desk import Desk
from shop.storage import Storage
from shop.storage.photo_folder import PhotoFolder
from shop.storage.trackers import Trackers
from web import keys
from web.access import access_log, discreet_server_log, name_request
from web.addresses import address_limits
from web.config import GatewayConfig
from web.conversation import Conversations
from web.deliveries import Deliveries
from web.finding import Finding
from web.forgetting import Forgetting
from web.handlers import (
    behaviour,
    cart,
    chat,
    demo,
    health,
    pages,
    photos,
    products,
    session,
    socket,
)
from web.headers import secure
from web.hub import LocalHub
from web.limits import Limiter
from web.metrics import Metrics
from web.notices import Notices
from web.origins import allow_origin, origins
from web.photos import Photos
from web.problems import problems
from web.rasa import RasaClient
from web.watching import watching

_LAST_TURNS_S = 4.0

OpenDesk = Callable[[], AbstractAsyncContextManager[Desk]]


def build_app(
    storage: Storage,
    rasa: RasaClient,
    recommender: RecommenderClient,
    trackers: Trackers,
    open_desk: OpenDesk,
    config: GatewayConfig,
) -> web.Application:
    """The application owns its parts: it opens the clients and the desk, and closes all five."""
    app = web.Application(
        middlewares=[access_log, problems, origins, address_limits],
        client_max_size=config.max_body_bytes,
    )
    app[keys.STORAGE], app[keys.RASA], app[keys.RECOMMENDER] = storage, rasa, recommender
    app[keys.TRACKERS] = trackers
    _assemble(app, config)
    app.cleanup_ctx.extend(
        [discreet_server_log, _parts, _desk(open_desk), _running_turns, _watching]
    )
    app.on_shutdown.append(socket.close_all)
    app.on_response_prepare.extend([name_request, secure, allow_origin])
    _route(app)
    return app


def _assemble(app: web.Application, config: GatewayConfig) -> None:
    storage, hub, metrics = app[keys.STORAGE], LocalHub(), Metrics()
    app[keys.CONFIG], app[keys.HUB], app[keys.METRICS] = config, hub, metrics
    app[keys.FORGETTING] = Forgetting(storage, app[keys.TRACKERS])
    app[keys.CONVERSATIONS] = Conversations(
        storage, app[keys.RASA], hub, config.wording, metrics, app[keys.FORGETTING]
    )
    app[keys.NOTICES] = Notices(storage, hub, config.wording, metrics)
    app[keys.PHOTOS] = Photos(storage, PhotoFolder(config.photos))
    app[keys.FINDING] = Finding(storage, app[keys.RECOMMENDER])
    app[keys.ADDRESSES] = Limiter(config.address_rate)
    app[keys.SPEAKERS] = Limiter(config.conversation_rate)
    app[keys.SOCKETS] = set()
    app[keys.RUNNING] = set()


async def _parts(app: web.Application) -> AsyncIterator[None]:
    async with app[keys.RASA], app[keys.RECOMMENDER]:
        yield
    await app[keys.TRACKERS].aclose()
    await app[keys.STORAGE].close()


def _desk(open_desk: OpenDesk) -> Callable[[web.Application], AsyncIterator[None]]:
    async def desk(app: web.Application) -> AsyncIterator[None]:
        async with open_desk() as app[keys.DESK]:
            app[keys.DELIVERIES] = Deliveries(
                app[keys.DESK],
                app[keys.STORAGE],
                app[keys.HUB],
                app[keys.CONFIG].wording,
                app[keys.METRICS],
            )
            yield

    return desk


async def _watching(app: web.Application) -> AsyncIterator[None]:
    """What comes back into stock, what is delivered late, and what has to be forgotten."""
    config = app[keys.CONFIG]
    looks = (
        ("notices", app[keys.NOTICES].deliver, config.notice_interval_s),
        ("deliveries", app[keys.DELIVERIES].deliver, config.delivery_interval_s),
        ("forgetting", app[keys.FORGETTING].finish, config.delivery_interval_s),
        ("tidying", app[keys.DESK].tidy, config.tidy_interval_s),
        ("sweeping", app[keys.PHOTOS].sweep, config.tidy_interval_s),
    )
    async with watching(looks):
        yield


async def _running_turns(app: web.Application) -> AsyncIterator[None]:
    """Who spoke last before a shutdown still gets the answer stored."""
    yield
    running = app[keys.RUNNING]
    if running:
        await asyncio.wait(running, timeout=_LAST_TURNS_S)


def _route(app: web.Application) -> None:
    app.add_routes(
        [
            web.post("/api/session", session.start),
            web.get("/api/demo/customers", demo.customers),
            web.post("/api/demo/sign-in", demo.sign_in),
            web.post("/api/chat", chat.say),
            web.get("/api/messages", chat.history),
            web.get("/ws/chat", socket.chat),
            web.get("/api/search", products.search),
            web.get("/api/recommend", products.recommend),
            web.get("/api/products/{sku}", products.detail),
            web.post("/api/photos", photos.add),
            web.get("/api/photos/{photo_id}", photos.show),
            web.get("/api/cart", cart.show),
            web.post("/api/cart", cart.add),
            web.put("/api/cart", cart.put),
            web.post("/api/events", behaviour.record),
            web.get("/api/profile", behaviour.profile),
            web.get("/api/openapi.json", pages.description()),
            web.get("/healthz", health.alive),
            web.get("/readyz", health.ready),
            web.get("/metrics", health.metrics),
            web.get("/media/{sku}.svg", products.picture),
            web.get("/", pages.page("index.html")),
            web.get("/p/{sku}", pages.page("product.html")),
            web.get("/widget/{file}", pages.files("widget")),
            web.get("/shop/{file}", pages.files("shop")),
        ]
    )
