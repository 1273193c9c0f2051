"""The shop that the gateway's tests sell from, and what a test may look at or break."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient

from shop.desk import Desk
from shop.domain import Product, Sku
from shop.ports import BackOffice
from shop.service import read_service
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from tests.integration.gateway.fakes import FakeRasa, FakeRecommender, Json, Shopper
from web.app import OpenDesk
from web.config import GatewayConfig
from web.wording import Wording

JWT_KEY = "a-key-of-the-shop's-own-site-long-enough-for-any-hash-0123456789-abcdef"
PARTNER = "https://partner.example"
DATA = Path(__file__).parents[3] / "data"
WORDING = Wording.load(DATA / "responses" / "gateway.json")
RULES = read_service(DATA / "catalog" / "demo" / "service.json")
PHONE = Product(
    product_id="phone-a",
    title="青云 X1 长续航 5G 手机",
    category="手机",
    department="手机数码",
    brand="青云",
    rating=4.8,
    sales=900,
    description="单手好握。",
    skus=(
        Sku("phone-a-01", Decimal("1999.00"), Decimal("2199.00"), 5, {"颜色": "黑色"}),
        Sku("phone-a-02", Decimal("1999.50"), Decimal("2199.00"), 0, {"颜色": "白色"}),
    ),
)
OTHER_PHONE = Product(
    product_id="phone-b",
    title="远山 N2 手机",
    category="手机",
    department="手机数码",
    sales=800,
    skus=(Sku("phone-b-01", Decimal("999.00"), Decimal("999.00"), 9),),
)
SHOE = Product(
    product_id="shoe-a",
    title="轻风跑步鞋",
    category="跑步鞋",
    department="鞋靴箱包",
    sales=700,
    skus=(Sku("shoe-a-01", Decimal("299.00"), Decimal("399.00"), 40),),
)


@dataclass
class Gateway:
    """Everything that a test may look at or break."""

    client: TestClient[Any, Any]
    database: Path
    storage: Storage
    rasa: FakeRasa
    recommender: FakeRecommender

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """What is in the database, past the gateway."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return connection.execute(statement).fetchall()

    async def open(self, body: Json | None = None, token: str | None = None) -> Shopper:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with self.client.post("/api/session", json=body or {}, headers=headers) as response:
            assert response.status == 200, await response.text()
            return Shopper(self.client, **await response.json())


def desk_of(storage: Storage, office: BackOffice | None = None) -> OpenDesk:
    """A desk on the gateway's own database, or on the office given."""

    @asynccontextmanager
    async def open_desk() -> AsyncIterator[Desk]:
        yield Desk(storage, RULES, office or sql_back_office(storage, RULES))

    return open_desk


Start = Callable[[GatewayConfig], Awaitable[Gateway]]
