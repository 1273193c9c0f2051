"""The cart."""

from aiohttp import web

from web import fields, wire
from web.identity import authorised
from web.keys import STORAGE


async def show(request: web.Request) -> web.Response:
    """`{items, total}`."""
    conversation_id = (await authorised(request)).conversation_id
    async with request.app[STORAGE].unit() as unit:
        cart = await unit.carts.get(conversation_id)
    return wire.answer(cart.to_json())


async def add(request: web.Request) -> web.Response:
    """`{sku, quantity?}`: so many more of a SKU."""
    conversation_id, sku, quantity = await _line(request)
    async with request.app[STORAGE].unit() as unit:
        await unit.carts.add(conversation_id, sku, quantity)
        cart = await unit.carts.get(conversation_id)
        await unit.commit()
    return wire.answer(cart.to_json())


async def put(request: web.Request) -> web.Response:
    """`{sku, quantity?}`: exactly so many of a SKU, 0 for none."""
    conversation_id, sku, quantity = await _line(request)
    async with request.app[STORAGE].unit() as unit:
        await unit.carts.set(conversation_id, sku, quantity)
        cart = await unit.carts.get(conversation_id)
        await unit.commit()
    return wire.answer(cart.to_json())


async def _line(request: web.Request) -> tuple[str, str, int]:
    conversation_id = (await authorised(request)).conversation_id
    body = await fields.json_object(request)
    quantity = fields.whole_number(body.get("quantity", 1), "quantity")
    return conversation_id, fields.sku(body.get("sku")), quantity
