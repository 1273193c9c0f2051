"""Customers in the database."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.customer import Customer
from shop.domain.errors import UnknownCustomer
from shop.storage.schema import customers
from shop.storage.statements import insert_new, run_many


class Customers:
    """People whom the shop's own site has identified."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, customer_id: str) -> Customer:
        """Raises UnknownCustomer."""
        query = select(customers).where(customers.c.customer_id == customer_id)
        row = (await self._connection.execute(query)).first()
        if row is None:
            raise UnknownCustomer(customer_id)
        return _customer(row)

    async def demo(self) -> list[Customer]:
        """The invented ones, for the demo shop's sign-in."""
        query = select(customers).where(customers.c.demo).order_by(customers.c.customer_id)
        return [_customer(row) for row in await self._connection.execute(query)]

    async def add(self, wanted: Iterable[Customer]) -> None:
        """Customers who exist stay as they are."""
        rows = [dict(vars(customer)) for customer in wanted]
        await run_many(self._connection, insert_new(self._connection, customers), rows)


def _customer(row: Row[Any]) -> Customer:
    return Customer(**{f.name: row._mapping[f.name] for f in fields(Customer)})
