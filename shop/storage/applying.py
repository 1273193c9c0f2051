"""Operations on the shop's records: rules, effect and log in one unit of work, once each."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain import ticket_moves, voicing
from shop.domain.audit import Change
from shop.domain.case import Case
from shop.domain.clock import Clock, now
from shop.domain.command import (
    AdvanceTicket,
    Command,
    Complain,
    OrderCommand,
    WithdrawTicket,
)
from shop.domain.coupon import Coupon
from shop.domain.decision import decide
from shop.domain.effect import Effect, Outcome
from shop.domain.order import OrderStatus
from shop.domain.refusal import NewCustomersOnly, NotAllowed, OperationChanged
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ticket import Ticket
from shop.storage.audits import Audits
from shop.storage.cases import Cases
from shop.storage.coupons import Coupons
from shop.storage.effects import EffectWriter
from shop.storage.erasing import Erasing
from shop.storage.invoices import Invoices
from shop.storage.orders import Orders
from shop.storage.refunds import Refunds
from shop.storage.service_schema import applied
from shop.storage.statements import insert_new
from shop.storage.tickets import Tickets

Facts = Mapping[str, Any]


class Applying:
    """What has been applied, and applying what has not."""

    def __init__(self, connection: AsyncConnection, clock: Clock = now) -> None:
        self._connection = connection
        self._clock = clock

    async def apply(
        self,
        operation_id: str,
        requester: Requester,
        command: Command,
        rules: ServiceRules,
        expected: Facts | None = None,
    ) -> Outcome:
        """Once for each operation id. Raises Refused, UnknownOrder; OperationChanged where what
        would happen is no longer `expected`."""
        if not await self._begin(operation_id):
            return await self._outcome(operation_id)
        case, ticket = await self._held(command)
        effect = self._decided(command, case, ticket, rules)
        if expected is not None and dict(effect.facts) != dict(expected):
            raise OperationChanged
        writer = EffectWriter(self._connection, self._clock, operation_id, requester, case)
        written = await writer.write(effect, ticket)
        await self._log(operation_id, requester, command, effect.reason, *written.changes)
        await self._end(written.outcome)
        return written.outcome

    async def claim(self, operation_id: str, requester: Requester, coupon_id: str) -> Coupon:
        """Raises UnknownCustomer, UnknownCoupon, NewCustomersOnly, NotAllowed for guests."""
        if requester.customer_id is None:
            raise NotAllowed
        coupons = Coupons(self._connection, self._clock)
        coupon = await coupons.claim(coupon_id, requester.customer_id)
        if coupon.new_customers_only and await self._has_ordered(requester.customer_id):
            raise NewCustomersOnly
        if await self._begin(operation_id):
            change = Change(f"coupon:{coupon_id}", None, "claimed")
            await Audits(self._connection, self._clock).log(
                operation_id, "claim_coupon", requester.actor, "asked", change
            )
        return coupon

    async def erase(self, operation_id: str, requester: Requester) -> None:
        """The customer's records, or what a guest wrote in requests."""
        if not await self._begin(operation_id):
            return
        erasing = Erasing(self._connection)
        if requester.customer_id is None:
            await erasing.guest_records(requester.conversation_id)
        else:
            await erasing.records(requester.customer_id)
        # Without the name: the log would keep what was to be erased.
        change = Change("customer", "known", "erased")
        await Audits(self._connection, self._clock).log(
            operation_id, "erase_data", "customer:erased", "asked", change
        )

    async def _has_ordered(self, customer_id: str) -> bool:
        return bool(await Orders(self._connection).of_customer(customer_id, limit=1))

    async def _held(self, command: Command) -> tuple[Case | None, Ticket | None]:
        """The order and the request that a command is about, locked in this order."""
        cases = Cases(self._connection)
        if isinstance(command, WithdrawTicket | AdvanceTicket):
            tickets = Tickets(self._connection)
            order_no = (await tickets.get(command.ticket_no)).order_no
            case = await cases.hold(order_no) if order_no is not None else None
            return case, await tickets.hold(command.ticket_no)
        order_no = getattr(command, "order_no", None)
        return (await cases.hold(order_no) if order_no is not None else None), None

    def _decided(
        self, command: Command, case: Case | None, ticket: Ticket | None, rules: ServiceRules
    ) -> Effect:
        if ticket is not None and isinstance(command, WithdrawTicket | AdvanceTicket):
            return ticket_moves.decide(command, ticket, case)
        if isinstance(command, Complain):
            return voicing.complain(command)
        if case is None or not isinstance(command, OrderCommand):
            raise NotAllowed
        return decide(command, case, rules, self._clock())

    async def _begin(self, operation_id: str) -> bool:
        """False where it was applied before; one that is being applied now is waited for."""
        row = {"operation_id": operation_id, "at": self._clock()}
        new = insert_new(self._connection, applied).returning(applied.c.operation_id)
        return (await self._connection.scalar(new, row)) is not None

    async def _end(self, outcome: Outcome) -> None:
        same = applied.c.operation_id == outcome.operation_id
        numbers = {
            "ticket_no": outcome.ticket.ticket_no if outcome.ticket else None,
            "refund_no": outcome.refund.refund_no if outcome.refund else None,
            "invoice_no": outcome.invoice.invoice_no if outcome.invoice else None,
            "order_status": outcome.order_status.value if outcome.order_status else None,
        }
        await self._connection.execute(update(applied).where(same).values(**numbers))

    async def _outcome(self, operation_id: str) -> Outcome:
        same = applied.c.operation_id == operation_id
        row = (await self._connection.execute(select(applied).where(same))).one()
        tickets, refunds = Tickets(self._connection), Refunds(self._connection)
        invoices = Invoices(self._connection)
        return Outcome(
            operation_id,
            await tickets.get(row.ticket_no) if row.ticket_no else None,
            await refunds.get(row.refund_no) if row.refund_no else None,
            await invoices.get(row.invoice_no) if row.invoice_no else None,
            OrderStatus(row.order_status) if row.order_status else None,
        )

    async def _log(
        self,
        operation_id: str,
        requester: Requester,
        command: Command,
        reason: str,
        *changes: Change,
    ) -> None:
        audits = Audits(self._connection, self._clock)
        await audits.log(operation_id, command.operation.value, requester.actor, reason, *changes)
