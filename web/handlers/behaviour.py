"""What shoppers do, and what that says about them."""

import re
from datetime import datetime
from typing import Any

from aiohttp import web

from shop.domain import Event, EventKind
from shop.domain.errors import UnknownSku
from web import fields, wire
from web.identity import authorised
from web.keys import STORAGE
from web.refusals import BadField

MAX_EVENTS = 100
_MAX_DETAILS, _MAX_WORDS = 10, 200
_KINDS = [kind.value for kind in EventKind]
_EVENT_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


async def record(request: web.Request) -> web.Response:
    """`{events: [{id, kind, sku, …}]}` -> `{accepted}`; an id counts once. All or none."""
    conversation_id = (await authorised(request)).conversation_id
    raw = (await fields.json_object(request)).get("events")
    if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_EVENTS:
        raise BadField(field="events")
    async with request.app[STORAGE].unit() as unit:
        events = [_event(item, conversation_id, unit.now()) for item in raw]
        skus = {event.sku for event in events}
        if len(await unit.catalog.cards(list(skus))) < len(skus):
            raise UnknownSku
        accepted = await unit.events.record(events)
        await unit.commit()
    return wire.answer({"accepted": accepted})


async def profile(request: web.Request) -> web.Response:
    """`{customer_id, interests}`: what this shopper turns to most, strongest first."""
    conversation = await authorised(request)
    async with request.app[STORAGE].unit() as unit:
        interests = await unit.events.interests(conversation.conversation_id)
    tags = [vars(interest) for interest in interests]
    return wire.answer({"customer_id": conversation.customer_id, "interests": tags})


def _event(raw: object, conversation_id: str, at: datetime) -> Event:
    if not isinstance(raw, dict):
        raise BadField(field="events")
    event_id, kind = raw.get("id"), raw.get("kind")
    if not isinstance(event_id, str) or not _EVENT_ID.fullmatch(event_id):
        raise BadField(field="id")
    if kind not in _KINDS:
        raise BadField(field="kind")
    sku, details = fields.sku(raw.get("sku")), _details(raw)
    return Event(event_id, conversation_id, EventKind(kind), sku, at, details)


def _details(raw: dict[str, Any]) -> dict[str, Any]:
    """Whatever else the event says, in small plain values."""
    details = {name: value for name, value in raw.items() if name not in ("id", "kind", "sku")}
    plain = all(_is_plain(name) and _is_plain(value) for name, value in details.items())
    if len(details) > _MAX_DETAILS or not plain:
        raise BadField(field="events")
    return details


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _MAX_WORDS and value.isprintable()
    return value is None or isinstance(value, bool | float | int)
