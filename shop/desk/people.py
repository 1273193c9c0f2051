"""转人工, what an agent needs to know, and 满意度."""

from dataclasses import replace

from shop.desk.gate import Gate
from shop.desk.views import Belongings, HumanCall, Summary
from shop.domain.audit import Change
from shop.domain.clock import Clock
from shop.domain.command import ReportDefect
from shop.domain.conversation import Message, Sender
from shop.domain.errors import BackendDown, UnknownOrder
from shop.domain.operation import Operation
from shop.domain.order import Order
from shop.domain.pending import Pending, PendingState
from shop.domain.rating import check_mark
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ticket import Ticket
from shop.domain.ulid import new_ulid
from shop.ports import BackOffice
from shop.storage import Storage, Unit

_SAID, _ORDERS = 5, 5
_USED = (PendingState.CONFIRMED, PendingState.DONE)


class People:
    """Between shoppers and agents."""

    def __init__(
        self, storage: Storage, office: BackOffice, gate: Gate, rules: ServiceRules, clock: Clock
    ) -> None:
        self._storage = storage
        self._office = office
        self._gate = gate
        self._rules = rules
        self._clock = clock

    async def rate_service(self, requester: Requester, score: int | None) -> bool:
        """Once a conversation; None skips. False: it was rated before. Raises BadRating."""
        self._gate.conversation(requester, Operation.RATE_SERVICE)
        checked = None if score is None else check_mark(score)
        async with self._storage.unit() as unit:
            new = await unit.satisfactions.rate(requester.conversation_id, checked)
            if new:
                after = "skipped" if checked is None else str(checked)
                change = Change(f"satisfaction:{requester.conversation_id}", None, after)
                await _log(unit, Operation.RATE_SERVICE, requester, change)
            await unit.commit()
        return new

    async def photos(self, requester: Requester) -> list[str]:
        """Ids of the photos sent in the conversation that no claim has used, oldest first."""
        self._gate.conversation(requester, Operation.TICKETS)
        async with self._storage.unit() as unit:
            sent = await unit.photos.of_conversations([requester.conversation_id])
            asked = await unit.operations.of_conversation(requester.conversation_id)
        used = {photo for one in asked if one.state in _USED for photo in _photos(one)}
        return sorted(photo for photo in sent if photo not in used)

    async def belongings(self, requester: Requester) -> Belongings:
        """What is kept of the conversation itself."""
        self._gate.conversation(requester, Operation.ERASE_DATA)
        async with self._storage.unit() as unit:
            messages = await unit.conversations.history(requester.conversation_id)
            photos = await unit.photos.of_conversations([requester.conversation_id])
            cart = await unit.carts.get(requester.conversation_id)
        return Belongings(len(messages), len(photos), len(cart.items))

    async def call_human(self, requester: Requester, reason: str) -> HumanCall:
        """Called twice is called once. `reason` is a stable word; a summary is left for the agent."""
        self._gate.conversation(requester, Operation.CALL_HUMAN)
        summary = await self._summary(requester.conversation_id)
        async with self._storage.unit() as unit:
            held = await unit.handoffs.current(requester.conversation_id)
            handoff = await unit.handoffs.request(requester.conversation_id, reason)
            if held is None:
                change = Change(f"handoff:{handoff.handoff_id}", None, "waiting")
                await _log(unit, Operation.CALL_HUMAN, requester, change)
            told = replace(summary, reason=handoff.reason)
            await unit.handoffs.note(handoff.handoff_id, told.to_json())
            await unit.commit()
        hours, moment = self._rules.hours, self._clock()
        opening = hours.next_opening(moment)
        return HumanCall(handoff, hours.open_at(moment), hours.to_text(), opening)

    async def summary(self, requester: Requester, conversation_id: str) -> Summary:
        """Facts, no more: who, which orders and requests, what was tried, what was said last."""
        self._gate.conversation(requester, Operation.SUMMARY)
        return await self._summary(conversation_id)

    async def _summary(self, conversation_id: str) -> Summary:
        async with self._storage.unit() as unit:
            conversation = await unit.conversations.get(conversation_id)
            handoff = await unit.handoffs.current(conversation_id)
            pending = await unit.operations.of_conversation(conversation_id)
            verified = await unit.verifications.orders(conversation_id)
            history = await unit.conversations.history(conversation_id)
        orders, tickets = await self._records(
            conversation_id, conversation.customer_id, _numbers(pending, verified)
        )
        return Summary(
            conversation_id=conversation_id,
            customer_id=conversation.customer_id,
            reason=handoff.reason if handoff else None,
            orders=orders,
            tickets=tickets,
            operations=tuple((p.command.operation.value, p.state.value) for p in pending),
            said=_last_words(history),
        )

    async def _records(
        self, conversation_id: str, customer_id: str | None, numbers: list[str]
    ) -> tuple[tuple[Order, ...] | None, tuple[Ticket, ...] | None]:
        try:
            found = await self._office.after_sale.tickets(customer_id, conversation_id)
            orders = [order for number in numbers if (order := await self._order(number))]
        except BackendDown:
            return None, None
        return tuple(orders), tuple(ticket for ticket in found if ticket.open)

    async def _order(self, order_no: str) -> Order | None:
        try:
            return (await self._office.orders.sale(order_no)).order
        except UnknownOrder:
            return None


async def _log(unit: Unit, operation: Operation, requester: Requester, change: Change) -> None:
    await unit.audits.log(new_ulid(), operation.value, requester.actor, "asked", change)


def _photos(pending: Pending) -> tuple[str, ...]:
    return pending.command.photos if isinstance(pending.command, ReportDefect) else ()


def _numbers(pending: list[Pending], verified: frozenset[str]) -> list[str]:
    """Orders that the conversation has been about, the latest last; a few."""
    named = [getattr(one.command, "order_no", None) for one in pending]
    found = dict.fromkeys([*sorted(verified), *(number for number in named if number)])
    return list(found)[-_ORDERS:]


def _last_words(history: list[Message]) -> tuple[Message, ...]:
    said = [message for message in history if message.sender is Sender.SHOPPER]
    return tuple(said[-_SAID:])
