"""Sessions."""

from aiohttp import web

from shop.domain.errors import UnknownCustomer
from shop.storage import Storage
from web import fields, identity, wire
from web.addresses import remember_address
from web.keys import CONFIG, STORAGE


async def start(request: web.Request) -> web.Response:
    """`{customer_token?}` -> `{token, conversation_id, signed_in, customer_name}`.

    Resumes with a Bearer token. The name is null where our database does not know it.
    """
    signed = (await fields.json_object(request)).get("customer_token")
    key = request.app[CONFIG].signing_key
    customer_id = None if signed is None else identity.customer_of(signed, key)
    storage = request.app[STORAGE]
    conversation, token = await identity.open_session(
        storage, identity.bearer(request), customer_id
    )
    await remember_address(request, conversation.conversation_id)
    body = {
        "token": token,
        "conversation_id": conversation.conversation_id,
        "signed_in": conversation.customer_id is not None,
        "customer_name": await _name(storage, conversation.customer_id),
    }
    return wire.answer(body)


async def _name(storage: Storage, customer_id: str | None) -> str | None:
    if customer_id is None:
        return None
    async with storage.unit() as unit:
        try:
            return (await unit.customers.get(customer_id)).name
        except UnknownCustomer:
            return None
