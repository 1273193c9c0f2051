"""Who a shopper is: a random session token, and a customer token that the shop's site signs."""

from typing import Any

import jwt
from aiohttp import hdrs, web

from shop.domain import Conversation
from shop.storage import Storage
from web.keys import STORAGE
from web.refusals import BadToken, CustomerTokenExpired, CustomerTokenInvalid

_MAX_TOKEN = 200
_MAX_CUSTOMER_ID = 60


async def authorised(request: web.Request) -> Conversation:
    """The conversation of the Bearer token; raises BadToken, UnknownConversation."""
    token = bearer(request)
    if token is None:
        raise BadToken
    return await conversation_of(request.app[STORAGE], token)


async def conversation_of(storage: Storage, token: object) -> Conversation:
    """Raises BadToken, UnknownConversation."""
    if not isinstance(token, str) or not token.isascii() or len(token) > _MAX_TOKEN:
        raise BadToken
    async with storage.unit() as unit:
        return await unit.conversations.by_token(token)


def bearer(request: web.Request) -> str | None:
    """The token of the Authorization header; raises BadToken for any other scheme."""
    header = request.headers.get(hdrs.AUTHORIZATION)
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise BadToken
    return token.strip()


def customer_of(token: object, key: str | None) -> str:
    """The customer id that the shop vouches for.

    Raises CustomerTokenInvalid (also where no key is set), CustomerTokenExpired.
    """
    if not isinstance(token, str) or key is None:
        raise CustomerTokenInvalid
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
        )
    except jwt.ExpiredSignatureError as error:
        raise CustomerTokenExpired from error
    except jwt.InvalidTokenError as error:
        raise CustomerTokenInvalid from error
    customer_id = str(claims["sub"])
    if not 1 <= len(customer_id) <= _MAX_CUSTOMER_ID or not customer_id.isprintable():
        raise CustomerTokenInvalid
    return customer_id


async def open_session(
    storage: Storage, token: str | None, customer_id: str | None
) -> tuple[Conversation, str]:
    """Resume the token's conversation or start one; raises BadToken, UnknownConversation.

    A guest's conversation becomes the customer's; another customer's is never handed over.
    """
    resumed = None if token is None else await conversation_of(storage, token)
    async with storage.unit() as unit:
        if resumed is None or token is None or _is_someone_else(resumed, customer_id):
            conversation, token = await unit.conversations.start(customer_id)
        elif customer_id is not None and resumed.customer_id is None:
            conversation = await unit.conversations.identify(resumed.conversation_id, customer_id)
        else:
            conversation = resumed
        await unit.commit()
    return conversation, token


def _is_someone_else(conversation: Conversation, customer_id: str | None) -> bool:
    return customer_id is not None and conversation.customer_id not in (None, customer_id)
