"""Everything that is known about an order, gathered from the database."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.case import Case, History, Sale, Variant
from shop.domain.order import Order
from shop.domain.text import mask_address, mask_phone
from shop.storage.invoices import Invoices
from shop.storage.orders import Orders
from shop.storage.parcels import Parcels
from shop.storage.payments import Payments
from shop.storage.refunds import Refunds
from shop.storage.reviews import Reviews
from shop.storage.schema import customers, skus
from shop.storage.tickets import Tickets


class Cases:
    """An order and all that belongs to it. Phone and address are masked."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._orders = Orders(connection)

    async def hold(self, order_no: str) -> Case:
        """Locked for the rest of the unit; raises UnknownOrder."""
        return await self._case(await self._orders.hold(order_no))

    async def sale(self, order_no: str) -> Sale:
        """Raises UnknownOrder."""
        return await self._sale(await self._orders.find(order_no))

    async def history(self, order_no: str) -> History:
        return History(
            await Tickets(self._connection).of_order(order_no),
            await Refunds(self._connection).of_order(order_no),
            await Invoices(self._connection).of_order(order_no),
            await Reviews(self._connection).of_order(order_no),
        )

    async def _case(self, order: Order) -> Case:
        parcels = await Parcels(self._connection).of_order(order.order_no)
        return Case(await self._sale(order), parcels, await self.history(order.order_no))

    async def _sale(self, order: Order) -> Sale:
        whose = select(customers.c.phone).where(customers.c.customer_id == order.customer_id)
        return Sale(
            masked(order),
            mask_phone(await self._connection.scalar(whose) or ""),
            await Payments(self._connection).of_order(order.order_no),
            await self._variants(order),
        )

    async def _variants(self, order: Order) -> dict[int, tuple[Variant, ...]]:
        """The family of each line that the catalogue still has."""
        bought = [item.sku for item in order.items]
        owners = select(skus.c.product_id).where(skus.c.sku.in_(bought))
        query = select(skus).where(skus.c.product_id.in_(owners)).order_by(skus.c.position)
        rows = (await self._connection.execute(query)).all()
        product = {row.sku: row.product_id for row in rows}
        return {
            line: tuple(_variant(row) for row in rows if row.product_id == product[item.sku])
            for line, item in enumerate(order.items)
            if item.sku in product
        }


def masked(order: Order) -> Order:
    """Without what only the carrier needs to know."""
    return replace(order, address=mask_address(order.address))


def _variant(row: Row[Any]) -> Variant:
    return Variant(row.sku, row.options, row.price, row.stock)
