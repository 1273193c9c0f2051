"""The recommender's HTTP application (loopback only)."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from aiohttp import web
from numpy.typing import NDArray
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from recsys.faq.matcher import match
from recsys.faq.model import FaqModel
from recsys.index.document import BadDocument, Document
from recsys.index.updates import apply_update
from recsys.search.engine import SearchEngine
from recsys.search.overview import overview
from recsys.search.request import BadRequest, SearchRequest
from recsys.service.batching import MicroBatcher

log = logging.getLogger(__name__)

Vector = NDArray[np.float32]
RELOAD_SECONDS = 2.0
MAX_EVENTS = 1000


class Metrics:
    """Prometheus series of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram("daogou_search_seconds", "Search latency", registry=self.registry)
        self.events = Counter(
            "daogou_events_total", "Events received", ["kind"], registry=self.registry
        )
        self.products = Gauge(
            "daogou_index_products", "Products in the index", registry=self.registry
        )


ENGINE = web.AppKey("engine", SearchEngine)
FAQ_MODEL = web.AppKey("faq_model", FaqModel)
RELOAD: web.AppKey[Callable[[], bool]] = web.AppKey("reload")
POOL = web.AppKey("pool", ThreadPoolExecutor)
BATCHER = web.AppKey("batcher", MicroBatcher[str, Vector])
METRICS = web.AppKey("metrics", Metrics)
UPDATING = web.AppKey("updating", asyncio.Lock)


def build_service(
    engine: SearchEngine, reload: Callable[[], bool], faq_model: FaqModel, threads: int = 1
) -> web.Application:
    """`reload()` swaps in a newer index version when there is one; it runs in a thread."""
    app = web.Application(middlewares=[_problems], client_max_size=16 * 1024 * 1024)
    app[ENGINE] = engine
    app[FAQ_MODEL] = faq_model
    app[RELOAD] = reload
    app[METRICS] = Metrics()
    app[UPDATING] = asyncio.Lock()
    app[POOL] = ThreadPoolExecutor(threads, thread_name_prefix="search")
    app[BATCHER] = MicroBatcher(engine.vectors.encode, app[POOL])
    app.cleanup_ctx.append(_background)
    app.add_routes(
        [
            web.post("/internal/recommend", recommend),
            web.post("/internal/facets", facets),
            web.post("/internal/understand", understand),
            web.post("/internal/faq", faq),
            web.post("/internal/products", products),
            web.post("/internal/events", events),
            web.get("/healthz", healthz),
            web.get("/readyz", readyz),
            web.get("/metrics", metrics),
        ]
    )
    return app


async def _background(app: web.Application) -> AsyncIterator[None]:
    """Warm the models before the first shopper, then watch for new index versions."""
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(app[POOL], app[ENGINE].search, SearchRequest(text="手机"))
    watcher = asyncio.create_task(_watch(app))
    yield
    watcher.cancel()
    app[POOL].shutdown(wait=False, cancel_futures=True)


async def _watch(app: web.Application) -> None:
    loop = asyncio.get_running_loop()
    while True:
        app[METRICS].products.set(len(app[ENGINE].index.documents))
        await asyncio.sleep(RELOAD_SECONDS)
        async with app[UPDATING]:
            try:
                await loop.run_in_executor(None, app[RELOAD])
            except Exception:
                log.exception("the new index version could not be loaded; the old one stays")


def problem(status: int, code: str, detail: str) -> web.Response:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail}
    return web.json_response(body, status=status, content_type="application/problem+json")


