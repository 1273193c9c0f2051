"""Coupons in the database."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.coupon import Coupon
from shop.domain.errors import UnknownCoupon
from shop.storage.customers import Customers
from shop.storage.schema import coupon_claims, coupons
from shop.storage.statements import insert_new, run_many, upsert


class Coupons:
    """Coupons, and who has claimed them."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def valid(self, scopes: Iterable[str] | None = None) -> list[Coupon]:
        """Coupons that count today, soonest to end first.

        `scopes` (a category and its department) keeps those that apply there.
        """
        query = select(coupons).where(*self._today())
        if scopes is not None:
            fits = or_(coupons.c.scope.is_(None), coupons.c.scope.in_(list(scopes)))
            query = query.where(fits)
        return await self._coupons(query)

    async def claim(self, coupon_id: str, customer_id: str) -> Coupon:
        """Claimed twice is claimed once; raises UnknownCustomer, UnknownCoupon (also when ended)."""
        await Customers(self._connection).get(customer_id)
        query = select(coupons).where(coupons.c.coupon_id == coupon_id, *self._today())
        found = await self._coupons(query)
        if not found:
            raise UnknownCoupon(coupon_id)
        row = {"coupon_id": coupon_id, "customer_id": customer_id, "claimed_at": self._clock()}
        await self._connection.execute(insert_new(self._connection, coupon_claims), row)
        return found[0]

    async def of_customer(self, customer_id: str) -> list[Coupon]:
        """Claimed coupons that still count."""
        claimed = select(coupon_claims.c.coupon_id).where(
            coupon_claims.c.customer_id == customer_id
        )
        return await self._coupons(
            select(coupons).where(coupons.c.coupon_id.in_(claimed), *self._today())
        )

    async def upsert(self, wanted: Iterable[Coupon]) -> None:
        rows = [dict(vars(coupon)) for coupon in wanted]
        await run_many(self._connection, upsert(self._connection, coupons), rows)

    async def _coupons(self, query: Any) -> list[Coupon]:
        ordered = query.order_by(coupons.c.valid_until, coupons.c.coupon_id)
        return [_coupon(row) for row in await self._connection.execute(ordered)]

    def _today(self) -> tuple[Any, Any]:
        moment = self._clock()
        return coupons.c.valid_from <= moment, coupons.c.valid_until > moment


def _coupon(row: Row[Any]) -> Coupon:
    return Coupon(**{f.name: row._mapping[f.name] for f in fields(Coupon)})
