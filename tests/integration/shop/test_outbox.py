"""A back end that is down: nothing is lost, and nothing happens twice when it is back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shop.desk import Desk
from shop.domain.case import Sale
from shop.domain.command import CancelOrder, CancelReason, Complain, EraseData, UrgeShipment
from shop.domain.errors import BackendDown
from shop.domain.pending import PendingState
from shop.ports import BackOffice, OrderPort
from shop.storage import Storage
from tests.integration.shop.conftest import Down
from tests.integration.shop.world import RULES, TAIL, Clock, People

pytestmark = pytest.mark.asyncio

CANCEL = CancelOrder("PAID", CancelReason.CHANGED_MIND)
LATER = timedelta(hours=2)


@pytest.fixture
def down(storage: Storage, office: BackOffice, clock: Clock) -> Desk:
    """The same desk while the shop's systems cannot be reached."""
    return Desk(storage, RULES, Down.of(office), clock=clock)


async def test_a_confirmation_waits_and_is_delivered_once(
    desk: Desk, down: Desk, who: People, clock: Clock
) -> None:
    proposal = await desk.propose(who.owner, CANCEL)
    for _ in range(2):
        assert (await down.confirm(who.owner, proposal.operation_id)).state == "queued"
    clock.moment += LATER
    assert await down.deliver() == []
    assert await desk.deliver() == []
    clock.moment += LATER
    (delivery,) = await desk.deliver()
    assert (delivery.conversation_id, delivery.refusal) == (who.owner.conversation_id, None)
    assert delivery.receipt is not None and delivery.receipt.outcome is not None
    clock.moment += LATER
    assert await desk.deliver() == []
    again = await desk.confirm(who.owner, proposal.operation_id)
    assert again.outcome == delivery.receipt.outcome
    assert len(await desk.read.refunds(who.owner, "PAID")) == 1


async def test_a_shopper_who_confirms_again_need_not_wait(
    desk: Desk, down: Desk, who: People
) -> None:
    proposal = await desk.propose(who.owner, CANCEL)
    assert (await down.confirm(who.owner, proposal.operation_id)).state == "queued"
    assert (await desk.confirm(who.owner, proposal.operation_id)).state == "done"


async def test_a_done_operation_stays_done_while_the_back_end_is_down(
    desk: Desk, down: Desk, who: People
) -> None:
    proposal = await desk.propose(who.owner, CANCEL)
    await desk.confirm(who.owner, proposal.operation_id)
    assert (await down.confirm(who.owner, proposal.operation_id)).state == "done"


async def test_a_request_that_could_not_even_be_checked_is_kept(
    desk: Desk, down: Desk, who: People
) -> None:
    with pytest.raises(BackendDown):
        await down.propose(who.owner, UrgeShipment("PAID"))
    assert (await down.keep(who.owner, UrgeShipment("PAID"))).state == "queued"
    (delivery,) = await desk.deliver()
    assert delivery.receipt is not None and delivery.receipt.outcome is not None
    assert delivery.receipt.outcome.ticket is not None


async def test_what_was_kept_is_authorised_when_it_is_delivered(
    desk: Desk, down: Desk, who: People
) -> None:
    await down.keep(who.other, CANCEL)
    await down.keep(who.unverified, Complain("太慢", "PAID"))
    ended = await desk.deliver()
    assert [one.refusal for one in ended] == [{"code": "unknown_order", "facts": {}}] * 2
    assert await desk.read.refunds(who.owner, "PAID") == []
    assert await desk.deliver() == []


async def test_a_rule_that_says_no_later_is_told(desk: Desk, down: Desk, who: People) -> None:
    await down.keep(who.owner, UrgeShipment("SHIPPED"))
    (delivery,) = await desk.deliver()
    assert delivery.refusal == {"code": "wrong_state", "facts": {"status": "已发货"}}


async def test_erasing_cannot_wait_unchecked(down: Desk, who: People) -> None:
    with pytest.raises(BackendDown):
        await down.keep(who.owner, EraseData(TAIL))


async def test_one_that_fails_does_not_hold_up_the_others(
    storage: Storage, office: BackOffice, down: Desk, who: People, clock: Clock
) -> None:
    await down.keep(who.owner, UrgeShipment("PAID"))
    await down.keep(who.owner, UrgeShipment("SHIPPED"))
    broken = Desk(storage, RULES, replace(office, orders=_Broken(office.orders)), clock=clock)
    assert len(await broken.deliver()) == 1
    async with storage.unit() as unit:
        states = [p.state for p in await unit.operations.of_conversation(who.owner.conversation_id)]
    assert states == [PendingState.CONFIRMED, PendingState.REFUSED]


class _Broken:
    """A mistake of ours in one order."""

    def __init__(self, sound: OrderPort) -> None:
        self._sound = sound

    async def sale(self, order_no: str) -> Sale:
        if order_no == "PAID":
            raise ZeroDivisionError
        return await self._sound.sale(order_no)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sound, name)


async def test_reads_say_that_the_back_end_is_down(down: Desk, who: People) -> None:
    with pytest.raises(BackendDown):
        await down.read.order(who.owner, "PAID")
    summary = await down.summary(who.agent, who.owner.conversation_id)
    assert (summary.orders, summary.tickets) == (None, None)
