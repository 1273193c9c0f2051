"""Which web pages may speak with the gateway."""

from urllib.parse import urlsplit

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from web.keys import CONFIG
from web.refusals import OriginRefused

_READS = (hdrs.METH_GET, hdrs.METH_HEAD)
_CORS = {
    hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, POST, PUT",
    hdrs.ACCESS_CONTROL_ALLOW_HEADERS: "Authorization, Content-Type",
    hdrs.ACCESS_CONTROL_MAX_AGE: "600",
}


@web.middleware
async def origins(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign pages that want to change something or to open a socket."""
    if _is_preflight(request):
        _check(request)
        return web.Response(status=204, headers=_CORS)
    if request.method not in _READS or _opens_socket(request):
        _check(request)
    return await handler(request)


async def allow_origin(request: web.Request, response: web.StreamResponse) -> None:
    """Let pages of allowed origins read any answer, errors too."""
    response.headers.add(hdrs.VARY, hdrs.ORIGIN)
    origin = request.headers.get(hdrs.ORIGIN)
    if origin in request.app[CONFIG].allowed_origins:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = str(origin)


def _check(request: web.Request) -> None:
    """Without an origin it is no browser; a browser's page cannot leave it out."""
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None or origin in request.app[CONFIG].allowed_origins:
        return
    # The scheme is not compared: a proxy may have taken TLS off.
    if urlsplit(origin).netloc != request.host:
        raise OriginRefused


def _is_preflight(request: web.Request) -> bool:
    asks = hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers
    return request.method == hdrs.METH_OPTIONS and asks


def _opens_socket(request: web.Request) -> bool:
    return request.headers.get(hdrs.UPGRADE, "").lower() == "websocket"
