"""Coupons."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from shop.domain import money


@dataclass(frozen=True)
class Coupon:
    """`off` yuan less from `threshold` yuan on; `scope`: a category, a department, None for all.

    `stackable`: may be used beside a promotion.
    """

    coupon_id: str
    title: str
    threshold: Decimal
    off: Decimal
    valid_from: datetime
    valid_until: datetime
    scope: str | None = None
    new_customers_only: bool = False
    stackable: bool = True

    def to_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "threshold": money.to_json(self.threshold),
            "off": money.to_json(self.off),
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
        }
