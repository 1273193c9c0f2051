"""Requests that the shop works off, and the states that each kind moves through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from shop.domain.refusal import WrongState


class TicketKind(StrEnum):
    """What is asked for."""

    URGE = "urge"
    STALE_PARCEL = "stale_parcel"
    ADDRESS = "address_change"
    CANCEL = "cancel"
    PAYMENT = "payment"
    RETURN = "return"
    EXCHANGE = "exchange"
    REFUND = "refund"
    DEFECT = "defect"
    PRICE = "price_protection"
    INVOICE = "invoice"
    REPAIR = "repair"
    COMPLAINT = "complaint"


class TicketStatus(StrEnum):
    """State of a request, in the words that the shopper reads."""

    OPEN = "待处理"
    ACCEPTED = "已受理"
    AWAITED = "待寄回"
    SENT_BACK = "已寄回"
    INSPECTED = "已验收"
    RESENT = "已寄出"
    DONE = "已完成"
    REJECTED = "已拒绝"
    WITHDRAWN = "已撤销"


CLOSED = frozenset({TicketStatus.DONE, TicketStatus.REJECTED, TicketStatus.WITHDRAWN})

_S = TicketStatus
Machine = Mapping[TicketStatus, frozenset[TicketStatus]]

_ANSWERED: Machine = {
    _S.OPEN: frozenset({_S.ACCEPTED, _S.DONE, _S.REJECTED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.DONE, _S.REJECTED}),
}
_RETURNED: Machine = {
    _S.OPEN: frozenset({_S.AWAITED, _S.REJECTED, _S.WITHDRAWN}),
    _S.AWAITED: frozenset({_S.SENT_BACK, _S.WITHDRAWN}),
    _S.SENT_BACK: frozenset({_S.INSPECTED}),
    _S.INSPECTED: frozenset({_S.DONE, _S.REJECTED}),
}
_REPLACED: Machine = {
    **_RETURNED,
    _S.INSPECTED: frozenset({_S.RESENT, _S.REJECTED}),
    _S.RESENT: frozenset({_S.DONE}),
}
_MENDED: Machine = {
    _S.OPEN: frozenset({_S.ACCEPTED, _S.REJECTED, _S.WITHDRAWN}),
    _S.ACCEPTED: frozenset({_S.RESENT, _S.DONE, _S.REJECTED}),
    _S.RESENT: frozenset({_S.DONE}),
}
# What a rule has decided is done with the confirmation.
_DECIDED: Machine = {}

MACHINES: Mapping[TicketKind, Machine] = {
    TicketKind.URGE: _ANSWERED,
    TicketKind.STALE_PARCEL: _ANSWERED,
    TicketKind.ADDRESS: _DECIDED,
    TicketKind.CANCEL: _DECIDED,
    TicketKind.PAYMENT: _ANSWERED,
    TicketKind.RETURN: _RETURNED,
    TicketKind.EXCHANGE: _REPLACED,
    TicketKind.REFUND: _ANSWERED,
    TicketKind.DEFECT: _MENDED,
    TicketKind.PRICE: _DECIDED,
    TicketKind.INVOICE: _ANSWERED,
    TicketKind.REPAIR: _REPLACED,
    TicketKind.COMPLAINT: _ANSWERED,
}


@dataclass(frozen=True)
class Ticket:
    """A request. `line` and `quantity` name the goods; `details` are what its kind needs besides."""

    ticket_no: str
    kind: TicketKind
    status: TicketStatus
    opened_at: datetime
    order_no: str | None = None
    customer_id: str | None = None
    conversation_id: str | None = None
    line: int | None = None
    quantity: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        return self.status not in CLOSED

    def check(self, wanted: TicketStatus) -> None:
        """Raises WrongState where a request of this kind may not move there."""
        if wanted not in MACHINES[self.kind].get(self.status, frozenset()):
            raise WrongState(status=self.status.value)

    def to_json(self) -> dict[str, Any]:
        """What the shopper who asked may see."""
        return {
            "ticket_no": self.ticket_no,
            "kind": self.kind.value,
            "status": self.status.value,
            "order_no": self.order_no,
            "line": self.line,
            "quantity": self.quantity,
            "opened_at": self.opened_at.isoformat(),
        }