@web.middleware
async def _problems(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    try:
        return await handler(request)
    except (BadRequest, BadDocument) as error:
        return problem(400, "bad_request", str(error))
    except web.HTTPException as error:
        return problem(error.status, error.reason.lower().replace(" ", "_"), error.reason)
    except Exception:
        log.exception("request failed: %s", request.path)
        return problem(500, "internal", "internal error")


async def _body(request: web.Request) -> Mapping[str, Any]:
    try:
        data = json.loads(await request.text())
    except (ValueError, UnicodeDecodeError):
        raise BadRequest("body: not JSON") from None
    if not isinstance(data, dict):
        raise BadRequest("body: an object is wanted")
    return data


async def recommend(request: web.Request) -> web.Response:
    app, started = request.app, time.perf_counter()
    wanted = SearchRequest.from_json(await _body(request))
    loop, engine = asyncio.get_running_loop(), app[ENGINE]
    keywords = (await loop.run_in_executor(app[POOL], engine.understand, wanted)).keywords
    if keywords and keywords not in engine.vectors:
        engine.vectors.remember(keywords, await app[BATCHER](keywords))
    result = await loop.run_in_executor(app[POOL], engine.search, wanted)
    app[METRICS].seconds.observe(time.perf_counter() - started)
    return web.json_response(result.to_json())


async def facets(request: web.Request) -> web.Response:
    """What there is for some constraints, what to ask next and what stands in the way."""
    data = await _body(request)
    wanted = SearchRequest.from_json(
        {"constraints": data.get("constraints") or {}, "exclude": data.get("products") or []}
    )
    loop, engine = asyncio.get_running_loop(), request.app[ENGINE]
    found = await loop.run_in_executor(request.app[POOL], overview, engine, wanted)
    return web.json_response(found.to_json())


async def understand(request: web.Request) -> web.Response:
    data = await _body(request)
    wanted, category = SearchRequest.from_json({"text": data.get("text")}), data.get("category")
    if category is not None and not isinstance(category, str):
        raise BadRequest("category: a text is wanted")
    loop, parser = asyncio.get_running_loop(), request.app[ENGINE].index.parser
    query = await loop.run_in_executor(request.app[POOL], parser.parse, wanted.text, category)
    return web.json_response(query.to_json())


async def faq(request: web.Request) -> web.Response:
    """Which of the shop's terms a sentence asks about."""
    app, text = request.app, SearchRequest.from_json(await _body(request)).text
    if not text.strip():
        raise BadRequest("text: a sentence is wanted")
    model, collection = app[FAQ_MODEL], app[ENGINE].index.faq
    vector = await app[BATCHER](collection.concepts.plain(text))
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(app[POOL], match, model, collection, text, vector)
    return web.json_response(found.to_json())


def _update(engine: SearchEngine, upsert: Sequence[Document], delete: Sequence[str]) -> int:
    engine.index = apply_update(engine.index, engine.encoder, upsert, delete)
    return len(engine.index.documents)


async def products(request: web.Request) -> web.Response:
    """Live updates: the new index is built beside the old one and swapped in at once."""
    data = await _body(request)
    upsert, delete = data.get("upsert", []), data.get("delete", [])
    if not isinstance(upsert, list) or not isinstance(delete, list):
        raise BadRequest("upsert, delete: lists are wanted")
    documents = [Document.from_json(d) for d in upsert]
    async with request.app[UPDATING]:
        loop = asyncio.get_running_loop()
        count = await loop.run_in_executor(
            None, _update, request.app[ENGINE], documents, [str(d) for d in delete]
        )
    return web.json_response({"products": count})


async def events(request: web.Request) -> web.Response:
    """Behaviour counts by kind; the shop's database keeps the events themselves."""
    rows = (await _body(request)).get("events")
    if (
        not isinstance(rows, list)
        or len(rows) > MAX_EVENTS
        or not all(isinstance(r, dict) for r in rows)
    ):
        raise BadRequest(f"events: a list of at most {MAX_EVENTS} objects is wanted")
    for row in rows:
        kind = row.get("kind")
        if kind not in ("impression", "click", "cart", "purchase", "rating"):
            raise BadRequest("events: unknown kind")
        request.app[METRICS].events.labels(kind).inc()
    return web.json_response({"accepted": len(rows)})


async def healthz(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def readyz(request: web.Request) -> web.Response:
    index = request.app[ENGINE].index
    return web.json_response(
        {"status": "ready", "version": index.version, "products": len(index.documents)}
    )


async def metrics(request: web.Request) -> web.Response:
    return web.Response(
        body=generate_latest(request.app[METRICS].registry), content_type="text/plain"
    )
