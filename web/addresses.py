"""Who is calling, as far as the network tells, and how often."""

from aiohttp import web
from aiohttp.typedefs import Handler

from web.keys import ADDRESSES, CONFIG

_LIMITED = ("/api/", "/ws/")


@web.middleware
async def address_limits(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.path.startswith(_LIMITED):
        request.app[ADDRESSES].take(address_of(request))
    return await handler(request)


def address_of(request: web.Request) -> str:
    """The caller's address; a trusted proxy is asked for whom it calls."""
    address = request.remote or ""
    if address not in request.app[CONFIG].trusted_proxies:
        return address
    # The last entry is the one that the proxy itself has added.
    return request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
