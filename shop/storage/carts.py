"""Carts in the database."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.cart import Cart, CartItem, check_quantity
from shop.domain.clock import Clock, now
from shop.domain.errors import OutOfStock, UnknownSku
from shop.storage import cart_owner
from shop.storage.catalog import Catalog
from shop.storage.conversations import Conversations, lock
from shop.storage.schema import cart_items, skus
from shop.storage.statements import insert


class Carts:
    """One cart for each customer, or for each conversation of a guest."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def get(self, conversation_id: str) -> Cart:
        """Raises UnknownConversation."""
        conversation = await Conversations(self._connection).get(conversation_id)
        owner = cart_owner.name(conversation)
        query = select(cart_items).where(cart_items.c.owner == owner)
        query = query.order_by(cart_items.c.added_at, cart_items.c.sku)
        quantities = {row.sku: row.quantity for row in await self._connection.execute(query)}
        cards = await Catalog(self._connection).cards(list(quantities))
        return Cart(tuple(CartItem(card, quantities[card.sku]) for card in cards))

    async def add(self, conversation_id: str, sku: str, quantity: int = 1) -> None:
        """More of a SKU; raises BadQuantity, OutOfStock, UnknownSku, UnknownConversation."""
        check_quantity(quantity)
        owner = cart_owner.name(await lock(self._connection, conversation_id))
        same = (cart_items.c.owner == owner, cart_items.c.sku == sku)
        present = await self._connection.scalar(select(cart_items.c.quantity).where(*same))
        await self._put(owner, sku, (present or 0) + quantity)

    async def set(self, conversation_id: str, sku: str, quantity: int) -> None:
        """Exactly so many of a SKU, none for 0; raises like `add`."""
        owner = cart_owner.name(await lock(self._connection, conversation_id))
        if quantity == 0:
            await self._drop(owner, sku)
        else:
            await self._put(owner, sku, quantity)

    async def remove(self, conversation_id: str, sku: str) -> None:
        """A SKU that is not in the cart is no error; raises UnknownConversation."""
        await self.set(conversation_id, sku, 0)

    async def _put(self, owner: str, sku: str, quantity: int) -> None:
        stock = await self._connection.scalar(select(skus.c.stock).where(skus.c.sku == sku))
        if stock is None:
            raise UnknownSku(sku)
        if check_quantity(quantity) > stock:
            raise OutOfStock(sku, stock)
        # A second helping keeps its place in the cart.
        statement = insert(self._connection, cart_items).values(
            owner=owner, sku=sku, quantity=quantity, added_at=self._clock()
        )
        change = {"quantity": statement.excluded.quantity}
        keys = list(cart_items.primary_key)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=change)
        )

    async def _drop(self, owner: str, sku: str) -> None:
        same = (cart_items.c.owner == owner, cart_items.c.sku == sku)
        await self._connection.execute(delete(cart_items).where(*same))
