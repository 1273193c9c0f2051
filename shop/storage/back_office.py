"""The shop's systems kept in our own database."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError

from shop.domain.account import Membership, Wallet
from shop.domain.case import History, Sale
from shop.domain.command import Command
from shop.domain.coupon import Coupon
from shop.domain.effect import Outcome
from shop.domain.errors import BackendDown, UnknownCustomer, UnknownOrder
from shop.domain.order import Order, OrderStatus
from shop.domain.parcel import Parcel
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ticket import Ticket
from shop.ports import BackOffice
from shop.storage.cases import masked
from shop.storage.unit import Storage, Unit


def sql_back_office(storage: Storage, rules: ServiceRules) -> BackOffice:
    """All four systems in one database."""
    return BackOffice(
        orders=_Orders(storage),
        logistics=_Logistics(storage),
        after_sale=_AfterSale(storage, rules),
        promotions=_Promotions(storage),
    )


class _System:
    """A database that does not answer is a back end that is down."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[Unit]:
        try:
            async with self._storage.unit() as unit:
                yield unit
        except (InterfaceError, OperationalError) as cause:
            # Not reached, or busy; anything else is a mistake of ours.
            raise BackendDown from cause


class _Orders(_System):
    async def sale(self, order_no: str) -> Sale:
        async with self._unit() as unit:
            return await unit.cases.sale(order_no)

    async def of_customer(
        self, customer_id: str, status: OrderStatus | None = None, limit: int = 20
    ) -> Sequence[Order]:
        async with self._unit() as unit:
            found = await unit.orders.of_customer(customer_id, status, limit)
            return [masked(order) for order in found]

    async def order_phone_ends(self, order_no: str, tail: str) -> bool:
        async with self._unit() as unit:
            try:
                owner = (await unit.orders.find(order_no)).customer_id
            except UnknownOrder:
                return False
            return await _phone_ends(unit, owner, tail)

    async def customer_phone_ends(self, customer_id: str, tail: str) -> bool:
        async with self._unit() as unit:
            return await _phone_ends(unit, customer_id, tail)


async def _phone_ends(unit: Unit, customer_id: str, tail: str) -> bool:
    try:
        phone = (await unit.customers.get(customer_id)).phone
    except UnknownCustomer:
        return False
    return len(tail) == 4 and phone[-4:] == tail


class _Logistics(_System):
    async def parcels(self, order_no: str) -> Sequence[Parcel]:
        async with self._unit() as unit:
            return await unit.parcels.of_order(order_no)


class _AfterSale(_System):
    def __init__(self, storage: Storage, rules: ServiceRules) -> None:
        super().__init__(storage)
        self._rules = rules

    async def history(self, order_no: str) -> History:
        async with self._unit() as unit:
            return await unit.cases.history(order_no)

    async def ticket(self, ticket_no: str) -> Ticket:
        async with self._unit() as unit:
            return await unit.tickets.get(ticket_no)

    async def tickets(
        self, customer_id: str | None, conversation_id: str, limit: int = 20
    ) -> Sequence[Ticket]:
        async with self._unit() as unit:
            if customer_id is None:
                found = await unit.tickets.of_conversation(conversation_id)
            else:
                found = await unit.tickets.of_customer(customer_id)
            return found[::-1][:limit]

    async def apply(
        self,
        operation_id: str,
        requester: Requester,
        command: Command,
        expected: Mapping[str, Any] | None = None,
    ) -> Outcome:
        async with self._unit() as unit:
            outcome = await unit.applying.apply(
                operation_id, requester, command, self._rules, expected
            )
            await unit.commit()
            return outcome

    async def erase(self, operation_id: str, requester: Requester) -> None:
        async with self._unit() as unit:
            await unit.applying.erase(operation_id, requester)
            await unit.commit()


class _Promotions(_System):
    async def wallet(self, customer_id: str) -> Wallet:
        async with self._unit() as unit:
            await unit.customers.get(customer_id)
            claimed = await unit.coupons.of_customer(customer_id)
            held = {coupon.coupon_id for coupon in claimed}
            new = not await unit.orders.of_customer(customer_id, limit=1)
            claimable = [
                coupon
                for coupon in await unit.coupons.valid()
                if coupon.coupon_id not in held and (new or not coupon.new_customers_only)
            ]
            return Wallet(tuple(claimed), tuple(claimable))

    async def claim(self, operation_id: str, requester: Requester, coupon_id: str) -> Coupon:
        async with self._unit() as unit:
            coupon = await unit.applying.claim(operation_id, requester, coupon_id)
            await unit.commit()
            return coupon

    async def membership(self, customer_id: str) -> Membership:
        async with self._unit() as unit:
            customer = await unit.customers.get(customer_id)
            return Membership(customer.level, customer.points)
