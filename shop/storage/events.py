"""Behaviour in the database."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.conversation import Conversation
from shop.domain.event import Event, EventKind, Interest
from shop.storage.conversations import Conversations
from shop.storage.schema import conversations, events, products, skus
from shop.storage.statements import chunks, insert_new

# How much an act says; being shown something says nothing.
_WEIGHTS = {
    EventKind.CLICK: 1.0,
    EventKind.RATING: 2.0,
    EventKind.CART: 3.0,
    EventKind.PURCHASE: 5.0,
}
# Interests are read from the latest acts only.
_RECENT = 200


class Events:
    """What shoppers did."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(self, wanted: Iterable[Event]) -> int:
        """Store events, each id once; returns how many were new."""
        new = 0
        for chunk in chunks({event.event_id: event for event in wanted}.values()):
            statement = insert_new(self._connection, events).returning(events.c.event_id)
            rows = [_row(event) for event in chunk]
            stored = await self._connection.execute(statement.values(rows))
            new += len(stored.all())
        return new

    async def interests(self, conversation_id: str, limit: int = 10) -> list[Interest]:
        """What this shopper turns to most, from all conversations of a known customer."""
        weights: dict[tuple[str, str], float] = defaultdict(float)
        for act in await self._recent(conversation_id):
            for trait in _traits(act):
                weights[trait] += _WEIGHTS[EventKind(act.kind)]
        strongest = max(weights.values(), default=1.0)
        ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Interest(*trait, round(w / strongest, 3)) for trait, w in ranked[:limit]]

    async def _recent(self, conversation_id: str) -> Any:
        conversation = await Conversations(self._connection).get(conversation_id)
        whose = select(conversations.c.conversation_id).where(_same_shopper(conversation))
        query = (
            select(events.c.kind, products.c.category, products.c.brand, products.c.tags)
            .join(skus, skus.c.sku == events.c.sku)
            .join(products, products.c.product_id == skus.c.product_id)
            .where(events.c.conversation_id.in_(whose), events.c.kind.in_(_WEIGHTS))
            .order_by(events.c.at.desc(), events.c.event_id)
            .limit(_RECENT)
        )
        return (await self._connection.execute(query)).all()


def _same_shopper(conversation: Conversation) -> Any:
    if conversation.customer_id is not None:
        return conversations.c.customer_id == conversation.customer_id
    return conversations.c.conversation_id == conversation.conversation_id


def _traits(act: Row[Any]) -> list[tuple[str, str]]:
    brand = [("brand", act.brand)] if act.brand else []
    return [("category", act.category), *brand, *(("tag", tag) for tag in act.tags)]


def _row(event: Event) -> dict[str, Any]:
    return {**vars(event), "kind": event.kind.value, "data": dict(event.data)}
