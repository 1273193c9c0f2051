"""Storage and its unit of work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.storage import engine
from shop.storage.applying import Applying
from shop.storage.audits import Audits
from shop.storage.carts import Carts
from shop.storage.cases import Cases
from shop.storage.catalog import Catalog
from shop.storage.conversations import Conversations
from shop.storage.coupons import Coupons
from shop.storage.customers import Customers
from shop.storage.erasing import Erasing
from shop.storage.events import Events
from shop.storage.freights import Freights
from shop.storage.handoffs import Handoffs
from shop.storage.invoices import Invoices
from shop.storage.notices import Notices
from shop.storage.operations import Operations
from shop.storage.orders import Orders
from shop.storage.parcels import Parcels
from shop.storage.payments import Payments
from shop.storage.photos import Photos
from shop.storage.policies import Policies
from shop.storage.promotions import Promotions
from shop.storage.refunds import Refunds
from shop.storage.reviews import Reviews, Satisfactions
from shop.storage.size_charts import SizeCharts
from shop.storage.tickets import Tickets
from shop.storage.verifications import Verifications


class Unit:
    """One piece of work on the database: what is not committed never happened."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self.now = clock
        self.catalog = Catalog(connection)
        self.conversations = Conversations(connection, clock)
        self.carts = Carts(connection, clock)
        self.customers = Customers(connection)
        self.orders = Orders(connection, clock)
        self.coupons = Coupons(connection, clock)
        self.promotions = Promotions(connection, clock)
        self.notices = Notices(connection, clock)
        self.policies = Policies(connection)
        self.freights = Freights(connection)
        self.size_charts = SizeCharts(connection)
        self.events = Events(connection)
        self.handoffs = Handoffs(connection, clock)
        self.parcels = Parcels(connection)
        self.payments = Payments(connection)
        self.tickets = Tickets(connection)
        self.refunds = Refunds(connection)
        self.invoices = Invoices(connection)
        self.reviews = Reviews(connection)
        self.satisfactions = Satisfactions(connection, clock)
        self.cases = Cases(connection)
        self.applying = Applying(connection, clock)
        self.audits = Audits(connection, clock)
        self.operations = Operations(connection, clock)
        self.verifications = Verifications(connection, clock)
        self.photos = Photos(connection, clock)
        self.erasing = Erasing(connection)

    async def commit(self) -> None:
        await self._connection.commit()


class Storage:
    """The database of record: `sqlite:///path` or `postgresql://…`, already migrated."""

    def __init__(self, database_url: str, clock: Clock = now) -> None:
        self._engine = engine.create(database_url)
        self._clock = clock

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A unit of work; rolled back unless committed.

        A unit that has written holds locks until it ends: never wait for another process in it.
        """
        async with self._engine.connect() as connection:
            yield Unit(connection, self._clock)

    async def ping(self) -> None:
        """Raises where the database does not answer."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def scrub(self) -> None:
        """Take what was erased out of the file too."""
        await engine.scrub(self._engine)

    async def close(self) -> None:
        await self._engine.dispose()
