"""The access log: what was asked and how it went, never what was said or by whom."""

import logging
import re
import secrets
import time

from aiohttp import web
from aiohttp.typedefs import Handler

from web.keys import METRICS, REQUEST_ID

log = logging.getLogger("daogou.access")

_HEADER = "X-Request-ID"
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@web.middleware
async def access_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    request[REQUEST_ID] = _request_id(request)
    started = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        _record(request, status, time.perf_counter() - started)


async def name_request(request: web.Request, response: web.StreamResponse) -> None:
    if REQUEST_ID in request:
        response.headers[_HEADER] = request[REQUEST_ID]


def _request_id(request: web.Request) -> str:
    """A proxy's own id, if it looks like one."""
    given = request.headers.get(_HEADER, "")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _record(request: web.Request, status: int, seconds: float) -> None:
    route = _route(request)
    log.info(
        "%s %s %s %d %.1f ms", request[REQUEST_ID], request.method, route, status, seconds * 1000
    )
    if status != 101:  # the life of a socket is no latency
        request.app[METRICS].requests.labels(route, request.method, str(status)).observe(seconds)


def _route(request: web.Request) -> str:
    """`/p/{sku}`, not `/p/phone-1`: few names, and nobody's."""
    resource = request.match_info.route.resource
    return "unmatched" if resource is None else resource.canonical
