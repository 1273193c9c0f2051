"""Sessions."""

from aiohttp import web

from web import fields, identity, wire
from web.addresses import remember_address
from web.keys import CONFIG, STORAGE


async def start(request: web.Request) -> web.Response:
    """`{customer_token?}` -> `{token, conversation_id}`; resumes with a Bearer token."""
    signed = (await fields.json_object(request)).get("customer_token")
    key = request.app[CONFIG].jwt_key
    customer_id = None if signed is None else identity.customer_of(signed, key)
    conversation, token = await identity.open_session(
        request.app[STORAGE], identity.bearer(request), customer_id
    )
    await remember_address(request, conversation.conversation_id)
    body = {"token": token, "conversation_id": conversation.conversation_id}
    return wire.answer(body)
