"""Many confirmations at once, and processes that are killed: one effect, whole or none."""

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shop.desk import Desk
from shop.domain import OrderStatus
from shop.domain.command import (
    CancelOrder,
    CancelReason,
    Command,
    Condition,
    ExchangeGoods,
    ProtectPrice,
    ReturnReason,
    UrgeShipment,
)
from shop.domain.effect import Outcome
from shop.domain.refusal import NotInStock, Refused
from shop.domain.ulid import new_ulid
from shop.ports import AfterSalePort
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from tests.integration.shop.world import OWNER, RULES, Clock, People, people

pytestmark = pytest.mark.asyncio

WRITERS = Path(__file__).with_name("writers.py")
ROOT = Path(__file__).parents[3]
CANCEL = CancelOrder("PAID", CancelReason.CHANGED_MIND)
LEASE = timedelta(minutes=2)


@pytest.fixture
def near(served: Storage, clock: Clock) -> Desk:
    return Desk(served, RULES, sql_back_office(served, RULES), clock=clock)


async def _proposed(desk: Desk, who: People, command: Command) -> str:
    return (await desk.propose(who.owner, command)).operation_id


async def test_fifty_duplicate_confirmations_are_one(served: Storage, near: Desk) -> None:
    who = await people(served)
    operation_id = await _proposed(near, who, CANCEL)
    confirm = (near.confirm(who.owner, operation_id) for _ in range(50))
    receipts = await asyncio.gather(*confirm)
    assert len({receipt.outcome and receipt.outcome.refund for receipt in receipts}) == 1
    await _cancelled_once(served, operation_id)


async def test_duplicates_from_two_processes_are_one(
    served: Storage, near: Desk, database_url: str
) -> None:
    who = await people(served)
    operation_id = await _proposed(near, who, CANCEL)
    arguments = ("confirm", database_url, who.owner.conversation_id, operation_id)
    started = [_process(*arguments) for _ in range(2)]
    told = [process.communicate(timeout=100) for process in started]
    assert [errors for _, errors in told] == ["", ""]
    tickets = [line for output, _ in told for line in output.split()]
    assert (len(tickets), len(set(tickets))) == (50, 1)
    await _cancelled_once(served, operation_id)


async def test_two_tabs_that_propose_the_same_have_one_effect(served: Storage, near: Desk) -> None:
    who = await people(served)
    for wanted in (UrgeShipment("PAID"), ProtectPrice("DELIVERED", 1)):
        ids = [await _proposed(near, who, wanted) for _ in range(10)]
        confirm = (near.confirm(who.owner, operation_id) for operation_id in ids)
        ended = await asyncio.gather(*confirm, return_exceptions=True)
        assert sum(not isinstance(one, BaseException) for one in ended) == 1
        refused = [one for one in ended if isinstance(one, Refused)]
        assert [one.code for one in refused] == ["already_asked"] * 9


async def test_the_last_pieces_go_to_whom_they_suffice(served: Storage) -> None:
    """The second one has read the stock before the first one has taken it."""
    who = await people(served)
    back = (0, 2, ReturnReason.WRONG_SIZE, Condition.SEALED, "shirt-l")

    async def second() -> None:
        wanted = ExchangeGoods("INVOICED", *back)
        await sql_back_office(served, RULES).after_sale.apply(new_ulid(), who.owner, wanted)

    async with served.unit() as unit:
        wanted = ExchangeGoods("DELIVERED", *back)
        await unit.applying.apply(new_ulid(), who.owner, wanted, RULES)
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.3)
        await unit.commit()
    with pytest.raises(NotInStock):
        await waiting
    async with served.unit() as unit:
        assert (await unit.catalog.card("shirt-l")).stock == 1


@pytest.mark.parametrize("command", [CANCEL, ProtectPrice("DELIVERED", 1)])
async def test_killed_anywhere_it_is_whole_after_a_restart(
    served: Storage, near: Desk, database_url: str, command: Command
) -> None:
    """Killed before its first write, its second, … until it gets through."""
    who = await people(served)
    operation_id = await _proposed(near, who, command)
    step, finished = 0, False
    while not finished:
        step += 1
        process = _process("die", database_url, who.owner.conversation_id, operation_id, str(step))
        output, errors = process.communicate(timeout=60)
        finished = "finished" in output
        assert process.returncode == (0 if finished else -signal.SIGKILL), errors
        await _whole_or_nothing(served, operation_id)
    assert step > 8
    async with served.unit() as unit:
        assert len(await unit.audits.of_operation(operation_id)) >= 2
        assert await unit.operations.due() == []


async def test_killed_in_the_middle_the_outbox_ends_it(
    served: Storage, near: Desk, database_url: str, clock: Clock
) -> None:
    who = await people(served)
    operation_id = await _proposed(near, who, CANCEL)
    arguments = (database_url, who.owner.conversation_id, operation_id, "8")
    killed = _process("die", *arguments)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    async with served.unit() as unit:
        assert (await unit.orders.get("PAID", OWNER)).status is OrderStatus.PAID
    clock.moment += LEASE
    assert [delivery.operation_id for delivery in await near.deliver()] == [operation_id]
    await _cancelled_once(served, operation_id)


async def test_what_a_crash_cut_off_is_delivered(served: Storage, clock: Clock) -> None:
    """Confirmed, applied, and killed before it could be marked as done."""
    who = await people(served)
    office = sql_back_office(served, RULES)
    dying = replace(office, after_sale=_Dying(office.after_sale))
    desk = Desk(served, RULES, dying, clock=clock)
    operation_id = await _proposed(desk, who, CANCEL)
    with pytest.raises(Died):
        await desk.confirm(who.owner, operation_id)
    first = await office.after_sale.apply(operation_id, who.owner, CANCEL)
    assert await desk.deliver() == []
    clock.moment += LEASE
    (delivery,) = await desk.deliver()
    assert delivery.receipt is not None
    assert delivery.receipt.outcome == first
    assert await desk.deliver() == []
    await _cancelled_once(served, operation_id)


class Died(BaseException):
    """Not an error: the end."""


class _Dying:
    """Applies, once without being able to tell."""

    def __init__(self, living: AfterSalePort) -> None:
        self._living = living
        self._died = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._living, name)

    async def apply(self, *arguments: Any) -> Outcome:
        outcome = await self._living.apply(*arguments)
        if not self._died:
            self._died = True
            raise Died
        return outcome


async def _cancelled_once(storage: Storage, operation_id: str) -> None:
    async with storage.unit() as unit:
        order = await unit.orders.get("PAID", OWNER)
        assert order.status is OrderStatus.REFUNDING
        assert [item.cancelled for item in order.items] == [3, 1]
        (refund,) = await unit.refunds.of_order("PAID")
        assert refund.amount == order.amount
        assert len(await unit.tickets.of_order("PAID")) == 1
        log = await unit.audits.of_operation(operation_id)
        assert [entry.change.after for entry in log][-1] == "退款中"
        assert len(log) == 5


async def _whole_or_nothing(storage: Storage, operation_id: str) -> None:
    """Ticket, refund and log belong together."""
    async with storage.unit() as unit:
        log = await unit.audits.of_operation(operation_id)
        named = {entry.change.subject.split(":")[0] for entry in log}
        found = [*await unit.refunds.of_order("PAID"), *await unit.refunds.of_order("DELIVERED")]
        assert len(found) == (1 if log else 0)
        assert not log or {"ticket", "refund"} <= named


def _process(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(WRITERS), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
