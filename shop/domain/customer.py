"""Customers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Customer:
    """Someone the shop's own site has identified; `demo` customers are invented."""

    customer_id: str
    name: str
    phone: str
    address: str
    level: str
    points: int
    registered_at: datetime
    demo: bool = False

    @property
    def masked_phone(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]}"
