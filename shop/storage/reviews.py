"""Reviews of goods, and of the service, in the database."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.rating import Review, Satisfaction
from shop.storage.rows import record, values
from shop.storage.service_schema import reviews, satisfaction
from shop.storage.statements import insert_new


class Reviews:
    """What customers said of lines of their orders."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_order(self, order_no: str) -> tuple[Review, ...]:
        """By line."""
        query = select(reviews).where(reviews.c.order_no == order_no).order_by(reviews.c.line)
        return tuple(record(Review, row) for row in await self._connection.execute(query))

    async def add(self, review: Review) -> None:
        await self._connection.execute(reviews.insert().values(**values(review)))


class Satisfactions:
    """What shoppers said of the service: once a conversation."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def of_conversation(self, conversation_id: str) -> Satisfaction | None:
        same = satisfaction.c.conversation_id == conversation_id
        row = (await self._connection.execute(select(satisfaction).where(same))).first()
        return None if row is None else record(Satisfaction, row)

    async def rate(self, conversation_id: str, score: int | None) -> bool:
        """False where it was rated, or skipped, before."""
        row = values(Satisfaction(conversation_id, score, self._clock()))
        # What came back tells a new row from a kept one; the count of rows does not everywhere.
        new = insert_new(self._connection, satisfaction).returning(satisfaction.c.conversation_id)
        return (await self._connection.scalar(new, row)) is not None
