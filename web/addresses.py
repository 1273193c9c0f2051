"""Who is calling, as far as the network tells, and how often."""

from aiohttp import web
from aiohttp.typedefs import Handler

from shop.domain.requester import address_key
from web.keys import ADDRESSES, CONFIG, STORAGE

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


async def remember_address(request: web.Request, conversation_id: str) -> None:
    """Tell the desk where a conversation comes from: tries at other people's orders count by it."""
    key = address_key(address_of(request), request.app[CONFIG].address_secret)
    async with request.app[STORAGE].unit() as unit:
        await unit.verifications.seen_from(conversation_id, key)
        await unit.commit()
