"""Parcels in the database."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.parcel import Parcel, ParcelEvent
from shop.storage.rows import record, values
from shop.storage.service_schema import parcel_events, parcels
from shop.storage.statements import insert_new, run_many


class Parcels:
    """What carriers reported."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_order(self, order_no: str) -> tuple[Parcel, ...]:
        """Oldest first."""
        query = select(parcels).where(parcels.c.order_no == order_no)
        ordered = query.order_by(parcels.c.shipped_at, parcels.c.parcel_no)
        rows = (await self._connection.execute(ordered)).all()
        events = await self._events([row.parcel_no for row in rows])
        return tuple(
            record(Parcel, row, lines=tuple(row.lines), events=tuple(events[row.parcel_no]))
            for row in rows
        )

    async def add(self, wanted: Iterable[Parcel]) -> None:
        """Parcels and events that exist stay as they are; new events are appended."""
        known = list(wanted)
        rows = [values(parcel, lines=list(parcel.lines)) for parcel in known]
        for row in rows:
            del row["events"]
        await run_many(self._connection, insert_new(self._connection, parcels), rows)
        entries = [
            {"parcel_no": parcel.parcel_no, "position": n, "at": event.at, "text": event.text}
            for parcel in known
            for n, event in enumerate(parcel.events)
        ]
        await run_many(self._connection, insert_new(self._connection, parcel_events), entries)

    async def _events(self, numbers: list[str]) -> dict[str, list[ParcelEvent]]:
        found: dict[str, list[ParcelEvent]] = defaultdict(list)
        query = select(parcel_events).where(parcel_events.c.parcel_no.in_(numbers))
        for row in await self._connection.execute(query.order_by(parcel_events.c.position)):
            found[row.parcel_no].append(ParcelEvent(row.at, row.text))
        return found
