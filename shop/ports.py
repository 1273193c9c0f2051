"""What the after-sale desk asks of the shop's own systems.

Two implementations: `shop.storage.back_office` keeps all of it in our database, `shop.remote` speaks
HTTP with the systems that a shop already has. The same tests run on both.

Every call may raise BackendDown: nothing has been lost, try later. Phones and addresses come
out masked. Who may ask is decided before, by `shop.desk`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from shop.domain.account import Membership, Wallet
from shop.domain.case import History, Sale
from shop.domain.command import Command
from shop.domain.coupon import Coupon
from shop.domain.effect import Outcome
from shop.domain.order import Order, OrderStatus
from shop.domain.parcel import Parcel
from shop.domain.requester import Requester
from shop.domain.ticket import Ticket


class OrderPort(Protocol):
    """The order system."""

    async def sale(self, order_no: str) -> Sale:
        """Raises UnknownOrder."""
        ...

    async def of_customer(
        self, customer_id: str, status: OrderStatus | None = None, limit: int = 20
    ) -> Sequence[Order]:
        """Newest first; empty for a customer who is not known."""
        ...

    async def order_phone_ends(self, order_no: str, tail: str) -> bool:
        """Whether there is such an order and its phone ends so; one answer for both doubts."""
        ...

    async def customer_phone_ends(self, customer_id: str, tail: str) -> bool:
        """Whether there is such a customer and the phone ends so."""
        ...


class LogisticsPort(Protocol):
    """The carriers."""

    async def parcels(self, order_no: str) -> Sequence[Parcel]:
        """Oldest first; empty before shipment."""
        ...


class AfterSalePort(Protocol):
    """Requests, refunds, invoices."""

    async def history(self, order_no: str) -> History:
        """Empty for an order that is not known."""
        ...

    async def ticket(self, ticket_no: str) -> Ticket:
        """Raises UnknownTicket."""
        ...

    async def tickets(
        self, customer_id: str | None, conversation_id: str, limit: int = 20
    ) -> Sequence[Ticket]:
        """A customer's, or else those of a guest's conversation; newest first."""
        ...

    async def apply(
        self,
        operation_id: str,
        requester: Requester,
        command: Command,
        expected: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """Check the rules, then do all of it or nothing; once for each operation id.

        The same operation again gives the first outcome. Raises Refused, UnknownOrder, and
        OperationChanged where the facts are no longer those `expected`.
        """
        ...

    async def erase(self, operation_id: str, requester: Requester) -> None:
        """Pseudonymise the requester's orders and requests; nothing else of them stays."""
        ...


class PromotionPort(Protocol):
    """Coupons and membership."""

    async def wallet(self, customer_id: str) -> Wallet:
        """Coupons claimed and those that can be. Raises UnknownCustomer."""
        ...

    async def claim(self, operation_id: str, requester: Requester, coupon_id: str) -> Coupon:
        """Claimed twice is claimed once. Raises UnknownCustomer, UnknownCoupon."""
        ...

    async def membership(self, customer_id: str) -> Membership:
        """Raises UnknownCustomer."""
        ...


@dataclass(frozen=True)
class BackOffice:
    """The four systems of one shop."""

    orders: OrderPort
    logistics: LogisticsPort
    after_sale: AfterSalePort
    promotions: PromotionPort


class Eraser(Protocol):
    """Whoever else remembers conversations: the dialogue engine, the folder of photos."""

    async def erase(self, conversation_ids: Sequence[str], photo_ids: Sequence[str]) -> None:
        """Erased twice is erased once."""
        ...
