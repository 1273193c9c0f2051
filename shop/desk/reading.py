"""Reads of the desk; each is named like its operation."""

from datetime import timedelta

from shop.desk.gate import Gate
from shop.desk.views import OrderView, ParcelView, PaymentView, RefundView, VariantView
from shop.domain import reconciling, shipping, warranty
from shop.domain.account import Membership, Wallet
from shop.domain.clock import Clock
from shop.domain.invoice import Invoice
from shop.domain.operation import Operation
from shop.domain.order import Order, OrderStatus
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ticket import Ticket
from shop.domain.warranty import Warranty
from shop.ports import BackOffice


class Reading:
    """Every method raises BackendDown, and what the gate raises."""

    def __init__(self, office: BackOffice, gate: Gate, rules: ServiceRules, clock: Clock) -> None:
        self._office = office
        self._gate = gate
        self._rules = rules
        self._clock = clock

    async def orders(
        self, requester: Requester, status: OrderStatus | None = None, limit: int = 20
    ) -> list[Order]:
        """The customer's own, newest first."""
        customer_id = self._gate.account(requester, Operation.ORDERS)
        return list(await self._office.orders.of_customer(customer_id, status, limit))

    async def order(self, requester: Requester, order_no: str) -> OrderView:
        case = await self._gate.case(requester, Operation.ORDER, order_no)
        waiting = case.order.status is OrderStatus.PAID
        moment = shipping.promised(case, self._rules) if waiting else None
        overdue = moment is not None and self._clock() >= moment
        reviewed = frozenset(one.line for one in case.history.reviews)
        return OrderView(case.order, case.sale.phone, moment, overdue, reviewed)

    async def parcels(self, requester: Requester, order_no: str) -> list[ParcelView]:
        """Oldest first; empty before shipment."""
        await self._gate.sale(requester, Operation.PARCELS, order_no)
        silence = timedelta(hours=self._rules.stale_hours)
        found = await self._office.logistics.parcels(order_no)
        return [ParcelView(parcel, parcel.stale(self._clock(), silence)) for parcel in found]

    async def refunds(self, requester: Requester, order_no: str) -> list[RefundView]:
        """Oldest first."""
        case = await self._gate.case(requester, Operation.REFUNDS, order_no)
        views = []
        for refund in case.history.refunds:
            earliest, latest = refund.arrival(self._rules.arrival_days) or (None, None)
            views.append(RefundView(refund, earliest, latest))
        return views

    async def invoices(self, requester: Requester, order_no: str) -> list[Invoice]:
        """Oldest first, the replaced ones too."""
        case = await self._gate.case(requester, Operation.INVOICES, order_no)
        return list(case.history.invoices)

    async def payments(self, requester: Requester, order_no: str) -> PaymentView:
        case = await self._gate.case(requester, Operation.PAYMENTS, order_no)
        return PaymentView(case.sale.payments, reconciling.difference(case))

    async def warranty(self, requester: Requester, order_no: str) -> list[Warranty]:
        """Of every line; raises NotDelivered."""
        case = await self._gate.case(requester, Operation.WARRANTY, order_no)
        lines, now = range(len(case.order.items)), self._clock()
        return [warranty.of_line(case, line, self._rules, now) for line in lines]

    async def variants(self, requester: Requester, order_no: str) -> list[VariantView]:
        """Of every line; empty where the catalogue no longer has the goods."""
        sale = await self._gate.sale(requester, Operation.VARIANTS, order_no)
        return [
            VariantView(line, item.title, sale.variants.get(line, ()))
            for line, item in enumerate(sale.order.items)
        ]

    async def tickets(self, requester: Requester, limit: int = 20) -> list[Ticket]:
        """The customer's, or those made in a guest's conversation; newest first."""
        self._gate.conversation(requester, Operation.TICKETS)
        who = requester.customer_id, requester.conversation_id
        return list(await self._office.after_sale.tickets(*who, limit))

    async def ticket(self, requester: Requester, ticket_no: str) -> Ticket:
        return await self._gate.ticket(requester, Operation.TICKET, ticket_no)

    async def coupons(self, requester: Requester) -> Wallet:
        customer_id = self._gate.account(requester, Operation.COUPONS)
        return await self._office.promotions.wallet(customer_id)

    async def membership(self, requester: Requester) -> Membership:
        customer_id = self._gate.account(requester, Operation.MEMBERSHIP)
        return await self._office.promotions.membership(customer_id)
