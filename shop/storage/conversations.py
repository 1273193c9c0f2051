"""Conversations and messages in the database."""

import hashlib
import secrets
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.clock import Clock, now
from shop.domain.conversation import Choice, Conversation, Draft, Message, Sender
from shop.domain.errors import UnknownConversation
from shop.domain.text import writable
from shop.domain.ulid import new_ulid
from shop.storage import cart_owner
from shop.storage.schema import conversations, messages


class Conversations:
    """Who talks with the shop, and what was said."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def start(self, customer_id: str | None = None) -> tuple[Conversation, str]:
        """A new conversation and its token, which is not kept and cannot be asked for again."""
        token = secrets.token_urlsafe(32)
        conversation = Conversation(new_ulid(), customer_id, self._clock())
        row = {**vars(conversation), "token_hash": _hash(token)}
        await self._connection.execute(conversations.insert().values(**row))
        return conversation, token

    async def by_token(self, token: str) -> Conversation:
        """Raises UnknownConversation."""
        return await self._one(conversations.c.token_hash == _hash(token))

    async def get(self, conversation_id: str) -> Conversation:
        """Raises UnknownConversation."""
        return await self._one(conversations.c.conversation_id == conversation_id)

    async def latest_of(self, customer_id: str) -> Conversation | None:
        """The one in which something was said last; None where the customer has none."""
        # Ids of messages and of conversations are ULIDs: both grow with time.
        moved = func.coalesce(conversations.c.last_message_id, conversations.c.conversation_id)
        query = select(conversations).where(conversations.c.customer_id == customer_id)
        row = (await self._connection.execute(query.order_by(moved.desc()).limit(1))).first()
        return None if row is None else _conversation(row)

    async def identify(self, conversation_id: str, customer_id: str) -> Conversation:
        """A guest turns out to be this customer, and brings the cart along."""
        row = await lock(self._connection, conversation_id)
        guest = cart_owner.name(row)
        same = conversations.c.conversation_id == conversation_id
        change = update(conversations).where(same).values(customer_id=customer_id)
        await self._connection.execute(change)
        known = await self.get(conversation_id)
        await cart_owner.move(self._connection, guest, cart_owner.name(known))
        return known

    async def append(
        self, conversation_id: str, draft: Draft, client_id: str | None = None
    ) -> tuple[Message, bool]:
        """Store a message, or find the one stored before under this `client_id` (then False)."""
        row = await lock(self._connection, conversation_id)
        if client_id is not None:
            stored = await self._by_client(conversation_id, client_id)
            if stored is not None:
                return stored, False
        message = Message(
            **{**vars(draft), "text": writable(draft.text)},
            id=new_ulid(after=row.last_message_id),
            at=self._clock(),
            client_id=client_id,
        )
        await self._store(conversation_id, message)
        return message, True

    async def history(
        self, conversation_id: str, after: str | None = None, limit: int = 200
    ) -> list[Message]:
        """Oldest first: the first `limit` after the message `after`, or the last `limit` of all."""
        query = select(messages).where(messages.c.conversation_id == conversation_id).limit(limit)
        if after is not None:
            query = query.where(messages.c.id > after).order_by(messages.c.id)
            return [_message(row) for row in await self._connection.execute(query)]
        latest = await self._connection.execute(query.order_by(messages.c.id.desc()))
        return [_message(row) for row in reversed(latest.all())]

    async def turn(self, conversation_id: str, client_id: str) -> list[Message]:
        """What was answered to the message of this `client_id`; empty while unanswered."""
        asked = await self._by_client(conversation_id, client_id)
        if asked is None:
            return []
        mine = messages.c.conversation_id == conversation_id
        query = select(messages).where(mine, messages.c.reply_to == asked.id)
        rows = await self._connection.execute(query.order_by(messages.c.id))
        return [_message(row) for row in rows]

    async def _one(self, condition: Any) -> Conversation:
        row = (await self._connection.execute(select(conversations).where(condition))).first()
        if row is None:
            raise UnknownConversation
        return _conversation(row)

    async def _by_client(self, conversation_id: str, client_id: str) -> Message | None:
        query = select(messages).where(
            messages.c.conversation_id == conversation_id, messages.c.client_id == client_id
        )
        row = (await self._connection.execute(query)).first()
        return None if row is None else _message(row)

    async def _store(self, conversation_id: str, message: Message) -> None:
        row = {**vars(message), "sender": message.sender.value, "data": dict(message.data)}
        row["choices"] = [vars(choice) for choice in message.choices]
        row["conversation_id"] = conversation_id
        await self._connection.execute(messages.insert().values(**row))
        same = conversations.c.conversation_id == conversation_id
        newest = update(conversations).where(same).values(last_message_id=message.id)
        await self._connection.execute(newest)


async def lock(connection: AsyncConnection, conversation_id: str) -> Row[Any]:
    """Take the conversation for the rest of the unit; raises UnknownConversation.

    An update that changes nothing locks the row on PostgreSQL and the database on SQLite.
    """
    same = conversations.c.conversation_id == conversation_id
    unchanged = update(conversations).where(same).values(started_at=conversations.c.started_at)
    row: Row[Any] | None = (await connection.execute(unchanged.returning(conversations))).first()
    if row is None:
        raise UnknownConversation
    return row


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(row.conversation_id, row.customer_id, row.started_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _message(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        sender=Sender(row.sender),
        type=row.type,
        text=row.text,
        data=row.data,
        choices=tuple(Choice(**choice) for choice in row.choices),
        reply_to=row.reply_to,
        client_id=row.client_id,
        at=row.at,
    )
