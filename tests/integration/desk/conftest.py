import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from shop.seed import seed_demo
from shop.storage import Storage, migrate
from tests.integration.desk.counter import ROOT, Counter, Moving, at_counter

Arrive = Callable[[str | None], Awaitable[Counter]]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "demo.db"
    asyncio.run(_seed(path))
    return path


async def _seed(path: Path) -> None:
    migrate(f"sqlite:///{path}")
    storage = Storage(f"sqlite:///{path}")
    await seed_demo(storage, ROOT / "data/catalog")
    await storage.close()


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest_asyncio.fixture
async def storage(template: Path, tmp_path: Path, clock: Moving) -> AsyncIterator[Storage]:
    path = tmp_path / "shop.db"
    shutil.copy(template, path)
    storage = Storage(f"sqlite:///{path}", clock)
    yield storage
    await storage.close()


@pytest.fixture
def arrive(storage: Storage, clock: Moving) -> Arrive:
    """A shopper, signed in or not (None), in a conversation of their own."""

    async def arrived(customer_id: str | None) -> Counter:
        return await at_counter(storage, customer_id, clock)

    return arrived
