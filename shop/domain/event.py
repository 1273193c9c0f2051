"""What shoppers do with what they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """Kinds of behaviour, from the weakest sign of interest to the strongest."""

    IMPRESSION = "impression"
    CLICK = "click"
    CART = "cart"
    PURCHASE = "purchase"
    RATING = "rating"


@dataclass(frozen=True)
class Event:
    """One act of one shopper on one SKU; `event_id` is chosen by the client."""

    event_id: str
    conversation_id: str
    kind: EventKind
    sku: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Interest:
    """Something a shopper cares about (a category, brand or tag) and how much, 0 to 1."""

    kind: str
    name: str
    weight: float
