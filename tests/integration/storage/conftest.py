"""Every storage test runs on SQLite, and on PostgreSQL where TEST_POSTGRES_URL names one."""

import os
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, text

from shop.domain import Product, Sku
from shop.storage import Storage, migrate
from shop.storage.engine import sync_url

PHONE = Product(
    product_id="phone-xiaomi-14",
    title="小米14 徕卡光学镜头 5G手机",
    category="手机",
    department="手机数码",
    brand="小米",
    model="小米14",
    description="直屏旗舰，单手好握",
    tags=("影像", "送礼"),
    attributes={"屏幕尺寸": 6.36, "5G": True},
    rating=4.8,
    sales=120_000,
    launched=date(2023, 10, 26),
    skus=(
        Sku("phone-xiaomi-14-01", Decimal("3999.00"), Decimal("4319.00"), 0, {"颜色": "黑色"}),
        Sku("phone-xiaomi-14-02", Decimal("4299.50"), Decimal("4643.00"), 7, {"颜色": "白色"}),
    ),
)
CASE = Product(
    product_id="case-a",
    title="透明手机壳",
    category="手机壳",
    department="手机数码",
    sales=900,
    skus=(Sku("case-a-01", Decimal("19.90"), Decimal("29.90"), 50),),
)
SOLD_OUT = Product(
    product_id="shoe-a",
    title="跑步鞋",
    category="跑步鞋",
    department="鞋靴",
    sales=500_000,
    skus=(Sku("shoe-a-01", Decimal("299.00"), Decimal("299.00"), 0),),
)
PRODUCTS = (PHONE, CASE, SOLD_OUT)

_POSTGRES = os.environ.get("TEST_POSTGRES_URL")


DATABASES = ["sqlite", *(["postgresql"] if _POSTGRES else [])]


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.db'}"
    return emptied_postgres()


def emptied_postgres() -> str:
    """The address of TEST_POSTGRES_URL, with nothing left in it."""
    assert _POSTGRES is not None
    engine = create_engine(sync_url(_POSTGRES))
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return _POSTGRES


@pytest.fixture
def phone() -> Product:
    """Its first SKU is out of stock."""
    return PHONE


@pytest_asyncio.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    """An empty database of today's tables."""
    migrate(database_url)
    storage = Storage(database_url)
    yield storage
    await storage.close()


@pytest_asyncio.fixture
async def stocked(storage: Storage) -> Storage:
    """A database with a few products."""
    async with storage.unit() as unit:
        await unit.catalog.upsert(PRODUCTS)
        await unit.commit()
    return storage
