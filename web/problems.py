"""The one place where errors become answers: problem+json over HTTP, error frames on sockets."""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from recsys.client import BadRequest, RecommenderUnavailable
from shop.domain.errors import (
    BadQuantity,
    OutOfStock,
    TooManyPhotos,
    UnknownConversation,
    UnknownSku,
)
from shop.domain.refusal import UnknownPhoto
from web import wire
from web.hub import Frame
from web.keys import CONFIG
from web.refusals import Refused
from web.wording import Wording

log = logging.getLogger(__name__)

_FOREIGN: dict[type[Exception], tuple[int, str]] = {
    BadQuantity: (400, "bad_quantity"),
    BadRequest: (400, "bad_query"),
    OutOfStock: (409, "out_of_stock"),
    RecommenderUnavailable: (503, "search_unavailable"),
    TooManyPhotos: (409, "too_many_photos"),
    UnknownConversation: (401, "bad_token"),
    UnknownPhoto: (404, "unknown_photo"),
    UnknownSku: (404, "unknown_sku"),
}
_HTTP = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}


@dataclass(frozen=True)
class Problem:
    """A refusal or failure: HTTP status, stable code, what its sentence names."""

    status: int
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def problem_of(error: Exception) -> Problem:
    """Any exception; one that nobody expected is logged and becomes `internal`."""
    if isinstance(error, Refused):
        return Problem(error.status, error.code, error.values)
    if isinstance(error, OutOfStock):
        return Problem(*_FOREIGN[OutOfStock], {"available": error.available})
    if type(error) in _FOREIGN:
        return Problem(*_FOREIGN[type(error)])
    if isinstance(error, web.HTTPException) and error.status < 500:
        return Problem(error.status, _HTTP.get(error.status, "refused"))
    log_failure(error)
    return Problem(500, "internal")


def log_failure(error: Exception) -> None:
    """Where and of what kind. Not the message: a database error quotes what shoppers said."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s\n%s", type(error).__name__, where)


def response_of(problem: Problem, wording: Wording) -> web.Response:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": wording.problem(problem.code, problem.values),
    }
    headers = {"Retry-After": "5"} if problem.status in (429, 503) else None
    return web.json_response(
        body,
        status=problem.status,
        headers=headers,
        content_type="application/problem+json",
        dumps=wire.dumps,
    )


def frame_of(problem: Problem, wording: Wording, client_id: str | None = None) -> Frame:
    text = wording.problem(problem.code, problem.values)
    frame = {"type": "error", "code": problem.code, "text": text}
    return frame if client_id is None else {**frame, "client_id": client_id}


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return response_of(problem_of(error), request.app[CONFIG].wording)
    except Exception as error:
        return response_of(problem_of(error), request.app[CONFIG].wording)
