"""Requests from the question to the money, near and far."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shop.desk import Desk
from shop.desk.views import Receipt
from shop.domain import Draft, OrderStatus, Sender
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
    ExchangeGoods,
    ProtectPrice,
    ReissueInvoice,
    Remedy,
    ReportDefect,
    ReportPayment,
    RequestInvoice,
    ReturnGoods,
    ReturnReason,
    ReviewGoods,
    SettleRefund,
    UrgeShipment,
    WithdrawTicket,
)
from shop.domain.errors import UnknownConversation, UnknownOrder
from shop.domain.invoice import InvoiceKind, InvoiceState
from shop.domain.refund import RefundState
from shop.domain.refusal import (
    AlreadyAsked,
    BadRating,
    BadTaxNumber,
    CouponNotClaimable,
    InvoiceExists,
    NotVerified,
    OperationChanged,
    OperationExpired,
    UnknownOperation,
    UnknownPhoto,
    UnknownTicket,
    WrongState,
)
from shop.domain.requester import Requester
from shop.domain.ticket import TicketStatus
from shop.storage import Storage
from shop.storage.back_office import sql_back_office
from tests.integration.shop.conftest import EVERY_DATABASE, Down
from tests.integration.shop.world import NOW, OWNER, RULES, Clock, People

pytestmark = [pytest.mark.asyncio, EVERY_DATABASE]

TAX_NO = "91330106MA2DEM00XY"
RETURN = ReturnGoods("DELIVERED", 0, 2, ReturnReason.NO_REASON, Condition.SEALED)


async def done(desk: Desk, who: Requester, command: Command) -> Receipt:
    proposal = await desk.propose(who, command)
    receipt = await desk.confirm(who, proposal.operation_id)
    assert receipt.state == "done"
    return receipt


async def ticket_no(desk: Desk, who: Requester, command: Command) -> str:
    outcome = (await done(desk, who, command)).outcome
    assert outcome is not None and outcome.ticket is not None
    return outcome.ticket.ticket_no


async def advance(desk: Desk, who: People, number: str, *steps: TicketStatus) -> Receipt:
    for step in steps:
        receipt = await done(desk, who.agent, AdvanceTicket(number, step, "checked"))
    return receipt


async def test_an_order_is_read_masked(desk: Desk, who: People) -> None:
    view = await desk.read.order(who.owner, "PAID")
    told = view.to_json()
    assert (told["phone"], told["address"]) == ("138****0001", "北京市海淀区****")
    assert view.overdue
    assert view.promised_at == NOW - timedelta(days=2) + timedelta(minutes=5)
    assert "演示路" not in str([one.to_json() for one in await desk.read.orders(who.owner)])


async def test_a_proposal_changes_nothing(desk: Desk, who: People) -> None:
    proposal = await desk.propose(who.owner, CancelOrder("PAID", CancelReason.OTHER))
    assert proposal.facts == {"whole": True, "amount": 4374, "channel": "支付宝"}
    assert (await desk.read.order(who.owner, "PAID")).order.status is OrderStatus.PAID
    await desk.decline(who.owner, proposal.operation_id)
    with pytest.raises(UnknownOperation):
        await desk.confirm(who.owner, proposal.operation_id)


async def test_parts_are_cancelled_before_the_rest(desk: Desk, who: People) -> None:
    one = CancelOrder("PAID", CancelReason.CHANGED_MIND, ((0, 1),))
    first = (await done(desk, who.owner, one)).outcome
    rest = (await done(desk, who.owner, CancelOrder("PAID", CancelReason.OTHER))).outcome
    assert first and first.refund and rest and rest.refund
    assert first.order_status is None
    assert first.refund.amount == Decimal("58.86")
    assert first.refund.amount + rest.refund.amount == Decimal("4374.00")
    assert rest.order_status is OrderStatus.REFUNDING


async def test_a_return_goes_all_the_way(desk: Desk, who: People) -> None:
    number = await ticket_no(desk, who.owner, RETURN)
    steps = (TicketStatus.AWAITED, TicketStatus.SENT_BACK, TicketStatus.INSPECTED)
    await advance(desk, who, number, *steps)
    with pytest.raises(WrongState):
        await desk.propose(who.owner, WithdrawTicket(number))
    outcome = (await advance(desk, who, number, TicketStatus.DONE)).outcome
    assert outcome and outcome.refund and outcome.refund.state is RefundState.PROCESSING
    await done(desk, who.agent, SettleRefund("DELIVERED", outcome.refund.refund_no))
    (view,) = await desk.read.refunds(who.owner, "DELIVERED")
    assert view.refund.state is RefundState.SENT
    assert (view.earliest, view.latest) == (NOW, NOW)
    assert (await desk.read.order(who.owner, "DELIVERED")).order.status is OrderStatus.DELIVERED


async def test_what_is_withdrawn_can_be_asked_again(desk: Desk, who: People) -> None:
    number = await ticket_no(desk, who.owner, RETURN)
    await done(desk, who.owner, WithdrawTicket(number))
    assert await ticket_no(desk, who.owner, RETURN) != number


async def test_an_exchange_keeps_its_piece_until_it_comes_to_nothing(
    desk: Desk, who: People, storage: Storage
) -> None:
    wanted = ExchangeGoods("DELIVERED", 0, 2, ReturnReason.WRONG_SIZE, Condition.OPENED, "shirt-l")
    number = await ticket_no(desk, who.owner, wanted)

    async def stock() -> int:
        async with storage.unit() as unit:
            return (await unit.catalog.card("shirt-l")).stock

    assert await stock() == 1
    await advance(desk, who, number, TicketStatus.REJECTED)
    assert await stock() == 3


async def test_all_goods_back_make_the_order_refunded(desk: Desk, who: People) -> None:
    for line, quantity in ((0, 3), (1, 1)):
        back = ReturnGoods("DELIVERED", line, quantity, ReturnReason.QUALITY, Condition.USED)
        number = await ticket_no(desk, who.owner, back)
        steps = (TicketStatus.AWAITED, TicketStatus.SENT_BACK, TicketStatus.INSPECTED)
        receipt = await advance(desk, who, number, *steps, TicketStatus.DONE)
    assert receipt.outcome and receipt.outcome.order_status is OrderStatus.REFUNDING
    for view in await desk.read.refunds(who.owner, "DELIVERED"):
        await done(desk, who.agent, SettleRefund("DELIVERED", view.refund.refund_no))
    assert (await desk.read.order(who.owner, "DELIVERED")).order.status is OrderStatus.REFUNDED


async def test_price_protection_lessens_what_a_return_gives_back(desk: Desk, who: People) -> None:
    protected = (await done(desk, who.owner, ProtectPrice("DELIVERED", 1))).outcome
    assert protected and protected.refund and protected.refund.amount == Decimal("200.00")
    with pytest.raises(AlreadyAsked):
        await desk.propose(who.owner, ProtectPrice("DELIVERED", 1))
    back = ReturnGoods("DELIVERED", 1, 1, ReturnReason.QUALITY, Condition.USED)
    proposal = await desk.propose(who.owner, back)
    assert proposal.facts["amount"] == pytest.approx(4199 - 9.60 - 200)


async def test_an_invoice_is_replaced(desk: Desk, who: People) -> None:
    company = (InvoiceKind.COMPANY, "演示商贸有限公司")
    with pytest.raises(InvoiceExists):
        await desk.propose(who.owner, RequestInvoice("INVOICED", *company, TAX_NO))
    with pytest.raises(BadTaxNumber):
        await desk.propose(who.owner, ReissueInvoice("INVOICED", *company, TAX_NO[:-1] + "0"))
    receipt = await done(desk, who.owner, ReissueInvoice("INVOICED", *company, TAX_NO.lower()))
    assert receipt.outcome and receipt.outcome.ticket and receipt.outcome.invoice
    await advance(desk, who, receipt.outcome.ticket.ticket_no, TicketStatus.DONE)
    old, new = await desk.read.invoices(who.owner, "INVOICED")
    assert (old.state, new.state) == (InvoiceState.VOIDED, InvoiceState.ISSUED)
    assert (new.tax_no, new.issued_at) == (TAX_NO, NOW)


async def test_an_address_changes_once(desk: Desk, who: People, storage: Storage) -> None:
    await done(desk, who.owner, ChangeAddress("PAID", "上海市浦东新区 样例街 22 号"))
    async with storage.unit() as unit:
        assert (await unit.orders.get("PAID", OWNER)).address == "上海市浦东新区 样例街 22 号"
        (ticket,) = await unit.tickets.of_order("PAID")
        assert "样例街" not in str(ticket)
    with pytest.raises(AlreadyAsked):
        await desk.propose(who.owner, ChangeAddress("PAID", "上海市浦东新区样例街 23 号"))


async def test_what_was_written_is_kept_no_longer_than_needed(
    desk: Desk, who: People, storage: Storage
) -> None:
    moved = await desk.propose(who.owner, ChangeAddress("PAID", "上海市浦东新区样例街 22 号"))
    titled = (InvoiceKind.COMPANY, "样例商贸有限公司", TAX_NO)
    declined = await desk.propose(who.owner, RequestInvoice("DELIVERED", *titled))

    async def kept() -> str:
        async with storage.unit() as unit:
            return str(await unit.operations.of_conversation(who.owner.conversation_id))

    assert "样例街" in await kept() and TAX_NO in await kept()
    first = await desk.confirm(who.owner, moved.operation_id)
    await desk.decline(who.owner, declined.operation_id)
    assert "样例" not in await kept() and TAX_NO not in await kept()
    assert await desk.confirm(who.owner, moved.operation_id) == first


async def test_money_at_the_provider_is_reconciled(desk: Desk, who: People) -> None:
    view = await desk.read.payments(who.owner, "HELD")
    assert (view.consistent, view.difference) == (False, Decimal("4374.00"))
    await done(desk, who.owner, ReportPayment("HELD"))
    with pytest.raises(AlreadyAsked):
        await desk.propose(who.owner, ReportPayment("HELD"))
    assert (await desk.read.payments(who.owner, "PAID")).consistent


async def test_the_last_review_completes_the_order(desk: Desk, who: People) -> None:
    await done(desk, who.owner, ReviewGoods("DELIVERED", 0, 5, "  舒服 "))
    receipt = await done(desk, who.owner, ReviewGoods("DELIVERED", 1, 4))
    assert receipt.outcome and receipt.outcome.order_status is OrderStatus.COMPLETED


async def test_photos_of_another_conversation_are_no_evidence(
    desk: Desk, who: People, storage: Storage
) -> None:
    async with storage.unit() as unit:
        photo = await unit.photos.add(who.other.conversation_id, "image/png", 9, "0" * 64)
        await unit.commit()
    claim = ReportDefect("DELIVERED", 0, 1, DefectKind.MISSING, Remedy.REFUND, (photo.photo_id,))
    with pytest.raises(UnknownPhoto):
        await desk.propose(who.owner, claim)


async def test_coupons_are_claimed_once(desk: Desk, who: People) -> None:
    assert [c.coupon_id for c in (await desk.read.coupons(who.owner)).claimable] == ["all-10"]
    await done(desk, who.owner, ClaimCoupon("all-10"))
    wallet = await desk.read.coupons(who.owner)
    assert ([c.coupon_id for c in wallet.claimed], wallet.claimable) == (["all-10"], ())
    for coupon_id in ("all-10", "never"):
        with pytest.raises(CouponNotClaimable):
            await desk.propose(who.owner, ClaimCoupon(coupon_id))
    membership = await desk.read.membership(who.owner)
    assert (membership.level, membership.points) == ("银卡会员", 120)


async def test_a_guests_complaint_is_the_conversations(desk: Desk, who: People) -> None:
    number = await ticket_no(desk, who.unverified, Complain(" 客服太慢了 "))
    (ticket,) = await desk.read.tickets(who.unverified)
    assert (ticket.ticket_no, ticket.details["text"]) == (number, "客服太慢了")
    assert await desk.read.tickets(who.verified) == []
    with pytest.raises(UnknownOrder):
        await desk.propose(who.unverified, Complain("慢", "PAID"))


async def test_a_confirmation_is_its_owners_alone(desk: Desk, who: People) -> None:
    proposal = await desk.propose(who.owner, UrgeShipment("PAID"))
    same_talk = Requester(who.owner.conversation_id, "C2")
    for stranger in (who.other, who.unverified, who.verified, who.agent, same_talk):
        with pytest.raises(UnknownOperation):
            await desk.confirm(stranger, proposal.operation_id)
        with pytest.raises(UnknownOperation):
            await desk.decline(stranger, proposal.operation_id)
    with pytest.raises(UnknownOperation):
        await desk.confirm(who.owner, "01AAAAAAAAAAAAAAAAAAAAAAAA")


async def test_a_confirmation_that_comes_too_late(desk: Desk, who: People, clock: Clock) -> None:
    proposal = await desk.propose(who.owner, UrgeShipment("PAID"))
    clock.moment += timedelta(minutes=16)
    with pytest.raises(OperationExpired):
        await desk.confirm(who.owner, proposal.operation_id)
    fresh = await desk.propose(who.owner, UrgeShipment("PAID"))
    await desk.tidy()
    with pytest.raises(UnknownOperation):
        await desk.confirm(who.owner, proposal.operation_id)
    assert (await desk.confirm(who.owner, fresh.operation_id)).state == "done"


async def test_what_has_changed_since_is_asked_again(desk: Desk, who: People) -> None:
    whole = await desk.propose(who.owner, CancelOrder("PAID", CancelReason.OTHER))
    await done(desk, who.owner, CancelOrder("PAID", CancelReason.OTHER, ((0, 1),)))
    for _ in range(2):
        with pytest.raises(OperationChanged):
            await desk.confirm(who.owner, whole.operation_id)
    assert len(await desk.read.refunds(who.owner, "PAID")) == 1


@pytest.mark.parametrize(
    "number", ["\0", "PAID\0", "\ud800", "' OR 1=1 --", "x" * 5000, "", " PAID"]
)
async def test_numbers_that_nobody_gave_are_nobodys(desk: Desk, who: People, number: str) -> None:
    with pytest.raises(UnknownOrder):
        await desk.read.order(who.owner, number)
    with pytest.raises(UnknownOrder):
        await desk.propose(who.owner, CancelOrder(number, CancelReason.OTHER))
    with pytest.raises(UnknownTicket):
        await desk.propose(who.owner, WithdrawTicket(number))
    with pytest.raises(NotVerified):
        await desk.verify(who.unverified, number, "0001")
    with pytest.raises(UnknownPhoto):
        claim = ReportDefect("DELIVERED", 0, 1, DefectKind.MISSING, Remedy.REFUND, (number,))
        await desk.propose(who.owner, claim)


async def test_broken_text_is_kept_as_far_as_it_can_be(desk: Desk, who: People) -> None:
    await done(desk, who.owner, Complain("太\0慢\ud800了"))
    ticket = next(one for one in await desk.read.tickets(who.owner) if one.order_no is None)
    assert ticket.details["text"] == "太慢?了"


async def test_a_rating_is_asked_for_once(desk: Desk, who: People) -> None:
    assert await desk.rate_service(who.owner, None)
    assert not await desk.rate_service(who.owner, 5)
    with pytest.raises(BadRating):
        await desk.rate_service(who.other, 6)


async def test_a_human_is_called_within_hours_and_without(
    desk: Desk, who: People, clock: Clock
) -> None:
    call = await desk.call_human(who.owner, "asked")
    assert (call.handoff.queue_position, call.open, call.hours) == (1, True, "09:00-22:00")
    clock.moment += timedelta(hours=12)
    call = await desk.call_human(who.other, "asked")
    assert (call.handoff.queue_position, call.open) == (2, False)
    assert call.next_opening == NOW.replace(day=11, hour=1)


async def test_what_the_agent_is_to_know_is_kept_with_the_call(
    desk: Desk, who: People, storage: Storage
) -> None:
    await desk.call_human(who.owner, "asked")
    await done(desk, who.owner, UrgeShipment("PAID"))
    # Asked again, the same place is held, and the agent is told of what was done since.
    call = await desk.call_human(who.owner, "abuse")
    async with storage.unit() as unit:
        noted = await unit.handoffs.noted(call.handoff.handoff_id)
    assert noted is not None and noted["reason"] == "asked"
    assert (noted["customer_id"], [one["order_no"] for one in noted["orders"]]) == (OWNER, ["PAID"])
    assert noted["operations"] == [{"operation": "urge_shipment", "state": "done"}]


async def test_a_human_is_called_while_the_back_end_is_down(
    storage: Storage, who: People, clock: Clock
) -> None:
    down = Desk(storage, RULES, Down.of(sql_back_office(storage, RULES)), clock=clock)
    call = await down.call_human(who.owner, "asked")
    async with storage.unit() as unit:
        noted = await unit.handoffs.noted(call.handoff.handoff_id)
    assert noted is not None and noted["tickets"] is None


async def test_the_agent_is_told_facts(desk: Desk, who: People, storage: Storage) -> None:
    await done(desk, who.owner, UrgeShipment("PAID"))
    await desk.call_human(who.owner, "asked")
    async with storage.unit() as unit:
        said = Draft(Sender.SHOPPER, text="到底什么时候发货")
        await unit.conversations.append(who.owner.conversation_id, said)
        await unit.commit()
    summary = await desk.summary(who.agent, who.owner.conversation_id)
    assert summary.orders and summary.tickets
    assert [order.order_no for order in summary.orders] == ["PAID"]
    assert [ticket.order_no for ticket in summary.tickets] == ["PAID", "RETURNING"]
    assert summary.operations == (("urge_shipment", "done"),)
    assert [message.text for message in summary.said] == ["到底什么时候发货"]
    assert (summary.customer_id, summary.reason) == (OWNER, "asked")
    with pytest.raises(UnknownConversation):
        await desk.summary(who.agent, "nobody")
