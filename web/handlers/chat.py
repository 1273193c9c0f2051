"""Chatting without a socket."""

from aiohttp import web

from web import fields, text, wire
from web.identity import authorised
from web.keys import CONVERSATIONS, SPEAKERS, STORAGE


async def say(request: web.Request) -> web.Response:
    """`{text, client_id?, photos?}` -> `{messages}`: one turn."""
    conversation_id = (await authorised(request)).conversation_id
    request.app[SPEAKERS].take(conversation_id)
    body = await fields.json_object(request)
    photos = fields.photo_ids(body.get("photos"))
    said = text.said(body.get("text"), photos)
    key = body.get("client_id")
    client_id = None if key is None else fields.client_id(key)
    answers = await request.app[CONVERSATIONS].say(conversation_id, said, client_id, photos=photos)
    return wire.answer({"messages": [message.to_json() for message in answers]})


async def history(request: web.Request) -> web.Response:
    """`?after=` -> `{messages}`: what was said since, or the latest of all."""
    conversation_id = (await authorised(request)).conversation_id
    after = fields.message_id(request.query.get("after"))
    async with request.app[STORAGE].unit() as unit:
        messages = await unit.conversations.history(conversation_id, after)
    return wire.answer({"messages": [message.to_json() for message in messages]})
