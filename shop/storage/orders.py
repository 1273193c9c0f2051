"""Orders in the database; who reads one shows whose it is, or checks it (`shop.desk`)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.errors import UnknownOrder
from shop.domain.order import Order, OrderItem, OrderStatus, check_transition
from shop.domain.text import is_writable
from shop.storage.schema import customers, order_items, orders
from shop.storage.statements import insert_new, run_many

# The moment that reaching a state fixes.
_MOMENT = {
    OrderStatus.PAID: "paid_at",
    OrderStatus.SHIPPED: "shipped_at",
    OrderStatus.DELIVERED: "delivered_at",
    OrderStatus.COMPLETED: "closed_at",
    OrderStatus.CANCELLED: "closed_at",
    OrderStatus.REFUNDED: "closed_at",
}


class Orders:
    """Orders of customers."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def of_customer(
        self, customer_id: str, status: OrderStatus | None = None, limit: int = 20
    ) -> list[Order]:
        """Newest first."""
        query = select(orders).where(orders.c.customer_id == customer_id)
        if status is not None:
            query = query.where(orders.c.status == status.value)
        newest = query.order_by(orders.c.placed_at.desc(), orders.c.order_no).limit(limit)
        return await self._orders(newest)

    async def get(self, order_no: str, customer_id: str) -> Order:
        """The customer's own order; raises UnknownOrder, for another's order too."""
        mine = (orders.c.order_no == order_no, orders.c.customer_id == customer_id)
        return await self._one(select(orders).where(*mine))

    async def find(self, order_no: str) -> Order:
        """Whosever it is; raises UnknownOrder."""
        if not is_writable(order_no):
            raise UnknownOrder
        return await self._one(select(orders).where(orders.c.order_no == order_no))

    async def hold(self, order_no: str) -> Order:
        """The same, locked for the rest of the unit."""
        same = orders.c.order_no == order_no
        found = await self.find(order_no)
        await self._connection.execute(update(orders).where(same).values(status=orders.c.status))
        return await self.find(found.order_no)

    async def readdress(self, order_no: str, address: str) -> None:
        same = orders.c.order_no == order_no
        await self._connection.execute(update(orders).where(same).values(address=address))

    async def cancel_pieces(self, order_no: str, line: int, pieces: int) -> None:
        """So many more pieces of a line will not be delivered."""
        same = (order_items.c.order_no == order_no, order_items.c.line == line)
        more = {"cancelled": order_items.c.cancelled + pieces}
        await self._connection.execute(update(order_items).where(*same).values(**more))

    async def lookup(self, order_no: str, phone: str) -> Order:
        """A guest's way in: the number and the whole phone number; raises UnknownOrder."""
        whose = select(customers.c.customer_id).where(customers.c.phone == phone)
        mine = (orders.c.order_no == order_no, orders.c.customer_id.in_(whose))
        return await self._one(select(orders).where(*mine))

    async def move(self, order_no: str, customer_id: str, wanted: OrderStatus) -> Order:
        """Change the state; raises UnknownOrder, BadTransition."""
        mine = (orders.c.order_no == order_no, orders.c.customer_id == customer_id)
        held = update(orders).where(*mine).values(status=orders.c.status)
        await self._connection.execute(held)
        order = await self.get(order_no, customer_id)
        check_transition(order.status, wanted)
        moments = {_MOMENT[wanted]: self._clock()} if wanted in _MOMENT else {}
        change = update(orders).where(*mine).values(status=wanted.value, **moments)
        await self._connection.execute(change)
        return await self.get(order_no, customer_id)

    async def add(self, wanted: Iterable[Order]) -> None:
        """Orders that exist stay as they are."""
        placed = list(wanted)
        rows = [_row(order) for order in placed]
        await run_many(self._connection, insert_new(self._connection, orders), rows)
        lines = [line for order in placed for line in _lines(order)]
        await run_many(self._connection, insert_new(self._connection, order_items), lines)

    async def _one(self, query: Any) -> Order:
        found = await self._orders(query)
        if not found:
            raise UnknownOrder
        return found[0]

    async def _orders(self, query: Any) -> list[Order]:
        rows = (await self._connection.execute(query)).all()
        numbers = [row.order_no for row in rows]
        lines = select(order_items).where(order_items.c.order_no.in_(numbers))
        items: dict[str, list[OrderItem]] = defaultdict(list)
        for line in await self._connection.execute(lines.order_by(order_items.c.line)):
            items[line.order_no].append(_item(line))
        return [_order(row, items[row.order_no]) for row in rows]


def _order(row: Row[Any], items: list[OrderItem]) -> Order:
    plain = {f.name: row._mapping[f.name] for f in fields(Order) if f.name != "items"}
    return Order(**{**plain, "status": OrderStatus(row.status), "items": tuple(items)})


def _item(row: Row[Any]) -> OrderItem:
    return OrderItem(**{f.name: row._mapping[f.name] for f in fields(OrderItem)})


def _row(order: Order) -> dict[str, Any]:
    row = {name: value for name, value in vars(order).items() if name != "items"}
    return {**row, "status": order.status.value}


def _lines(order: Order) -> list[dict[str, Any]]:
    return [
        {**vars(item), "options": dict(item.options), "order_no": order.order_no, "line": n}
        for n, item in enumerate(order.items)
    ]
