"""Giving a confirmed operation its effect, in the shop's systems and in ours."""

from collections.abc import Sequence

from shop.desk.proposing import Proposing
from shop.desk.views import Receipt
from shop.domain import saying_no
from shop.domain.command import ClaimCoupon, EraseData
from shop.domain.effect import Outcome
from shop.domain.errors import BackendDown, ShopError
from shop.domain.pending import Pending, PendingState
from shop.ports import BackOffice, Eraser
from shop.storage import Storage


class Performing:
    """Every step may be repeated, so a crash between two of them is mended by doing all again."""

    def __init__(
        self,
        storage: Storage,
        office: BackOffice,
        proposing: Proposing,
        erasers: Sequence[Eraser],
    ) -> None:
        self._storage = storage
        self._office = office
        self._proposing = proposing
        self._erasers = erasers

    async def perform(self, pending: Pending) -> Receipt:
        """Raises Refused and what the gate raises; then the operation has ended without effect."""
        if pending.refusal is not None:
            raise saying_no.load(pending.refusal)
        name = pending.command.operation.value
        try:
            if pending.state is not PendingState.DONE:
                await self._proposing.authorise(pending.requester, pending.command)
            outcome = await self._effect(pending)
        except BackendDown:
            done = pending.state is PendingState.DONE
            return Receipt(pending.operation_id, name, "done" if done else "queued")
        except saying_no.FINAL as no:
            await self._refuse(pending, no)
            raise
        await self._end(pending, PendingState.DONE)
        return Receipt(pending.operation_id, name, "done", outcome)

    async def _effect(self, pending: Pending) -> Outcome | None:
        operation_id, who, command = pending.operation_id, pending.requester, pending.command
        if isinstance(command, EraseData):
            if pending.state is not PendingState.DONE:
                await self._erase(pending)
            return None
        if isinstance(command, ClaimCoupon):
            await self._office.promotions.claim(operation_id, who, command.coupon_id)
            return None
        apply = self._office.after_sale.apply
        return await apply(operation_id, who, command, pending.facts)

    async def _erase(self, pending: Pending) -> None:
        """Our own part last: it forgets whose conversations they were."""
        who = pending.requester
        await self._office.after_sale.erase(pending.operation_id, who)
        async with self._storage.unit() as unit:
            ids = await unit.erasing.conversations_of(who.conversation_id, who.customer_id)
            photos = await unit.photos.of_conversations(ids)
        for eraser in self._erasers:
            await eraser.erase(ids, photos)
        async with self._storage.unit() as unit:
            await unit.erasing.talk(ids, who.customer_id, pending.operation_id)
            await unit.operations.end(pending.operation_id, PendingState.DONE)
            await unit.commit()

    async def _refuse(self, pending: Pending, no: ShopError) -> None:
        if pending.state is PendingState.DONE:
            return
        refusal = saying_no.dump(no)
        async with self._storage.unit() as unit:
            await unit.operations.end(pending.operation_id, PendingState.REFUSED, refusal)
            await unit.commit()

    async def _end(self, pending: Pending, state: PendingState) -> None:
        if pending.state is state:
            return
        async with self._storage.unit() as unit:
            await unit.operations.end(pending.operation_id, state)
            await unit.commit()
