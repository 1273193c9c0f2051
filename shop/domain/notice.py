"""Wishes to be told when goods are back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Notice:
    """A customer who wants to hear when a sold-out SKU can be bought again."""

    customer_id: str
    sku: str
    asked_at: datetime
