"""Promotions in the database, and every offer that may touch a price."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.promotion import Kind, Offer
from shop.storage.schema import coupons, promotions
from shop.storage.statements import run_many, upsert

# Shoppers still ask for what ended lately.
_REMEMBERED = timedelta(days=30)
_SHARED = [f.name for f in fields(Offer) if f.name not in ("offer_id", "kind")]


class Promotions:
    """What the shop takes off by itself (满减), and beside it the coupons."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def offers(self) -> list[Offer]:
        """Promotions and coupons of today, to come, and ended lately."""
        return [
            *await self._offers(promotions, "promotion_id", Kind.PROMOTION),
            *await self._offers(coupons, "coupon_id", Kind.COUPON),
        ]

    async def upsert(self, wanted: Iterable[Offer]) -> None:
        """Promotions of the shop; coupons are stored elsewhere."""
        rows = [_promotion(offer) for offer in wanted]
        await run_many(self._connection, upsert(self._connection, promotions), rows)

    async def _offers(self, table: Table, key: str, kind: Kind) -> list[Offer]:
        lately = table.c.valid_until > self._clock() - _REMEMBERED
        query = select(table).where(lately).order_by(table.c.valid_until, table.c[key])
        return [_offer(row, key, kind) for row in await self._connection.execute(query)]


def _offer(row: Row[Any], key: str, kind: Kind) -> Offer:
    known = {name: row._mapping[name] for name in _SHARED if name in row._mapping}
    return Offer(offer_id=row._mapping[key], kind=kind, **known)


def _promotion(offer: Offer) -> dict[str, Any]:
    named = {name: getattr(offer, name) for name in _SHARED if name in promotions.c}
    return {"promotion_id": offer.offer_id, **named}
