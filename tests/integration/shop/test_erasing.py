"""删除我的数据: what is gone is nowhere, and what the law wants kept leads to nobody."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from shop.desk import Desk
from shop.domain import Draft, Event, EventKind, Sender
from shop.domain.command import Command, Complain, EraseData, RequestRepair, ReviewGoods
from shop.domain.errors import BackendDown, UnknownOrder
from shop.domain.refusal import NotVerified
from shop.domain.requester import Requester
from shop.ports import BackOffice
from shop.storage import Storage
from tests.integration.shop.world import NOW, OWNER, RULES, TAIL, Clock, People

pytestmark = pytest.mark.asyncio

TRACES = (
    OWNER,
    "名C1",
    "13800000001",
    "演示路",
    "我家",
    "太慢了",
    "开不了机",
    "很好穿",
    "image/png",
)


class Memory:
    """The dialogue engine; it fails so often before it forgets."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.forgot: list[tuple[list[str], list[str]]] = []

    async def erase(self, conversation_ids: Sequence[str], photo_ids: Sequence[str]) -> None:
        if self.failures:
            self.failures -= 1
            raise BackendDown
        self.forgot.append((list(conversation_ids), list(photo_ids)))


def traces(folder: Path, words: Sequence[str]) -> set[tuple[str, str]]:
    """Where any of the words is still written: table and word."""
    engine = create_engine(f"sqlite:///{folder / 'shop.db'}")
    found = set()
    with engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        for (table,) in tables.all():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                cells = [str(cell) for cell in row]
                found |= {(table, word) for word in words if _written(word, cells)}
    engine.dispose()
    return found


def _written(word: str, cells: Sequence[str]) -> bool:
    """Ids as whole words, for the letters of other ids may contain them."""
    pattern = rf"\b{word}\b" if word.isascii() else re.escape(word)
    return any(re.search(pattern, cell) for cell in cells)


async def _live(storage: Storage, desk: Desk, who: Requester) -> list[str]:
    """Something of everything; the ids of the photos."""
    async with storage.unit() as unit:
        said = Draft(Sender.SHOPPER, text="寄到我家")
        await unit.conversations.append(who.conversation_id, said)
        await unit.carts.add(who.conversation_id, "shirt-m", 1)
        event = Event(f"e-{who.conversation_id}", who.conversation_id, EventKind.CLICK, "x", NOW)
        await unit.events.record([event])
        photo = await unit.photos.add(who.conversation_id, "image/png", 9, "0" * 64)
        await unit.commit()
    commands: list[Command] = [Complain("太慢了")]
    if who.customer_id is not None:
        async with storage.unit() as unit:
            await unit.coupons.claim("all-10", who.customer_id)
            await unit.commit()
        commands += [
            RequestRepair("DELIVERED", 1, "开不了机"),
            ReviewGoods("DELIVERED", 0, 5, "很好穿"),
        ]
    for command in commands:
        proposal = await desk.propose(who, command)
        await desk.confirm(who, proposal.operation_id)
    return [photo.photo_id]


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def desk(storage: Storage, office: BackOffice, clock: Clock, memory: Memory) -> Desk:
    return Desk(storage, RULES, office, [memory], clock)


async def test_a_customer_is_forgotten(
    desk: Desk, storage: Storage, who: People, tmp_path: Path, memory: Memory
) -> None:
    photos = await _live(storage, desk, who.owner)
    assert {word for _, word in traces(tmp_path, TRACES)} == set(TRACES)
    proposal = await desk.propose(who.owner, EraseData(TAIL))
    receipt = await desk.confirm(who.owner, proposal.operation_id)
    assert (receipt.state, receipt.outcome) == ("done", None)
    assert traces(tmp_path, TRACES) == set()
    assert memory.forgot == [([who.owner.conversation_id], photos)]
    anonymous = await desk.requester(who.owner.conversation_id)
    assert anonymous.customer_id is None
    with pytest.raises(UnknownOrder):
        await desk.read.order(anonymous, "PAID")
    async with storage.unit() as unit:
        kept = await unit.orders.find("PAID")
        assert (kept.amount, kept.address) == (4374, "")
        assert kept.customer_id.startswith("gone-")
        (entry,) = await unit.audits.of_operation(proposal.operation_id)
        assert (entry.actor, entry.change.after) == ("customer:erased", "erased")


async def test_nobody_else_is_touched(
    desk: Desk, storage: Storage, who: People, tmp_path: Path
) -> None:
    async with storage.unit() as unit:
        said = Draft(Sender.SHOPPER, text="别动我的")
        await unit.conversations.append(who.other.conversation_id, said)
        await unit.commit()
    words = ("C2", "名C2", "13800000002", "别动我的", "THEIRS")
    before = traces(tmp_path, words)
    proposal = await desk.propose(who.owner, EraseData(TAIL))
    await desk.confirm(who.owner, proposal.operation_id)
    assert traces(tmp_path, words) == before


async def test_the_phone_is_asked_for_once_more(desk: Desk, who: People) -> None:
    for tail in ("", "0002", "9999"):
        with pytest.raises(NotVerified):
            await desk.propose(who.owner, EraseData(tail))


async def test_a_guest_is_forgotten(
    desk: Desk, storage: Storage, who: People, tmp_path: Path
) -> None:
    words = ("我家", "太慢了", "image/png")
    await _live(storage, desk, who.verified)
    assert {word for _, word in traces(tmp_path, words)} == set(words)
    proposal = await desk.propose(who.verified, EraseData())
    await desk.confirm(who.verified, proposal.operation_id)
    assert traces(tmp_path, words) == set()
    assert (await desk.requester(who.verified.conversation_id)).verified == frozenset()
    assert (await desk.read.order(who.owner, "PAID")).order.customer_id == OWNER


async def test_a_memory_that_fails_is_asked_again(
    desk: Desk, storage: Storage, who: People, tmp_path: Path, memory: Memory, clock: Clock
) -> None:
    await _live(storage, desk, who.owner)
    memory.failures = 1
    proposal = await desk.propose(who.owner, EraseData(TAIL))
    assert (await desk.confirm(who.owner, proposal.operation_id)).state == "queued"
    assert ("messages", "我家") in traces(tmp_path, TRACES)
    clock.moment = NOW.replace(hour=8)
    (delivery,) = await desk.deliver()
    assert delivery.receipt is not None
    assert traces(tmp_path, TRACES) == set()
