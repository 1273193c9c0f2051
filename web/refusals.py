"""What the gateway does not take. Codes are stable; their sentences are in gateway.json."""

from typing import Any, ClassVar


class Refused(Exception):
    """Base of every refusal; `values` fill the placeholders of its sentence."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"

    def __init__(self, **values: Any) -> None:
        super().__init__(self.code)
        self.values = values


class BadJson(Refused):
    """A body that is not one JSON object."""

    code = "bad_json"


class BadField(Refused):
    """A missing or unusable `field` of the body or the query."""

    code = "bad_field"


class BadFrame(Refused):
    """A WebSocket frame outside the contract."""

    code = "bad_frame"


class BadAfter(Refused):
    """`after` that is no message id."""

    code = "bad_after"


class BadClientId(Refused):
    """`client_id` that is not 1 to 64 plain characters."""

    code = "bad_client_id"


class TextEmpty(Refused):
    """Nothing readable was said."""

    code = "text_empty"


class TextTooLong(Refused):
    """More than `limit` characters."""

    code = "text_too_long"


class BadToken(Refused):
    """No session token, or one that the shop does not know."""

    status = 401
    code = "bad_token"


class CustomerTokenInvalid(Refused):
    """A customer token that the shop's own site did not sign."""

    status = 401
    code = "customer_token_invalid"


class CustomerTokenExpired(Refused):
    """A customer token of the past."""

    status = 401
    code = "customer_token_expired"


class HelloExpected(Refused):
    """A socket that did not say who it is, in time and first."""

    status = 401
    code = "hello_expected"


class PhotoUnreadable(Refused):
    """No JPEG, PNG or WebP picture, or a broken one."""

    status = 415
    code = "photo_unreadable"


class PhotoTooLarge(Refused):
    """More than 5 MB, or more pixels than are decoded."""

    status = 413
    code = "photo_too_large"


class OriginRefused(Refused):
    """A page of a site that may not embed the widget."""

    status = 403
    code = "origin_refused"


class RateLimited(Refused):
    """Too much from one conversation or address."""

    status = 429
    code = "rate_limited"
