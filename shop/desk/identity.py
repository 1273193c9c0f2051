"""Who is at the desk: the conversation's customer, or a guest who shows that an order is theirs."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from shop.domain.audit import Change
from shop.domain.clock import Clock
from shop.domain.errors import BackendDown
from shop.domain.refusal import NotVerified, TooManyTries
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ulid import new_ulid
from shop.ports import BackOffice
from shop.storage import Storage

Ask = Callable[[str, str], Awaitable[bool]]


class Identity:
    """Requesters, from what the server knows of a conversation."""

    def __init__(
        self, storage: Storage, office: BackOffice, rules: ServiceRules, clock: Clock
    ) -> None:
        self._storage = storage
        self._office = office
        self._rules = rules
        self._clock = clock

    async def of(self, conversation_id: str) -> Requester:
        """Raises UnknownConversation."""
        async with self._storage.unit() as unit:
            conversation = await unit.conversations.get(conversation_id)
            verified = await unit.verifications.orders(conversation_id)
        return Requester(conversation_id, conversation.customer_id, verified)

    async def verify(self, requester: Requester, order_no: str, phone_tail: str) -> Requester:
        """Bind an order to the conversation. Raises NotVerified (`left`), TooManyTries."""
        if order_no not in requester.verified:
            await self._ask(requester, self._office.orders.order_phone_ends, order_no, phone_tail)
            async with self._storage.unit() as unit:
                await unit.verifications.bind(requester.conversation_id, order_no)
                change = Change(f"order:{order_no}:verified", None, requester.conversation_id)
                await unit.audits.log(new_ulid(), "verify", requester.actor, "shown", change)
                await unit.commit()
        return await self.of(requester.conversation_id)

    async def verify_owner(self, requester: Requester, phone_tail: str) -> None:
        """Ask a signed-in customer for their phone once more. Raises NotVerified, TooManyTries."""
        ask = self._office.orders.customer_phone_ends
        await self._ask(requester, ask, requester.customer_id or "", phone_tail)

    async def _ask(self, requester: Requester, ask: Ask, whose: str, phone_tail: str) -> None:
        """What was right is no failed try, nor is what could not be asked."""
        left = await self._try(requester)
        try:
            shown = await ask(whose, phone_tail)
        except BackendDown:
            await self._forgive(requester)
            raise
        if not shown:
            raise NotVerified(left=left)
        await self._forgive(requester)

    async def _try(self, requester: Requester) -> int:
        """Counted before the answer, so that many at once do not get more; how many are left."""
        since = self._since()
        keys = await self._keys(requester)
        async with self._storage.unit() as unit:
            counts = [await unit.verifications.count_try(key, since) for key in keys]
            await unit.commit()
        left = self._rules.tries - max(counts)
        if left < 0:
            raise TooManyTries
        return left

    async def _forgive(self, requester: Requester) -> None:
        keys = await self._keys(requester)
        async with self._storage.unit() as unit:
            for key in keys:
                await unit.verifications.forgive(key)
            await unit.commit()

    async def tidy(self) -> None:
        """Forget callers and tries that count no longer."""
        async with self._storage.unit() as unit:
            await unit.verifications.forget_callers(self._since())
            await unit.commit()

    def _since(self) -> datetime:
        return self._clock() - timedelta(hours=self._rules.tries_hours)

    async def _keys(self, requester: Requester) -> Iterable[str]:
        """By conversation, and by address where the gateway told one; in one order, against deadlocks."""
        async with self._storage.unit() as unit:
            address = await unit.verifications.address_key(requester.conversation_id)
        keys = [f"conversation:{requester.conversation_id}"]
        return sorted([*keys, *([f"address:{address}"] if address else [])])
