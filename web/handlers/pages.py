"""The demo shop's pages, the widget's files and the description of the API."""

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from web import openapi, wire

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


def files(folder: str) -> Handler:
    """The files right in a folder of `static`, by name."""
    home = STATIC / folder

    async def send(request: web.Request) -> web.StreamResponse:
        # Found in the folder, never put together from the request: no path leads out.
        present = {file.name: file for file in home.iterdir() if file.is_file()}
        path = present.get(request.match_info["file"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path)

    return send


def description() -> Handler:
    """OpenAPI, read once."""
    document = openapi.document()

    async def show(request: web.Request) -> web.StreamResponse:
        return wire.answer(document)

    return show
