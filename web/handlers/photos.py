"""Photos of the conversation."""

from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, hdrs, web

from web import fields, wire
from web.identity import authorised
from web.imaging import MAX_BYTES, MEDIA_TYPE
from web.keys import PHOTOS, SPEAKERS
from web.refusals import PhotoTooLarge, PhotoUnreadable

_PIECE = 64 * 1024
_HEADERS = {
    hdrs.CONTENT_DISPOSITION: "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}


async def add(request: web.Request) -> web.Response:
    """A picture, raw or as the first file of a form -> `{photo_id, width, height}`."""
    conversation_id = (await authorised(request)).conversation_id
    request.app[SPEAKERS].take(conversation_id)
    raw = await _picture(request)
    photo, picture = await request.app[PHOTOS].add(conversation_id, raw)
    body = {"photo_id": photo.photo_id, "width": picture.width, "height": picture.height}
    return wire.answer(body, status=201)


async def show(request: web.Request) -> web.Response:
    """The picture, to its own conversation."""
    conversation_id = (await authorised(request)).conversation_id
    photo_id = fields.photo_id(request.match_info["photo_id"])
    content = await request.app[PHOTOS].content(conversation_id, photo_id)
    return web.Response(body=content, content_type=MEDIA_TYPE, headers=_HEADERS)


async def _picture(request: web.Request) -> bytes:
    """Raises PhotoTooLarge, PhotoUnreadable."""
    if request.content_type != "multipart/form-data":
        return await _read(request.content.iter_chunked(_PIECE))
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename is not None:
                return await _read(_pieces(part))
    except ValueError as error:  # no form, whatever its header says
        raise PhotoUnreadable from error
    raise PhotoUnreadable


async def _pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
    while piece := await part.read_chunk(_PIECE):
        yield piece


async def _read(pieces: AsyncIterator[bytes]) -> bytes:
    """Read no further than may be kept."""
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) > MAX_BYTES:
            raise PhotoTooLarge
    return bytes(content)
