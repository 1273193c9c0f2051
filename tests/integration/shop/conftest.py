"""The desk on our own database and on a shop's systems over HTTP, with the same shop behind both."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer

from shop.desk import Desk
from shop.domain.errors import BackendDown
from shop.ports import BackOffice
from shop.remote import RemoteSettings, remote_back_office
from shop.remote.client import Patience
from shop.storage import Storage, migrate
from shop.storage.back_office import sql_back_office
from tests.integration.shop.reference_server import TOKEN, ReferenceServer
from tests.integration.shop.world import RULES, Clock, People, fill, people
from tests.integration.storage.conftest import (
    DATABASES,
    database_url,  # noqa: F401
    emptied_postgres,
)

EVERY_DATABASE = pytest.mark.parametrize("storage", DATABASES, indirect=True)

FAST = Patience(timeout_s=5, tries=3, pause_s=0.001)


def settings(url: str, patience: Patience = FAST, failures: int = 5) -> RemoteSettings:
    """One system at one address."""
    return RemoteSettings(url, url, url, url, TOKEN, patience, failures)


class Down:
    """A system that cannot be reached."""

    @classmethod
    def of(cls, office: BackOffice) -> BackOffice:
        """None of the four can."""
        return BackOffice(*(cast(Any, cls()) for _ in fields(office)))

    def __getattr__(self, name: str) -> Any:
        async def call(*_: Any, **__: Any) -> None:
            raise BackendDown

        return call


@asynccontextmanager
async def over_http(office: BackOffice) -> AsyncIterator[BackOffice]:
    """The same office behind the reference server."""
    server = TestServer(ReferenceServer(office).application())
    await server.start_server()
    async with remote_back_office(settings(str(server.make_url("")))) as remote:
        yield remote
    await server.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the whole shop, to be copied: that is faster than filling anew."""
    path = tmp_path_factory.mktemp("filled") / "shop.db"

    async def fill_once() -> None:
        await (await _filled(f"sqlite:///{path}", Clock())).close()

    asyncio.run(fill_once())
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def storage(
    request: pytest.FixtureRequest, filled: Path, tmp_path: Path, clock: Clock
) -> AsyncIterator[Storage]:
    """The whole shop on SQLite, or where EVERY_DATABASE says."""
    if getattr(request, "param", "sqlite") == "sqlite":
        for suffix in ("", "-wal"):
            source = Path(f"{filled}{suffix}")
            if source.exists():
                shutil.copy(source, f"{tmp_path / 'shop.db'}{suffix}")
        storage = Storage(f"sqlite:///{tmp_path / 'shop.db'}", clock)
    else:
        storage = await _filled(emptied_postgres(), clock)
    yield storage
    await storage.close()


@pytest_asyncio.fixture
async def served(database_url: str, clock: Clock) -> AsyncIterator[Storage]:  # noqa: F811
    """The whole shop on every database, whose address is `database_url`."""
    storage = await _filled(database_url, clock)
    yield storage
    await storage.close()


async def _filled(url: str, clock: Clock) -> Storage:
    migrate(url)
    storage = Storage(url, clock)
    await fill(storage)
    return storage


@pytest_asyncio.fixture(params=["sql", "http"])
async def office(request: pytest.FixtureRequest, storage: Storage) -> AsyncIterator[BackOffice]:
    """The same shop, near and far."""
    near = sql_back_office(storage, RULES)
    if request.param == "sql":
        yield near
        return
    async with over_http(near) as far:
        yield far


@pytest.fixture
def desk(storage: Storage, office: BackOffice, clock: Clock) -> Desk:
    return Desk(storage, RULES, office, clock=clock)


@pytest_asyncio.fixture
async def who(storage: Storage) -> People:
    return await people(storage)
