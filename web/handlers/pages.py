"""The demo shop's pages and the description of the API."""

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from web import openapi

STATIC = Path(__file__).parents[1] / "static"
# Photographs of an imported catalogue lie where its feed says.
_POLICY = (
    "default-src 'self'; img-src 'self' https:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def page(name: str) -> Handler:
    async def show(request: web.Request) -> web.StreamResponse:
        headers = {"Content-Security-Policy": _POLICY}
        return web.FileResponse(STATIC / "shop" / name, headers=headers)

    return show


def description() -> Handler:
    """OpenAPI, read once."""
    document = openapi.document()

    async def show(request: web.Request) -> web.StreamResponse:
        return web.json_response(document)

    return show
