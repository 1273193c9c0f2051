"""The four ports over HTTP."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp
from yarl import URL

from shop.domain.account import Membership, Wallet
from shop.domain.case import History, Sale
from shop.domain.command import Command
from shop.domain.coupon import Coupon
from shop.domain.effect import Outcome
from shop.domain.errors import BadBackendAnswer, UnknownCustomer, UnknownOrder
from shop.domain.order import Order, OrderStatus
from shop.domain.parcel import Parcel
from shop.domain.refusal import UnknownTicket
from shop.domain.requester import Requester
from shop.domain.ticket import Ticket
from shop.ports import BackOffice
from shop.remote.breaker import Breaker, Monotonic
from shop.remote.client import Client, Patience, UnsafeId
from shop.wire import dump, load

T = TypeVar("T")


@dataclass(frozen=True)
class RemoteSettings:
    """Addresses of the systems, which may be one; `token` proves us to them."""

    orders: str
    logistics: str
    after_sale: str
    promotions: str
    token: str = field(repr=False)
    patience: Patience = field(default_factory=Patience)
    failures: int = 5
    rest_s: float = 30.0


@asynccontextmanager
async def remote_back_office(
    settings: RemoteSettings, clock: Monotonic = time.monotonic
) -> AsyncIterator[BackOffice]:
    """One connection pool; a breaker for each system, so that one that is down hinders no other."""
    headers = {"Authorization": f"Bearer {settings.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        def client(address: str) -> Client:
            breaker = Breaker(settings.failures, settings.rest_s, clock)
            return Client(session, URL(address), settings.patience, breaker)

        yield BackOffice(
            orders=_Orders(client(settings.orders)),
            logistics=_Logistics(client(settings.logistics)),
            after_sale=_AfterSale(client(settings.after_sale)),
            promotions=_Promotions(client(settings.promotions)),
        )


class _System:
    def __init__(self, client: Client) -> None:
        self._client = client


class _Orders(_System):
    async def sale(self, order_no: str) -> Sale:
        try:
            return _of(Sale, await self._client.get("orders", order_no))
        except UnsafeId as cause:
            raise UnknownOrder from cause

    async def of_customer(
        self, customer_id: str, status: OrderStatus | None = None, limit: int = 20
    ) -> Sequence[Order]:
        wanted = status.value if status else None
        found = await self._client.get(
            "customers", customer_id, "orders", status=wanted, limit=limit
        )
        return _of(list[Order], found)

    async def order_phone_ends(self, order_no: str, tail: str) -> bool:
        try:
            return await self._phone("orders", order_no, tail)
        except UnsafeId:
            return False

    async def customer_phone_ends(self, customer_id: str, tail: str) -> bool:
        return await self._phone("customers", customer_id, tail)

    async def _phone(self, kind: str, whose: str, tail: str) -> bool:
        answer = await self._client.post(kind, whose, "phone-check", body={"tail": tail})
        if not isinstance(answer, Mapping) or not isinstance(answer.get("ends"), bool):
            raise BadBackendAnswer("phone-check")
        return bool(answer["ends"])


class _Logistics(_System):
    async def parcels(self, order_no: str) -> Sequence[Parcel]:
        return _of(tuple[Parcel, ...], await self._client.get("orders", order_no, "parcels"))


class _AfterSale(_System):
    async def history(self, order_no: str) -> History:
        return _of(History, await self._client.get("orders", order_no, "history"))

    async def ticket(self, ticket_no: str) -> Ticket:
        try:
            return _of(Ticket, await self._client.get("tickets", ticket_no))
        except UnsafeId as cause:
            raise UnknownTicket from cause

    async def tickets(
        self, customer_id: str | None, conversation_id: str, limit: int = 20
    ) -> Sequence[Ticket]:
        found = await self._client.get(
            "tickets", customer_id=customer_id, conversation_id=conversation_id, limit=limit
        )
        return _of(list[Ticket], found)

    async def apply(
        self,
        operation_id: str,
        requester: Requester,
        command: Command,
        expected: Mapping[str, Any] | None = None,
    ) -> Outcome:
        body = {
            "requester": _who(requester),
            "operation": command.operation.value,
            "command": dump(command),
            "expected": None if expected is None else dict(expected),
        }
        return _of(Outcome, await self._client.put("operations", operation_id, body=body))

    async def erase(self, operation_id: str, requester: Requester) -> None:
        body = {"requester": _who(requester)}
        await self._client.put("erasures", operation_id, body=body)


class _Promotions(_System):
    async def wallet(self, customer_id: str) -> Wallet:
        return _of(Wallet, await self._customer(customer_id, "wallet"))

    async def claim(self, operation_id: str, requester: Requester, coupon_id: str) -> Coupon:
        body = {"requester": _who(requester), "coupon_id": coupon_id}
        return _of(Coupon, await self._client.put("claims", operation_id, body=body))

    async def membership(self, customer_id: str) -> Membership:
        return _of(Membership, await self._customer(customer_id, "membership"))

    async def _customer(self, customer_id: str, what: str) -> Any:
        try:
            return await self._client.get("customers", customer_id, what)
        except UnsafeId as cause:
            raise UnknownCustomer from cause


def _who(requester: Requester) -> dict[str, Any]:
    """Ids, no more."""
    return {
        "conversation_id": requester.conversation_id,
        "customer_id": requester.customer_id,
        "agent_id": requester.agent_id,
    }


def _of(kind: type[T], answer: Any) -> T:
    try:
        return load(kind, answer)
    except ValueError:
        # Without the cause: it quotes the answer.
        raise BadBackendAnswer(f"not a {kind}") from None
