"""Reading bodies and queries: every value is checked before anything is done with it."""

import json
import re
from typing import Any, TypeGuard

from aiohttp import web

from shop.domain.errors import UnknownSku
from shop.domain.photo import MOST_PHOTOS
from shop.domain.refusal import UnknownPhoto
from web.refusals import BadAfter, BadClientId, BadField, BadJson

Json = dict[str, Any]
_CLIENT_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_MAX_SKU = 140


async def json_object(request: web.Request) -> Json:
    """The body, {} where there is none; raises BadJson."""
    raw = await request.read()
    return parse_object(raw) if raw else {}


def parse_object(raw: str | bytes) -> Json:
    """Raises BadJson."""
    try:
        value = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadJson from error
    if not isinstance(value, dict):
        raise BadJson
    return value


def _no_number(name: str) -> float:
    """NaN and Infinity are no JSON, whatever Python reads."""
    raise ValueError(name)


def is_client_id(raw: object) -> TypeGuard[str]:
    return isinstance(raw, str) and _CLIENT_ID.fullmatch(raw) is not None


def client_id(raw: object) -> str:
    """Raises BadClientId."""
    if not is_client_id(raw):
        raise BadClientId
    return raw


def message_id(raw: object) -> str | None:
    """The last message that the client has; none for nothing. Raises BadAfter."""
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or not _ULID.fullmatch(raw):
        raise BadAfter
    return raw


def photo_id(raw: object) -> str:
    """Raises UnknownPhoto for what cannot be the id of one."""
    if not isinstance(raw, str) or not _ULID.fullmatch(raw):
        raise UnknownPhoto
    return raw


def photo_ids(raw: object) -> tuple[str, ...]:
    """Of one message, each once; none for nothing. Raises BadField, UnknownPhoto."""
    if raw is None:
        return ()
    if not isinstance(raw, list) or len(raw) > MOST_PHOTOS:
        raise BadField(field="photos")
    return tuple(dict.fromkeys(map(photo_id, raw)))


def sku(raw: object) -> str:
    """Raises BadField, UnknownSku for what cannot be the id of a SKU."""
    if not isinstance(raw, str):
        raise BadField(field="sku")
    if not raw.isprintable() or not 1 <= len(raw) <= _MAX_SKU:
        raise UnknownSku
    return raw


def whole_number(raw: object, field: str) -> int:
    """Raises BadField."""
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise BadField(field=field)
    return raw


def query_limit(request: web.Request, default: int, most: int) -> int:
    """`?limit=` from 1 to `most`; raises BadField."""
    raw = request.query.get("limit", str(default))
    if not re.fullmatch(r"[0-9]{1,3}", raw) or not 1 <= int(raw) <= most:
        raise BadField(field="limit")
    return int(raw)
