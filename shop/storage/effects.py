"""Writing what an operation comes to: all of it in one unit of work, with its log."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.audit import Change
from shop.domain.case import Case
from shop.domain.clock import Clock
from shop.domain.effect import Effect, Outcome, StockMove, TicketDraft
from shop.domain.invoice import Invoice, InvoiceState
from shop.domain.order import Order, check_transition
from shop.domain.rating import Review
from shop.domain.refund import Refund, RefundState
from shop.domain.refusal import NoInvoice, NotInStock
from shop.domain.requester import Requester
from shop.domain.ticket import Ticket
from shop.domain.ulid import new_ulid
from shop.storage.invoices import Invoices
from shop.storage.orders import Orders
from shop.storage.refunds import Refunds
from shop.storage.reviews import Reviews
from shop.storage.schema import skus
from shop.storage.tickets import Tickets


@dataclass(frozen=True)
class Written:
    """The outcome, and the changes for the log."""

    outcome: Outcome
    changes: tuple[Change, ...]


class EffectWriter:
    """Writes the effect of one operation. `case` None: it is not about an order."""

    def __init__(
        self,
        connection: AsyncConnection,
        clock: Clock,
        operation_id: str,
        requester: Requester,
        case: Case | None,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._moment = clock()
        self._operation_id = operation_id
        self._requester = requester
        self._case = case
        self._changes: list[Change] = []

    async def write(self, effect: Effect, ticket: Ticket | None = None) -> Written:
        """`ticket`: the one that moves. Raises NotInStock, BadTransition."""
        if effect.stock is not None:
            await self._move_stock(effect.stock)
        moved = await self._ticket(effect, ticket)
        refund, invoice = None, None
        if self._case is not None:
            invoice = await self._invoice(effect, self._case.order)
            refund = await self._refund(effect, self._case.order, moved)
            await self._order(effect, self._case.order)
            await self._review(effect, self._case.order)
        outcome = Outcome(self._operation_id, moved, refund, invoice, effect.order_status)
        return Written(outcome, tuple(self._changes))

    def _log(self, subject: str, before: str | None, after: str) -> None:
        self._changes.append(Change(subject, before, after))

    async def _ticket(self, effect: Effect, ticket: Ticket | None) -> Ticket | None:
        tickets = Tickets(self._connection)
        if ticket is not None and effect.ticket_status is not None:
            await tickets.move(ticket.ticket_no, effect.ticket_status)
            after = effect.ticket_status.value
            self._log(f"ticket:{ticket.ticket_no}", ticket.status.value, after)
            return await tickets.get(ticket.ticket_no)
        if effect.ticket is None:
            return None
        opened = self._opened(effect.ticket)
        await tickets.open(opened, effect.ticket.once)
        self._log(f"ticket:{opened.ticket_no}", None, opened.status.value)
        return opened

    def _opened(self, draft: TicketDraft) -> Ticket:
        order = self._case.order if self._case else None
        return Ticket(
            ticket_no=_number("T"),
            kind=draft.kind,
            status=draft.status,
            opened_at=self._moment,
            order_no=order.order_no if order else None,
            customer_id=order.customer_id if order else self._requester.customer_id,
            conversation_id=self._requester.conversation_id,
            line=draft.line,
            quantity=draft.quantity,
            details=draft.details,
        )

    async def _refund(self, effect: Effect, order: Order, ticket: Ticket | None) -> Refund | None:
        refunds = Refunds(self._connection)
        for refund_no, wanted in effect.refund_moves.items():
            before = await refunds.get(refund_no)
            await refunds.move(refund_no, wanted, self._moment)
            self._log(f"refund:{refund_no}", before.state.value if before else None, wanted.value)
            return await refunds.get(refund_no)
        if effect.refund is None or ticket is None:
            return None
        refund = Refund(
            refund_no=_number("R"),
            order_no=order.order_no,
            ticket_no=ticket.ticket_no,
            amount=effect.refund.amount,
            channel=effect.refund.channel,
            state=RefundState.PROCESSING,
            requested_at=self._moment,
        )
        await refunds.add([refund])
        self._log(f"refund:{refund.refund_no}", None, refund.state.value)
        return refund

    async def _invoice(self, effect: Effect, order: Order) -> Invoice | None:
        invoices = Invoices(self._connection)
        if effect.invoice_issued is not None:
            await self._move_invoice(effect.invoice_issued, InvoiceState.ISSUED)
            return await invoices.get(effect.invoice_issued)
        draft = effect.invoice
        if draft is None:
            return None
        if draft.replaces is not None:
            await self._move_invoice(draft.replaces, InvoiceState.VOIDED)
        invoice = Invoice(
            invoice_no=_number("F"),
            order_no=order.order_no,
            kind=draft.kind,
            title=draft.title,
            amount=draft.amount,
            state=InvoiceState.REQUESTED,
            requested_at=self._moment,
            tax_no=draft.tax_no,
        )
        await invoices.add([invoice])
        self._log(f"invoice:{invoice.invoice_no}", None, invoice.state.value)
        return invoice

    async def _move_invoice(self, invoice_no: str, wanted: InvoiceState) -> None:
        invoices = Invoices(self._connection)
        before = await invoices.get(invoice_no)
        if before is None:
            raise NoInvoice
        before.check(wanted)
        await invoices.move(invoice_no, wanted, self._moment)
        self._log(f"invoice:{invoice_no}", before.state.value, wanted.value)

    async def _order(self, effect: Effect, order: Order) -> None:
        orders, subject = Orders(self._connection, self._clock), f"order:{order.order_no}"
        if effect.address is not None:
            await orders.readdress(order.order_no, effect.address)
            self._log(f"{subject}:address", "former", "changed")
        for line, pieces in effect.cancelled.items():
            await orders.cancel_pieces(order.order_no, line, pieces)
            before = order.items[line].cancelled
            self._log(f"{subject}:{line}:cancelled", str(before), str(before + pieces))
        if effect.order_status is not None:
            check_transition(order.status, effect.order_status)
            await orders.move(order.order_no, order.customer_id, effect.order_status)
            self._log(subject, order.status.value, effect.order_status.value)

    async def _review(self, effect: Effect, order: Order) -> None:
        draft = effect.review
        if draft is None:
            return
        review = Review(order.order_no, draft.line, draft.stars, draft.text, self._moment)
        await Reviews(self._connection).add(review)
        self._log(f"review:{order.order_no}:{draft.line}", None, str(draft.stars))

    async def _move_stock(self, move: StockMove) -> None:
        """Of the last pieces only one customer gets any."""
        enough = (skus.c.sku == move.sku, skus.c.stock >= move.pieces)
        change = update(skus).where(*enough).values(stock=skus.c.stock - move.pieces)
        taken = await self._connection.scalar(change.returning(skus.c.sku))
        if taken is not None:
            self._log(f"stock:{move.sku}", "0", str(-move.pieces))
        elif move.pieces > 0:
            # What left the catalogue meanwhile cannot be put back, which hinders nothing.
            raise NotInStock(available=0)


def _number(prefix: str) -> str:
    """A number that a person can read out; 60 random bits."""
    return prefix + new_ulid()[-12:]
