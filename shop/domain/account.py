"""A customer's coupons, level and points."""

from dataclasses import dataclass
from typing import Any

from shop.domain.coupon import Coupon


@dataclass(frozen=True)
class Wallet:
    """Coupons that count today: claimed, and those that can still be claimed."""

    claimed: tuple[Coupon, ...]
    claimable: tuple[Coupon, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "claimed": [coupon.to_json() for coupon in self.claimed],
            "claimable": [coupon.to_json() for coupon in self.claimable],
        }


@dataclass(frozen=True)
class Membership:
    """In the shop's own words."""

    level: str
    points: int

    def to_json(self) -> dict[str, Any]:
        return dict(vars(self))
