"""Signing in as one of the demo shop's invented customers.

Only where the demo shop was seeded, and no site of a real shop signs its customers in.
"""

import time

import jwt
from aiohttp import web

from shop.domain.customer import Customer
from web import fields, wire
from web.keys import CONFIG, STORAGE
from web.refusals import BadField

_TOKEN_S = 300


async def customers(request: web.Request) -> web.Response:
    """`{customers: [{customer_id, name, level}]}`."""
    found = [
        {"customer_id": one.customer_id, "name": one.name, "level": one.level}
        for one in await _invented(request.app)
    ]
    return wire.answer({"customers": found})


async def sign_in(request: web.Request) -> web.Response:
    """`{customer_id}` -> `{customer_token}`, for the next start of a session."""
    wanted = (await fields.json_object(request)).get("customer_id")
    if wanted not in [one.customer_id for one in await _invented(request.app)]:
        raise BadField(field="customer_id")
    claims = {"sub": wanted, "exp": int(time.time()) + _TOKEN_S}
    token = jwt.encode(claims, request.app[CONFIG].demo_key or "", algorithm="HS256")
    return wire.answer({"customer_token": token})


async def _invented(app: web.Application) -> list[Customer]:
    """Raises HTTPNotFound where there is nobody to be."""
    if app[CONFIG].jwt_key is not None or app[CONFIG].demo_key is None:
        raise web.HTTPNotFound
    async with app[STORAGE].unit() as unit:
        found = await unit.customers.demo()
    if not found:
        raise web.HTTPNotFound
    return found
