"""Is it alive, can it work, how does it do."""

import asyncio
from collections.abc import Awaitable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from web import wire
from web.keys import METRICS, RASA, RECOMMENDER, STORAGE

_PATIENCE_S = 2.0


async def alive(request: web.Request) -> web.Response:
    return wire.answer({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """Each part with its status; 503 while any is down."""
    app = request.app
    checks = {
        "database": app[STORAGE].ping(),
        "rasa": app[RASA].ready(),
        "recommender": app[RECOMMENDER].ready(),
    }
    statuses = await asyncio.gather(*(_status(check) for check in checks.values()))
    everything = all(status == "ok" for status in statuses)
    body = {
        "status": "ok" if everything else "degraded",
        "parts": {name: {"status": status} for name, status in zip(checks, statuses, strict=True)},
    }
    return wire.answer(body, status=200 if everything else 503)


async def metrics(request: web.Request) -> web.Response:
    body = generate_latest(request.app[METRICS].registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _status(check: Awaitable[object]) -> str:
    """A part that fails in whatever way is down."""
    try:
        await asyncio.wait_for(check, _PATIENCE_S)
    except Exception:
        return "down"
    return "ok"
