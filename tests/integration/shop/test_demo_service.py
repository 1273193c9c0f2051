"""The demo shop as shipped has an order for every state that after-sale service meets."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from shop.desk import Desk
from shop.domain.command import (
    Command,
    Condition,
    DefectKind,
    ExchangeGoods,
    ProtectPrice,
    Remedy,
    ReportDefect,
    ReportPayment,
    ReportStaleParcel,
    RequestInvoice,
    ReturnGoods,
    ReturnReason,
    UrgeShipment,
)
from shop.domain.invoice import InvoiceKind, InvoiceState, check_tax_number
from shop.domain.refusal import InvoiceExists, NotOverdue, PaymentConsistent, WindowClosed
from shop.domain.requester import Requester
from shop.seed import seed_demo
from shop.service import read_service
from shop.storage import Storage, migrate
from shop.storage.back_office import sql_back_office

pytestmark = pytest.mark.asyncio

CATALOG = Path(__file__).parents[3] / "data" / "catalog"
Talk = Callable[[str], Awaitable[Requester]]
SEALED = (ReturnReason.NO_REASON, Condition.SEALED)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('demo') / 'shop.db'}"


@pytest_asyncio.fixture
async def storage(seeded: str) -> AsyncIterator[Storage]:
    """Nothing is confirmed here, so one shop serves all tests."""
    migrate(seeded)
    storage = Storage(seeded)
    await seed_demo(storage, CATALOG)
    yield storage
    await storage.close()


@pytest.fixture
def desk(storage: Storage) -> Desk:
    rules = read_service(CATALOG / "demo" / "service.json")
    return Desk(storage, rules, sql_back_office(storage, rules))


@pytest.fixture
def talk(storage: Storage) -> Talk:
    async def start(customer: str) -> Requester:
        async with storage.unit() as unit:
            conversation, _ = await unit.conversations.start(customer)
            await unit.commit()
        return Requester(conversation.conversation_id, customer)

    return start


@pytest.mark.parametrize(
    ("customer", "command"),
    [
        ("demo-01", UrgeShipment("DG100054")),
        ("demo-01", ReportStaleParcel("DG100055", "B-DG100055-1")),
        ("demo-03", ProtectPrice("DG100057", 0)),
        ("demo-04", ReportPayment("DG100058")),
        ("demo-10", ReportPayment("DG100062")),
        ("demo-01", ReturnGoods("DG100063", 0, 1, *SEALED)),
        ("demo-02", ReturnGoods("DG100056", 0, 1, *SEALED)),
        ("demo-01", RequestInvoice("DG100001", InvoiceKind.PERSONAL, "陈小满")),
    ],
)
async def test_what_can_be_asked(desk: Desk, talk: Talk, customer: str, command: Command) -> None:
    assert (await desk.propose(await talk(customer), command)).facts


@pytest.mark.parametrize(
    ("customer", "command", "refusal"),
    [
        ("demo-06", UrgeShipment("DG100019"), NotOverdue),
        ("demo-03", ReturnGoods("DG100009", 0, 1, *SEALED), WindowClosed),
        ("demo-04", ReportPayment("DG100059"), PaymentConsistent),
        ("demo-03", RequestInvoice("DG100008", InvoiceKind.PERSONAL, "王大海"), InvoiceExists),
    ],
)
async def test_what_cannot(
    desk: Desk, talk: Talk, customer: str, command: Command, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await desk.propose(await talk(customer), command)


async def test_clothes_come_in_other_sizes(desk: Desk, talk: Talk) -> None:
    who = Requester("talk", "demo-08")
    dress = (await desk.read.variants(who, "DG100061"))[0]
    bought = (await desk.read.order(who, "DG100061")).order.items[0]
    sizes = [
        one
        for one in dress.variants
        if one.options["尺码"] != bought.options["尺码"] and one.price == bought.price and one.stock
    ]
    wanted = ExchangeGoods(
        "DG100061", 0, 1, ReturnReason.WRONG_SIZE, Condition.OPENED, sizes[0].sku
    )
    assert (await desk.propose(await talk("demo-08"), wanted)).facts


async def test_parcels_that_arrived_that_travel_and_that_stand_still(desk: Desk) -> None:
    two = await desk.read.parcels(Requester("talk", "demo-02"), "DG100056")
    assert [view.parcel.delivered_at is not None for view in two] == [True, False]
    assert not any(view.stale for view in two)
    (still,) = await desk.read.parcels(Requester("talk", "demo-01"), "DG100055")
    assert still.stale
    (usual,) = await desk.read.parcels(Requester("talk", "demo-10"), "DG100028")
    assert not usual.stale


@pytest.mark.parametrize(
    ("customer", "order_no", "channel"),
    [
        ("demo-08", "DG100023", "支付宝"),
        ("demo-10", "DG100030", "微信支付"),
        ("demo-13", "DG100040", "银行卡"),
    ],
)
async def test_refunds_by_each_channel(
    desk: Desk, customer: str, order_no: str, channel: str
) -> None:
    (view,) = await desk.read.refunds(Requester("talk", customer), order_no)
    assert (view.refund.channel, view.refund.sent_at is None) == (channel, False)
    assert view.latest is not None


async def test_invoices_of_a_person_and_of_a_company(desk: Desk) -> None:
    (personal,) = await desk.read.invoices(Requester("talk", "demo-01"), "DG100003")
    (company,) = await desk.read.invoices(Requester("talk", "demo-03"), "DG100008")
    assert {personal.state, company.state} == {InvoiceState.ISSUED}
    assert company.tax_no == check_tax_number(company.tax_no or "")


async def test_warranties_that_run_and_that_ended(desk: Desk) -> None:
    who = Requester("talk", "demo-06")
    (runs,) = await desk.read.warranty(who, "DG100016")
    (ended,) = await desk.read.warranty(who, "DG100060")
    assert (runs.covered, ended.covered) == (True, False)


async def test_a_claim_is_in_time(desk: Desk, talk: Talk, storage: Storage) -> None:
    who = await talk("demo-01")
    async with storage.unit() as unit:
        photo = await unit.photos.add(who.conversation_id, "image/jpeg", 9, "0" * 64)
        await unit.commit()
    claim = ReportDefect("DG100063", 0, 1, DefectKind.DAMAGED, Remedy.RESEND, (photo.photo_id,))
    assert (await desk.propose(who, claim)).facts
