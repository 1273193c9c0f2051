"""The access log: what was asked and how it went, never what was said or by whom."""

import logging
import re
import secrets
import time
from collections.abc import AsyncIterator

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

from web.keys import METRICS, REQUEST_ID

log = logging.getLogger("daogou.access")
_server_log = logging.getLogger("aiohttp.server")

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


class _Unquoted(logging.Filter):
    """Bytes that are no HTTP reach no handler of ours, and may hold what somebody searched for."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.msg, record.args = "unreadable request: %s", (type(error).__name__,)
            record.exc_info = None
        return True


async def discreet_server_log(app: web.Application) -> AsyncIterator[None]:
    """As long as the application runs, aiohttp quotes no request that it could not read."""
    unquoted = _Unquoted()
    _server_log.addFilter(unquoted)
    yield
    _server_log.removeFilter(unquoted)


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
