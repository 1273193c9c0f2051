"""The one place that decides whether a requester may do an operation."""

from shop.domain.case import Case, Sale
from shop.domain.errors import UnknownOrder
from shop.domain.operation import RULES, Operation, Subject
from shop.domain.refusal import NotAllowed, SignInRequired, UnknownTicket
from shop.domain.requester import Requester, Role
from shop.domain.ticket import Ticket
from shop.ports import BackOffice


class Gate:
    """Hands out what the requester may see, and raises otherwise.

    What is another's and what does not exist get the same answer.
    """

    def __init__(self, office: BackOffice) -> None:
        self._office = office

    async def sale(self, requester: Requester, operation: Operation, order_no: str) -> Sale:
        """Raises UnknownOrder, SignInRequired, NotAllowed."""
        sale = await self._office.orders.sale(order_no)
        _check(operation, requester.to_order(order_no, sale.order.customer_id))
        return sale

    async def case(self, requester: Requester, operation: Operation, order_no: str) -> Case:
        """Raises like `sale`."""
        sale = await self.sale(requester, operation, order_no)
        parcels = await self._office.logistics.parcels(order_no)
        return Case(sale, tuple(parcels), await self._office.after_sale.history(order_no))

    async def ticket(self, requester: Requester, operation: Operation, ticket_no: str) -> Ticket:
        """Raises UnknownTicket, SignInRequired, NotAllowed."""
        ticket = await self._office.after_sale.ticket(ticket_no)
        _check(operation, requester.to_ticket(ticket))
        return ticket

    def account(self, requester: Requester, operation: Operation) -> str:
        """The customer who is signed in. Raises SignInRequired, NotAllowed."""
        _check(operation, requester.to_account())
        if requester.customer_id is None:
            raise SignInRequired
        return requester.customer_id

    def conversation(self, requester: Requester, operation: Operation) -> None:
        """Raises NotAllowed."""
        _check(operation, requester.to_conversation())


def _check(operation: Operation, role: Role) -> None:
    rule = RULES[operation]
    if role in rule.roles:
        return
    if role is Role.STRANGER and rule.subject is Subject.ORDER:
        raise UnknownOrder
    if role is Role.STRANGER and rule.subject is Subject.TICKET:
        raise UnknownTicket
    if role is not Role.AGENT and Role.OWNER in rule.roles:
        raise SignInRequired
    raise NotAllowed
