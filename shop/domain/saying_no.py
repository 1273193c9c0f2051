"""Refusals as JSON and back: `{"code": …, "facts": {…}}`."""

from collections.abc import Mapping
from typing import Any

from shop.domain.errors import (
    ShopError,
    UnknownConversation,
    UnknownCoupon,
    UnknownCustomer,
    UnknownOrder,
)
from shop.domain.refusal import Refused, codes

_PLAIN: Mapping[str, type[ShopError]] = {
    "unknown_order": UnknownOrder,
    "unknown_coupon": UnknownCoupon,
    "unknown_customer": UnknownCustomer,
    "unknown_conversation": UnknownConversation,
}
# A rule said no, and would say so again.
FINAL: tuple[type[ShopError], ...] = (Refused, *_PLAIN.values())


def dump(error: ShopError) -> dict[str, Any]:
    """Of one of FINAL."""
    if isinstance(error, Refused):
        return {"code": error.code, "facts": dict(error.facts)}
    code = next(code for code, kind in _PLAIN.items() if isinstance(error, kind))
    return {"code": code, "facts": {}}


def load(told: Mapping[str, Any]) -> ShopError:
    """Raises KeyError, TypeError where it is not such a refusal."""
    code, facts = told["code"], told["facts"]
    return _PLAIN[code]() if code in _PLAIN else codes()[code](**facts)
