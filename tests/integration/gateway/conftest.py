"""A gateway on a real database, with servers in the places of Rasa and the recommender."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

from recsys.client import RecommenderClient
from shop.domain import Policy
from shop.storage import Storage, migrate
from shop.storage.trackers import Trackers
from tests.integration.gateway.fakes import FakeRasa, FakeRecommender, Shopper
from tests.integration.gateway.world import (
    JWT_KEY,
    OTHER_PHONE,
    PARTNER,
    PHONE,
    SHOE,
    WORDING,
    Gateway,
    Start,
    desk_of,
)
from web.app import build_app
from web.config import GatewayConfig
from web.rasa import RasaClient


@pytest.fixture
def config(tmp_path: Path) -> GatewayConfig:
    return GatewayConfig(
        wording=WORDING,
        photos=tmp_path / "photos",
        jwt_key=JWT_KEY,
        allowed_origins=frozenset({PARTNER}),
        address_rate=None,
        conversation_rate=None,
        hello_timeout_s=0.3,
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
def database_url(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest_asyncio.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    migrate(database_url)
    storage = Storage(database_url)
    async with storage.unit() as unit:
        await unit.catalog.upsert((PHONE, OTHER_PHONE, SHOE))
        await unit.policies.upsert([Policy("service_hours", "人工客服时间", "每天 9:00 至 22:00")])
        await unit.commit()
    yield storage
    await storage.close()


@pytest_asyncio.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    rasa = FakeRasa()
    await rasa.start()
    yield rasa
    await rasa.stop()


@pytest_asyncio.fixture
async def recommender() -> AsyncIterator[FakeRecommender]:
    recommender = FakeRecommender(("phone-b", "phone-b-01"), ("phone-a", "phone-a-01"))
    await recommender.start()
    yield recommender
    await recommender.stop()


@pytest_asyncio.fixture
async def start(
    database: Path,
    tmp_path: Path,
    database_url: str,
    storage: Storage,
    rasa: FakeRasa,
    recommender: FakeRecommender,
) -> AsyncIterator[Start]:
    """Start gateways of whatever configuration, all on one database."""
    clients: list[TestClient[Any, Any]] = []

    async def start(config: GatewayConfig) -> Gateway:
        own = Storage(database_url)
        app = build_app(
            own,
            RasaClient(rasa.url, timeout_s=2),
            RecommenderClient(recommender.url, timeout_s=2),
            Trackers(f"sqlite:///{tmp_path}/rasa.db"),
            desk_of(own),
            config,
        )
        clients.append(TestClient(TestServer(app)))
        await clients[-1].start_server()
        return Gateway(clients[-1], database, storage, rasa, recommender)

    yield start
    for client in clients:
        await client.close()


@pytest_asyncio.fixture
async def gateway(start: Start, config: GatewayConfig) -> Gateway:
    return await start(config)


@pytest_asyncio.fixture
async def shopper(gateway: Gateway) -> Shopper:
    return await gateway.open()
