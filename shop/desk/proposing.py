"""What an operation would come to, for a requester who may do it."""

from collections.abc import Mapping
from typing import Any

from shop.desk.gate import Gate
from shop.desk.identity import Identity
from shop.domain import ticket_moves, voicing
from shop.domain.clock import Clock
from shop.domain.command import (
    AdvanceTicket,
    ClaimCoupon,
    Command,
    Complain,
    EraseData,
    OrderCommand,
    ReportDefect,
    WithdrawTicket,
)
from shop.domain.decision import decide
from shop.domain.operation import Operation
from shop.domain.refusal import CouponNotClaimable
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.ports import BackOffice
from shop.storage import Storage

Facts = Mapping[str, Any]


class Proposing:
    """Authorises every command, and decides on it without any effect."""

    def __init__(
        self,
        storage: Storage,
        office: BackOffice,
        gate: Gate,
        identity: Identity,
        rules: ServiceRules,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._office = office
        self._gate = gate
        self._identity = identity
        self._rules = rules
        self._clock = clock

    async def authorise(self, requester: Requester, command: Command) -> None:
        """Raises UnknownOrder, UnknownTicket, SignInRequired, NotAllowed, UnknownPhoto."""
        operation = command.operation
        if isinstance(command, OrderCommand):
            await self._gate.sale(requester, operation, command.order_no)
            await self._check_photos(requester, command)
        elif isinstance(command, WithdrawTicket | AdvanceTicket):
            await self._gate.ticket(requester, operation, command.ticket_no)
        elif isinstance(command, ClaimCoupon):
            self._gate.account(requester, operation)
        else:
            self._gate.conversation(requester, operation)
            if isinstance(command, Complain) and command.order_no is not None:
                # Whoever may read the order may complain of it.
                await self._gate.sale(requester, Operation.ORDER, command.order_no)

    async def facts(self, requester: Requester, command: Command) -> Facts:
        """What the shopper is to be told before confirming. Raises Refused besides."""
        await self.authorise(requester, command)
        if isinstance(command, OrderCommand):
            case = await self._gate.case(requester, command.operation, command.order_no)
            return decide(command, case, self._rules, self._clock()).facts
        if isinstance(command, WithdrawTicket | AdvanceTicket):
            return await self._ticket_facts(requester, command)
        if isinstance(command, ClaimCoupon):
            return await self._coupon_facts(requester, command)
        if isinstance(command, Complain):
            return voicing.complain(command).facts
        if isinstance(command, EraseData) and requester.customer_id is not None:
            await self._identity.verify_owner(requester, command.phone_tail)
        return {}

    async def _ticket_facts(
        self, requester: Requester, command: WithdrawTicket | AdvanceTicket
    ) -> Facts:
        ticket = await self._gate.ticket(requester, command.operation, command.ticket_no)
        if ticket.order_no is None:
            return ticket_moves.decide(command, ticket, None).facts
        case = await self._gate.case(requester, Operation.ORDER, ticket.order_no)
        return ticket_moves.decide(command, ticket, case).facts

    async def _coupon_facts(self, requester: Requester, command: ClaimCoupon) -> Facts:
        customer_id = self._gate.account(requester, command.operation)
        wallet = await self._office.promotions.wallet(customer_id)
        for coupon in wallet.claimable:
            if coupon.coupon_id == command.coupon_id:
                return {"title": coupon.title, "until": coupon.valid_until.isoformat()}
        raise CouponNotClaimable

    async def _check_photos(self, requester: Requester, command: OrderCommand) -> None:
        if isinstance(command, ReportDefect):
            async with self._storage.unit() as unit:
                await unit.photos.check(requester.conversation_id, command.photos)
