"""Who may do what: every operation for everybody, near and far."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from shop.desk import Desk
from shop.desk.reading import Reading
from shop.domain.command import (
    AdvanceTicket,
    CancelOrder,
    CancelReason,
    ChangeAddress,
    ClaimCoupon,
    Command,
    Complain,
    Condition,
    DefectKind,
    EraseData,
    ExchangeGoods,
    ProtectPrice,
    RefundOnly,
    ReissueInvoice,
    Remedy,
    ReportDefect,
    ReportPayment,
    ReportStaleParcel,
    RequestInvoice,
    RequestRepair,
    ReturnGoods,
    ReturnReason,
    ReviewGoods,
    SettleRefund,
    UrgeShipment,
    WithdrawTicket,
    all_commands,
)
from shop.domain.errors import ShopError, UnknownOrder
from shop.domain.invoice import InvoiceKind
from shop.domain.operation import RULES, Access, Operation, Subject
from shop.domain.refusal import NotAllowed, SignInRequired, UnknownTicket
from shop.domain.requester import Requester
from shop.domain.ticket import TicketStatus
from shop.storage import Storage
from shop.storage.schema import metadata
from tests.integration.shop.world import TAIL, People

pytestmark = pytest.mark.asyncio

EVERYBODY = ("owner", "other", "verified", "unverified", "agent")
PARTY = {"owner", "verified", "agent"}
SHOPPERS = {"owner", "other", "verified", "unverified"}
CUSTOMERS = {"owner", "other"}

# Written down once more, by hand: whom each operation must serve. For operations that are not about
# one order "other" and "unverified" are served too, with what is their own.
ALLOWED: Mapping[Operation, set[str]] = {
    Operation.ORDERS: CUSTOMERS,
    Operation.ORDER: PARTY,
    Operation.PARCELS: PARTY,
    Operation.REFUNDS: PARTY,
    Operation.INVOICES: PARTY,
    Operation.PAYMENTS: PARTY,
    Operation.WARRANTY: PARTY,
    Operation.VARIANTS: PARTY,
    Operation.TICKETS: {*SHOPPERS, "agent"},
    Operation.TICKET: PARTY,
    Operation.COUPONS: CUSTOMERS,
    Operation.MEMBERSHIP: CUSTOMERS,
    Operation.URGE_SHIPMENT: PARTY,
    Operation.REPORT_STALE_PARCEL: PARTY,
    Operation.CHANGE_ADDRESS: {"owner", "agent"},
    Operation.CANCEL_ORDER: PARTY,
    Operation.REPORT_PAYMENT: PARTY,
    Operation.RETURN_GOODS: PARTY,
    Operation.EXCHANGE_GOODS: PARTY,
    Operation.REFUND_ONLY: PARTY,
    Operation.REPORT_DEFECT: PARTY,
    Operation.PROTECT_PRICE: PARTY,
    Operation.REQUEST_INVOICE: PARTY,
    Operation.REISSUE_INVOICE: PARTY,
    Operation.REQUEST_REPAIR: PARTY,
    Operation.REVIEW_GOODS: {"owner"},
    Operation.COMPLAIN: SHOPPERS,
    Operation.CLAIM_COUPON: CUSTOMERS,
    Operation.WITHDRAW_TICKET: PARTY,
    Operation.ADVANCE_TICKET: {"agent"},
    Operation.SETTLE_REFUND: {"agent"},
    Operation.ERASE_DATA: SHOPPERS,
    Operation.RATE_SERVICE: SHOPPERS,
    Operation.CALL_HUMAN: SHOPPERS,
    Operation.SUMMARY: {"agent"},
}

# What each is tried with: the owner's order or request.
READ_OF: Mapping[Operation, str] = {
    Operation.ORDER: "PAID",
    Operation.PARCELS: "SHIPPED",
    Operation.REFUNDS: "REFUNDING",
    Operation.INVOICES: "INVOICED",
    Operation.PAYMENTS: "HELD",
    Operation.WARRANTY: "DELIVERED",
    Operation.VARIANTS: "DELIVERED",
    Operation.TICKET: "T1",
}
BACK = (0, 1, ReturnReason.QUALITY, Condition.OPENED)
TITLE = (InvoiceKind.PERSONAL, "陈小满")


def command(operation: Operation, order_no: str | None = None, ticket_no: str = "T1") -> Command:
    """The command tried; with another order or request where one is given."""

    def of(usual: str) -> str:
        return order_no or usual

    commands: list[Command] = [
        UrgeShipment(of("PAID")),
        ReportStaleParcel(of("SHIPPED"), "B1"),
        ChangeAddress(of("PAID"), "上海市浦东新区样例街 22 号"),
        CancelOrder(of("PAID"), CancelReason.CHANGED_MIND),
        ReportPayment(of("HELD")),
        ReturnGoods(of("DELIVERED"), *BACK),
        ExchangeGoods(of("DELIVERED"), *BACK, "shirt-l"),
        RefundOnly(of("SHIPPED"), 0, 1, ReturnReason.QUALITY),
        ReportDefect(of("DELIVERED"), 0, 1, DefectKind.DAMAGED, Remedy.RESEND, ("PHOTO",)),
        ProtectPrice(of("DELIVERED"), 1),
        RequestInvoice(of("DELIVERED"), *TITLE),
        ReissueInvoice(of("INVOICED"), *TITLE),
        RequestRepair(of("DELIVERED"), 1, "开不了机"),
        ReviewGoods(of("DELIVERED"), 0, 5, "好"),
        SettleRefund(of("REFUNDING"), "R1"),
        Complain("太慢了", order_no),
        ClaimCoupon("all-10"),
        WithdrawTicket(ticket_no),
        AdvanceTicket(ticket_no, TicketStatus.AWAITED, "approved"),
        EraseData(TAIL),
    ]
    return next(one for one in commands if one.operation is operation)


class Try:
    """One person who does one operation."""

    def __init__(self, desk: Desk, storage: Storage, requester: Requester) -> None:
        self._desk = desk
        self._storage = storage
        self._who = requester

    async def do(self, operation: Operation, **instead: str) -> Any:
        """The JSON of the answer."""
        if operation is Operation.RATE_SERVICE:
            return await self._desk.rate_service(self._who, 5)
        if operation is Operation.CALL_HUMAN:
            return (await self._desk.call_human(self._who, "asked")).to_json()
        if operation is Operation.SUMMARY:
            summary = await self._desk.summary(self._who, self._who.conversation_id)
            return summary.to_json()
        if RULES[operation].access is Access.READ:
            return await self._read(operation, **instead)
        return await self._write(command(operation, **instead))

    async def _read(self, operation: Operation, **instead: str) -> Any:
        subject = [next(iter(instead.values()), READ_OF.get(operation))]
        read = getattr(self._desk.read, operation.value)
        found = await read(self._who, *(one for one in subject if one))
        return [one.to_json() for one in found] if isinstance(found, list) else found.to_json()

    async def _write(self, wanted: Command) -> Any:
        wanted = await self._with_photo(wanted)
        if isinstance(wanted, EraseData) and self._who.customer_id == "C2":
            wanted = EraseData("0002")
        proposal = await self._desk.propose(self._who, wanted)
        receipt = await self._desk.confirm(self._who, proposal.operation_id)
        assert receipt.state == "done"
        async with self._storage.unit() as unit:
            assert await unit.audits.of_operation(proposal.operation_id)
        return receipt.to_json()

    async def _with_photo(self, wanted: Command) -> Command:
        if not isinstance(wanted, ReportDefect):
            return wanted
        async with self._storage.unit() as unit:
            photo = await unit.photos.add(self._who.conversation_id, "image/png", 9, "0" * 64)
            await unit.commit()
        return ReportDefect(wanted.order_no, 0, 1, wanted.defect, wanted.remedy, (photo.photo_id,))


def everything(folder: Path) -> dict[str, list[Any]]:
    """All rows of all tables but photos."""
    engine = create_engine(f"sqlite:///{folder / 'shop.db'}")
    with engine.connect() as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name != "photos"
        }
    engine.dispose()
    return rows


@pytest.fixture
def attempt(desk: Desk, storage: Storage, who: People, person: str) -> Try:
    return Try(desk, storage, getattr(who, person))


async def test_no_operation_is_forgotten() -> None:
    assert set(ALLOWED) == set(RULES) == set(Operation)
    of_conversation = {Operation.RATE_SERVICE, Operation.CALL_HUMAN}
    writes = {op for op, rule in RULES.items() if rule.access is Access.WRITE} - of_conversation
    assert set(all_commands()) == writes
    reads = {op.value for op, rule in RULES.items() if rule.access is Access.READ}
    methods = {name for name in vars(Reading) if not name.startswith("_")}
    assert methods == reads - {Operation.SUMMARY.value}


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize("operation", list(Operation))
async def test_everybody_tries_everything(
    attempt: Try, tmp_path: Path, operation: Operation, person: str
) -> None:
    before = everything(tmp_path)
    if person in ALLOWED[operation]:
        answer = await attempt.do(operation)
        logged = len(everything(tmp_path)["audit"]) - len(before["audit"])
        assert (logged > 0) == (RULES[operation].access is Access.WRITE)
        if person in ("other", "unverified") and operation is not Operation.COUPONS:
            told = str(answer)
            assert not re.search(r"\b(PAID|SHIPPED|DELIVERED|T1)\b", told)
        return
    with pytest.raises((UnknownOrder, UnknownTicket, SignInRequired, NotAllowed)):
        await attempt.do(operation)
    assert everything(tmp_path) == before


ORDERED = [op for op, rule in RULES.items() if rule.subject in (Subject.ORDER, Subject.TICKET)]


@pytest.mark.parametrize("person", ["other", "unverified"])
@pytest.mark.parametrize("operation", [*ORDERED, Operation.COMPLAIN])
async def test_anothers_and_nobodys_get_the_same_answer(
    attempt: Try, operation: Operation, person: str
) -> None:
    of_ticket = RULES[operation].subject is Subject.TICKET
    anothers, nobodys = ("T1", "T9") if of_ticket else ("PAID", "NOBODYS")
    name = "ticket_no" if of_ticket else "order_no"
    answers = []
    for number in (anothers, nobodys):
        with pytest.raises(ShopError) as refused:
            await attempt.do(operation, **{name: number})
        answers.append((type(refused.value), str(refused.value)))
    assert answers[0] == answers[1]
    assert answers[0][0] in (UnknownOrder, UnknownTicket)
