"""The states of requests: each kind comes to an end, and stays there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.command import AdvanceTicket, WithdrawTicket
from shop.domain.refund import Refund, RefundState
from shop.domain.refusal import BadText, WrongState
from shop.domain.ticket import CLOSED, MACHINES, Ticket, TicketKind, TicketStatus
from shop.domain.ticket_moves import decide
from tests.unit.shop.service_cases import NOW, case, ticket

KINDS = st.sampled_from(TicketKind)
STATES = st.sampled_from(TicketStatus)
# Every kind with the details that it is made with.
DETAILS = {"amount": "9.00", "sku": "sku-m", "remedy": "退款", "per_piece": "1.00"}


def _ticket(kind: TicketKind, status: TicketStatus) -> Ticket:
    return ticket(kind, status, line=0, quantity=1, details=DETAILS)


@given(KINDS, st.lists(STATES, max_size=12))
def test_no_walk_leaves_an_end(kind: TicketKind, walk: list[TicketStatus]) -> None:
    status = TicketStatus.OPEN
    for wanted in walk:
        if wanted in MACHINES[kind].get(status, ()):
            assert status not in CLOSED
            status = wanted
        else:
            with pytest.raises(WrongState) as refused:
                _ticket(kind, status).check(wanted)
            assert refused.value.facts == {"status": status.value}


@pytest.mark.parametrize("kind", TicketKind)
def test_every_state_leads_to_an_end(kind: TicketKind) -> None:
    assert all(not MACHINES[kind].get(end) for end in CLOSED)
    for start in MACHINES[kind]:
        seen, ahead = set(), {start}
        while ahead:
            seen |= ahead
            ahead = {after for one in ahead for after in MACHINES[kind].get(one, ())} - seen
        assert TicketStatus.DONE in seen


@given(KINDS, STATES, STATES)
def test_money_goes_back_only_with_the_end(
    kind: TicketKind, present: TicketStatus, wanted: TicketStatus
) -> None:
    one = _ticket(kind, present)
    try:
        effect = decide(AdvanceTicket("T1", wanted, "checked"), one, case(None, one))
    except WrongState:
        return
    owed = kind in (TicketKind.RETURN, TicketKind.REFUND, TicketKind.DEFECT)
    assert (effect.refund is not None) == (owed and wanted is TicketStatus.DONE)
    ended = wanted in (TicketStatus.REJECTED, TicketStatus.WITHDRAWN)
    assert (effect.stock is not None) == (kind is TicketKind.EXCHANGE and ended)


def test_a_claim_for_goods_gives_no_money() -> None:
    one = ticket(TicketKind.DEFECT, TicketStatus.ACCEPTED, details={"remedy": "补发"})
    assert decide(AdvanceTicket("T1", TicketStatus.DONE, "sent"), one, case()).refund is None


@pytest.mark.parametrize("reason", ["", "电话 13800000001", "Approved", "a" * 41, "a\n"])
def test_a_reason_for_the_log_is_a_word(reason: str) -> None:
    one = ticket(TicketKind.RETURN)
    with pytest.raises(BadText):
        decide(AdvanceTicket("T1", TicketStatus.AWAITED, reason), one, None)


def test_a_request_that_is_under_way_cannot_be_withdrawn() -> None:
    with pytest.raises(WrongState):
        decide(WithdrawTicket("T1"), ticket(TicketKind.RETURN, TicketStatus.SENT_BACK), None)


@given(st.lists(st.sampled_from(RefundState), max_size=6))
def test_money_is_sent_once(walk: list[RefundState]) -> None:
    state = RefundState.PROCESSING
    for wanted in walk:
        refund = Refund("R", "N1", "T1", case().order.amount, "支付宝", state, NOW)
        try:
            refund.check(wanted)
        except WrongState:
            continue
        assert state is not RefundState.SENT
        state = wanted
