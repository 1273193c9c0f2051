"""Parcels and what happened to them on their way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class ParcelEvent:
    """One entry of the carrier; the newest is the last."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Parcel:
    """Part of an order on its way; `lines` of the order are in it."""

    parcel_no: str
    order_no: str
    carrier: str
    tracking_no: str
    shipped_at: datetime
    lines: tuple[int, ...] = ()
    delivered_at: datetime | None = None
    events: tuple[ParcelEvent, ...] = ()

    @property
    def last_at(self) -> datetime:
        """When anything was last heard of it."""
        return self.events[-1].at if self.events else self.shipped_at

    def stale(self, now: datetime, silence: timedelta) -> bool:
        """Not delivered, and nothing heard of it for so long."""
        return self.delivered_at is None and now - self.last_at >= silence

    def to_json(self) -> dict[str, Any]:
        return {
            "parcel_no": self.parcel_no,
            "carrier": self.carrier,
            "tracking_no": self.tracking_no,
            "shipped_at": self.shipped_at.isoformat(),
            "delivered_at": self.delivered_at.isoformat() if self.delivered_at else None,
            "lines": list(self.lines),
            "events": [{"at": e.at.isoformat(), "text": e.text} for e in self.events],
        }
