"""删除我的数据, to the last byte: no file of the system holds a trace of the customer afterwards."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from shop.desk import Desk
from shop.domain.clock import now
from shop.domain.command import EraseData
from shop.domain.customer import Customer
from shop.storage.back_office import sql_back_office
from shop.storage.photo_folder import PhotoFolder
from shop.storage.trackers import Trackers
from tests.integration.gateway.fakes import Shopper
from tests.integration.gateway.test_gateway_identity import signed
from tests.integration.gateway.test_gateway_photos import picture, shown, upload
from tests.integration.gateway.world import RULES, Gateway, Start
from web import keys
from web.config import GatewayConfig

pytestmark = pytest.mark.asyncio

CUSTOMER = Customer(
    "customer-77", "欧阳无痕", "13912345678", "杭州市忘川路 99 号", "金卡会员", 5, now()
)
SECRET = "我住在忘川路，电话13912345678"
EVENTS = "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)"


class Memory:
    """Rasa's side of it: keeps what it hears, and on 删除 has an action erase; saves when it ends."""

    def __init__(self, gateway: Gateway, folder: Path) -> None:
        self._database = folder / "rasa.db"
        self._trackers = Trackers(f"sqlite:///{self._database}")
        erasers = (self._trackers, PhotoFolder(folder / "photos"))
        office = sql_back_office(gateway.storage, RULES)
        self.desk = Desk(gateway.storage, RULES, office, erasers)
        self._all: list[tuple[str, str]] = []
        gateway.rasa.hears = self.hears
        with closing(sqlite3.connect(self._database)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")

    async def hears(self, sender: str, text: str) -> None:
        self._all.append((sender, text))
        if "删除" in text:
            await self.erase(sender)
        self.save(sender)

    async def erase(self, conversation_id: str) -> None:
        requester = await self.desk.requester(conversation_id)
        proposal = await self.desk.propose(requester, EraseData(CUSTOMER.phone[-4:]))
        await self.desk.confirm(requester, proposal.operation_id)

    def save(self, sender: str) -> None:
        """All of the conversation where nothing is stored, as Rasa does."""
        with closing(sqlite3.connect(self._database)) as connection, connection:
            connection.execute(EVENTS)
            held = "SELECT count(*) FROM events WHERE sender_id = ?"
            (stored,) = connection.execute(held, (sender,)).fetchone()
            said = [row for row in self._all if row[0] == sender]
            insert = "INSERT INTO events (sender_id, data) VALUES (?, ?)"
            connection.executemany(insert, said[stored:])

    async def close(self) -> None:
        await self._trackers.aclose()


async def settled(gateway: Gateway) -> Shopper:
    """A signed-in customer of the shop."""
    async with gateway.storage.unit() as unit:
        await unit.customers.add([CUSTOMER])
        await unit.commit()
    return await gateway.open({"customer_token": signed(sub=CUSTOMER.customer_id)})


def traces(folder: Path, *words: str) -> set[tuple[str, str]]:
    """Files, and which of the words their bytes hold."""
    found = set()
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            escaped = {word: word.encode("unicode_escape") for word in words}
            found |= {
                (file.name, word)
                for word in words
                if word.encode() in content or escaped[word] in content
            }
    return found


WORDS = ("忘川路", "13912345678", "欧阳无痕", "customer-77")


async def test_no_file_holds_a_trace(gateway: Gateway, tmp_path: Path) -> None:
    memory = Memory(gateway, tmp_path)
    shopper = await settled(gateway)
    for number in range(30):
        await shopper.say(f"{SECRET} {number}")
    photo_id = (await upload(shopper, picture()))["photo_id"]
    await shopper.call("POST", "/api/chat", {"text": "看图", "photos": [photo_id]})
    assert {word for _, word in traces(tmp_path, *WORDS)} == set(WORDS)
    assert (tmp_path / "photos" / photo_id).exists()
    await shopper.say("删除我的数据")
    assert traces(tmp_path, *WORDS, photo_id) == set()
    assert list((tmp_path / "photos").iterdir()) == []
    assert (await shown(shopper, photo_id)).status == 404
    assert [message["from"] for message in await shopper.history()] == ["bot"]
    await memory.close()


async def test_what_was_said_afterwards_is_remembered(gateway: Gateway, tmp_path: Path) -> None:
    memory = Memory(gateway, tmp_path)
    shopper = await settled(gateway)
    await shopper.say("删除我的数据")
    await shopper.say("我想买手机")
    assert {name for name, _ in traces(tmp_path, "我想买手机")} >= {"rasa.db-wal", "shop.db-wal"}
    assert len(await shopper.history()) == 3
    await memory.close()


async def test_a_turn_whose_end_was_not_heard_is_finished(
    start: Start, config: GatewayConfig, tmp_path: Path
) -> None:
    gateway = await start(config)
    memory = Memory(gateway, tmp_path)
    shopper = await settled(gateway)
    await shopper.say(SECRET)
    await memory.erase(shopper.conversation_id)
    memory.save(shopper.conversation_id)
    assert traces(tmp_path, "忘川路")
    with closing(sqlite3.connect(tmp_path / "rasa.db")) as connection, connection:
        long_ago = (now() - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M:%S.%f")
        connection.execute("UPDATE unfinished_erasures SET at = ?", (long_ago,))
    forgetting = gateway.client.app[keys.FORGETTING]
    await forgetting.finish()
    assert traces(tmp_path, *WORDS) == set()
    await memory.close()


async def test_rasas_database_out_of_reach_keeps_nobody_from_talking(
    gateway: Gateway, shopper: Shopper, tmp_path: Path
) -> None:
    (tmp_path / "rasa.db").write_bytes(b"this is no database" * 100)
    (answer,) = await shopper.say("我想买手机")
    assert answer["text"] == "您说的是：我想买手机"
