"""Guests who show that an order is theirs: five tries, by conversation and by address."""

import asyncio
from datetime import timedelta

import pytest

from shop.desk import Desk
from shop.domain.errors import BackendDown
from shop.domain.refusal import NotVerified, TooManyTries
from shop.domain.requester import Requester, address_key
from shop.ports import BackOffice
from shop.storage import Storage
from tests.integration.shop.conftest import Down
from tests.integration.shop.world import RULES, TAIL, Clock, People

pytestmark = pytest.mark.asyncio

SECRET = b"s" * 32


async def _seen_from(storage: Storage, who: Requester, address: str) -> None:
    async with storage.unit() as unit:
        key = address_key(address, SECRET)
        await unit.verifications.seen_from(who.conversation_id, key)
        await unit.commit()


async def _guest(storage: Storage) -> Requester:
    async with storage.unit() as unit:
        conversation, _ = await unit.conversations.start()
        await unit.commit()
    return Requester(conversation.conversation_id)


async def test_number_and_phone_open_one_order_to_the_conversation(desk: Desk, who: People) -> None:
    guest = await desk.verify(who.unverified, "PAID", TAIL)
    assert guest.verified == {"PAID"}
    assert await desk.requester(guest.conversation_id) == guest
    assert (await desk.read.order(guest, "PAID")).order.order_no == "PAID"


@pytest.mark.parametrize(
    ("order_no", "tail"),
    [("PAID", "0002"), ("NOBODYS", TAIL), ("PAID", ""), ("PAID", "1"), ("", TAIL), ("..", TAIL)],
)
async def test_wrong_number_and_wrong_phone_look_the_same(
    desk: Desk, who: People, order_no: str, tail: str
) -> None:
    with pytest.raises(NotVerified) as refused:
        await desk.verify(who.unverified, order_no, tail)
    assert refused.value.facts == {"left": 4}


async def test_after_five_tries_even_the_truth_is_refused(
    desk: Desk, who: People, clock: Clock
) -> None:
    for left in range(4, -1, -1):
        with pytest.raises(NotVerified) as refused:
            await desk.verify(who.unverified, "PAID", "9999")
        assert refused.value.facts == {"left": left}
    with pytest.raises(TooManyTries):
        await desk.verify(who.unverified, "PAID", TAIL)
    clock.moment += timedelta(hours=25)
    assert (await desk.verify(who.unverified, "PAID", TAIL)).verified


async def test_another_conversation_from_the_same_address_has_no_more_tries(
    desk: Desk, who: People, storage: Storage
) -> None:
    for n in range(5):
        guest = await _guest(storage)
        await _seen_from(storage, guest, f"2001:db8::{n}")
        with pytest.raises(NotVerified):
            await desk.verify(guest, "PAID", "9999")
    guest = await _guest(storage)
    await _seen_from(storage, guest, "2001:db8::ffff:1")
    with pytest.raises(TooManyTries):
        await desk.verify(guest, "PAID", TAIL)
    elsewhere = await _guest(storage)
    await _seen_from(storage, elsewhere, "203.0.113.9")
    assert (await desk.verify(elsewhere, "PAID", TAIL)).verified


async def test_many_tries_at_once_are_all_counted(desk: Desk, who: People) -> None:
    tries = (desk.verify(who.unverified, "PAID", f"{n:04}") for n in range(100, 130))
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, NotVerified) for one in ended) == 5
    assert sum(isinstance(one, TooManyTries) for one in ended) == 25


async def test_success_and_outage_are_no_failed_tries(
    desk: Desk, who: People, storage: Storage, clock: Clock, office: BackOffice
) -> None:
    for _ in range(7):
        await desk.verify(who.unverified, "PAID", TAIL)
        await desk.verify(who.unverified, "SHIPPED", TAIL)
    down = Desk(storage, RULES, Down.of(office), clock=clock)
    for _ in range(7):
        with pytest.raises(BackendDown):
            await down.verify(who.unverified, "DELIVERED", TAIL)
    assert (await desk.verify(who.unverified, "DELIVERED", TAIL)).verified


async def test_an_address_cannot_be_read_from_its_key() -> None:
    key = address_key("203.0.113.9", SECRET)
    assert "203" not in key
    assert key == address_key("203.0.113.9", SECRET)
    assert key != address_key("203.0.113.9", b"t" * 32)
    assert key != address_key("203.0.113.8", SECRET)
    assert address_key("unix", SECRET) != address_key("", SECRET)
