"""From a proposal to its effect: confirmed once, delivered for certain, applied once."""

import logging
from datetime import timedelta

from shop.desk.performing import Performing
from shop.desk.proposing import Proposing
from shop.desk.views import Delivery, Proposal, Receipt
from shop.domain import saying_no
from shop.domain.clock import Clock
from shop.domain.command import Command, EraseData
from shop.domain.errors import BackendDown
from shop.domain.pending import Pending, PendingState
from shop.domain.refusal import OperationExpired, UnknownOperation
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ulid import new_ulid
from shop.storage import Storage

log = logging.getLogger(__name__)

# A confirmation that is being performed is left alone by the deliverer for so long.
_LEASE = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)


class Writing:
    """Proposals live in our own database, so that a back end that is down loses nothing."""

    def __init__(
        self,
        storage: Storage,
        proposing: Proposing,
        performing: Performing,
        rules: ServiceRules,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._proposing = proposing
        self._performing = performing
        self._time = timedelta(minutes=rules.confirmation_minutes)
        self._clock = clock

    async def propose(self, requester: Requester, command: Command) -> Proposal:
        """Nothing changes yet. Raises Refused, UnknownOrder, BackendDown."""
        facts = await self._proposing.facts(requester, command)
        pending = await self._add(requester, command, PendingState.PROPOSED, dict(facts))
        return Proposal(pending.operation_id, command.operation.value, facts)

    async def keep(self, requester: Requester, command: Command) -> Receipt:
        """While the back end is down: checked and done as soon as it is back.

        Erasing needs a check that cannot wait; raises BackendDown.
        """
        if isinstance(command, EraseData):
            raise BackendDown
        pending = await self._add(requester, command, PendingState.CONFIRMED, None)
        return Receipt(pending.operation_id, command.operation.value, "queued")

    async def confirm(self, requester: Requester, operation_id: str) -> Receipt:
        """Twice is once. Raises UnknownOperation, OperationExpired, OperationChanged, Refused."""
        pending = await self._take(requester, operation_id)
        return await self._performing.perform(pending)

    async def decline(self, requester: Requester, operation_id: str) -> None:
        """The shopper would rather not; what was confirmed stays. Raises UnknownOperation."""
        async with self._storage.unit() as unit:
            pending = _own(requester, await unit.operations.hold(operation_id))
            if pending.state is PendingState.PROPOSED:
                await unit.operations.end(operation_id, PendingState.DECLINED)
                await unit.commit()

    async def deliver(self) -> list[Delivery]:
        """Perform what was kept, or cut off by a crash. How each ended; what waits on is left out."""
        async with self._storage.unit() as unit:
            due = await unit.operations.due()
        found = [await self._deliver(pending) for pending in due]
        return [delivery for delivery in found if delivery is not None]

    async def tidy(self) -> None:
        """Proposals that nobody confirmed in time are declined."""
        async with self._storage.unit() as unit:
            for operation_id in await unit.operations.expired(self._clock() - self._time):
                # Looked at again under the lock: it may be confirmed at this very moment.
                pending = await unit.operations.hold(operation_id)
                if pending.state is PendingState.PROPOSED:
                    await unit.operations.end(operation_id, PendingState.DECLINED)
            await unit.commit()

    async def _deliver(self, pending: Pending) -> Delivery | None:
        wait = min(_LEASE * 2**pending.attempts, _LONGEST_WAIT)
        async with self._storage.unit() as unit:
            await unit.operations.defer(pending.operation_id, self._clock() + wait)
            await unit.commit()
        name = pending.command.operation.value
        about = (pending.requester.conversation_id, pending.operation_id, name)
        try:
            receipt = await self._performing.perform(pending)
        except saying_no.FINAL as no:
            return Delivery(*about, None, saying_no.dump(no))
        except Exception as error:
            # One operation that cannot be done must not keep the others waiting.
            log.error("%s failed: %s", name, type(error).__name__)
            return None
        return None if receipt.state == "queued" else Delivery(*about, receipt)

    async def _take(self, requester: Requester, operation_id: str) -> Pending:
        """Confirmed from now on, whatever happens next."""
        async with self._storage.unit() as unit:
            pending = _own(requester, await unit.operations.hold(operation_id))
            if pending.state is not PendingState.PROPOSED:
                return pending
            if self._clock() - pending.created_at > self._time:
                raise OperationExpired
            await unit.operations.confirm(operation_id)
            await unit.operations.defer(operation_id, self._clock() + _LEASE)
            await unit.commit()
        return pending

    async def _add(
        self,
        requester: Requester,
        command: Command,
        state: PendingState,
        facts: dict[str, object] | None,
    ) -> Pending:
        # The digits have been checked, and are nobody's business any more.
        kept = EraseData() if isinstance(command, EraseData) else command
        pending = Pending(new_ulid(), requester, kept, facts, state, self._clock())
        async with self._storage.unit() as unit:
            await unit.operations.add(pending)
            await unit.commit()
        return pending


def _own(requester: Requester, pending: Pending) -> Pending:
    """Of the same conversation and person. Raises UnknownOperation."""
    asked, now = pending.requester, requester
    same = (asked.conversation_id, asked.customer_id, asked.agent_id)
    if same != (now.conversation_id, now.customer_id, now.agent_id):
        raise UnknownOperation
    if pending.state is PendingState.DECLINED:
        raise UnknownOperation
    return pending
