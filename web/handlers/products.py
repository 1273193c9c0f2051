"""Search, recommendations, products and their pictures."""

import hashlib
from typing import Literal, TypeGuard

from aiohttp import ETag, web

from web import fields, pictures, text, wire
from web.keys import FINDING, STORAGE
from web.refusals import BadField

Page = Literal["home", "product", "cart"]


async def search(request: web.Request) -> web.Response:
    """`?q=&limit=` -> products."""
    wish = text.clean(request.query.get("q", ""))
    limit = fields.query_limit(request, default=20, most=50)
    found = await request.app[FINDING].search(wish, limit)
    return wire.answer(found.to_json())


async def recommend(request: web.Request) -> web.Response:
    """`?context=&sku=&limit=` -> products; a product page has to say which SKU it shows."""
    page, sku = request.query.get("context", "home"), request.query.get("sku")
    if not _is_page(page):
        raise BadField(field="context")
    if sku is None and page == "product":
        raise BadField(field="sku")
    wanted = None if sku is None else fields.sku(sku)
    limit = fields.query_limit(request, default=12, most=50)
    found = await request.app[FINDING].recommend(page, limit, wanted)
    return wire.answer(found.to_json())


async def detail(request: web.Request) -> web.Response:
    """A card with its description and its family's SKUs."""
    sku = fields.sku(request.match_info["sku"])
    async with request.app[STORAGE].unit() as unit:
        product = await unit.catalog.product(sku)
    return wire.answer(product.to_json())


async def picture(request: web.Request) -> web.Response:
    """A drawing of the SKU, for shops without photographs."""
    sku = fields.sku(request.match_info["sku"])
    async with request.app[STORAGE].unit() as unit:
        card = await unit.catalog.card(sku)
    drawing = pictures.svg(card.category, card.options.get("颜色"), card.product_id)
    tag = hashlib.sha256(drawing.encode()).hexdigest()[:16]
    if ETag(tag) in (request.if_none_match or ()):
        response = web.Response(status=304)
    else:
        response = web.Response(text=drawing, content_type="image/svg+xml")
    response.etag = tag
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _is_page(value: str) -> TypeGuard[Page]:
    return value in ("home", "product", "cart")
