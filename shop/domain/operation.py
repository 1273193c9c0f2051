"""Everything the after-sale desk does, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from shop.domain.requester import Role


class Operation(StrEnum):
    """A read is named like its method of the desk, a write like its command."""

    # reads
    ORDERS = "orders"
    ORDER = "order"
    PARCELS = "parcels"
    REFUNDS = "refunds"
    INVOICES = "invoices"
    PAYMENTS = "payments"
    WARRANTY = "warranty"
    VARIANTS = "variants"
    TICKETS = "tickets"
    TICKET = "ticket"
    COUPONS = "coupons"
    MEMBERSHIP = "membership"
    # writes
    URGE_SHIPMENT = "urge_shipment"
    REPORT_STALE_PARCEL = "report_stale_parcel"
    CHANGE_ADDRESS = "change_address"
    CANCEL_ORDER = "cancel_order"
    REPORT_PAYMENT = "report_payment"
    RETURN_GOODS = "return_goods"
    EXCHANGE_GOODS = "exchange_goods"
    REFUND_ONLY = "refund_only"
    REPORT_DEFECT = "report_defect"
    PROTECT_PRICE = "protect_price"
    REQUEST_INVOICE = "request_invoice"
    REISSUE_INVOICE = "reissue_invoice"
    REQUEST_REPAIR = "request_repair"
    REVIEW_GOODS = "review_goods"
    COMPLAIN = "complain"
    CLAIM_COUPON = "claim_coupon"
    WITHDRAW_TICKET = "withdraw_ticket"
    ADVANCE_TICKET = "advance_ticket"
    SETTLE_REFUND = "settle_refund"
    ERASE_DATA = "erase_data"
    # of the conversation itself
    RATE_SERVICE = "rate_service"
    CALL_HUMAN = "call_human"
    SUMMARY = "summary"


class Subject(Enum):
    """What an operation is about."""

    ORDER = "order"
    TICKET = "ticket"
    ACCOUNT = "account"
    CONVERSATION = "conversation"


class Access(Enum):
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Rule:
    """Who may do it to what."""

    access: Access
    subject: Subject
    roles: frozenset[Role]


_OWNER = frozenset({Role.OWNER})
_AGENT = frozenset({Role.AGENT})
_PARTY = frozenset({Role.OWNER, Role.VERIFIED})
_ANYONE = frozenset({Role.OWNER, Role.VERIFIED, Role.STRANGER})

_READ_ORDER = Rule(Access.READ, Subject.ORDER, _PARTY | _AGENT)
_WRITE_ORDER = Rule(Access.WRITE, Subject.ORDER, _PARTY | _AGENT)
_READ_ACCOUNT = Rule(Access.READ, Subject.ACCOUNT, _OWNER)
_WRITE_ACCOUNT = Rule(Access.WRITE, Subject.ACCOUNT, _OWNER)

RULES: Mapping[Operation, Rule] = {
    Operation.ORDERS: _READ_ACCOUNT,
    Operation.ORDER: _READ_ORDER,
    Operation.PARCELS: _READ_ORDER,
    Operation.REFUNDS: _READ_ORDER,
    Operation.INVOICES: _READ_ORDER,
    Operation.PAYMENTS: _READ_ORDER,
    Operation.WARRANTY: _READ_ORDER,
    Operation.VARIANTS: _READ_ORDER,
    # Their own by construction: of the account, or of the conversation.
    Operation.TICKETS: Rule(Access.READ, Subject.CONVERSATION, _ANYONE | _AGENT),
    Operation.TICKET: Rule(Access.READ, Subject.TICKET, _PARTY | _AGENT),
    Operation.COUPONS: _READ_ACCOUNT,
    Operation.MEMBERSHIP: _READ_ACCOUNT,
    Operation.URGE_SHIPMENT: _WRITE_ORDER,
    Operation.REPORT_STALE_PARCEL: _WRITE_ORDER,
    # Four digits of a phone are too little to send goods elsewhere.
    Operation.CHANGE_ADDRESS: Rule(Access.WRITE, Subject.ORDER, _OWNER | _AGENT),
    Operation.CANCEL_ORDER: _WRITE_ORDER,
    Operation.REPORT_PAYMENT: _WRITE_ORDER,
    Operation.RETURN_GOODS: _WRITE_ORDER,
    Operation.EXCHANGE_GOODS: _WRITE_ORDER,
    Operation.REFUND_ONLY: _WRITE_ORDER,
    Operation.REPORT_DEFECT: _WRITE_ORDER,
    Operation.PROTECT_PRICE: _WRITE_ORDER,
    Operation.REQUEST_INVOICE: _WRITE_ORDER,
    Operation.REISSUE_INVOICE: _WRITE_ORDER,
    Operation.REQUEST_REPAIR: _WRITE_ORDER,
    # A review is the buyer's own word.
    Operation.REVIEW_GOODS: Rule(Access.WRITE, Subject.ORDER, _OWNER),
    Operation.COMPLAIN: Rule(Access.WRITE, Subject.CONVERSATION, _ANYONE),
    Operation.CLAIM_COUPON: _WRITE_ACCOUNT,
    Operation.WITHDRAW_TICKET: Rule(Access.WRITE, Subject.TICKET, _PARTY | _AGENT),
    Operation.ADVANCE_TICKET: Rule(Access.WRITE, Subject.TICKET, _AGENT),
    Operation.SETTLE_REFUND: Rule(Access.WRITE, Subject.ORDER, _AGENT),
    # A customer's account, a guest's conversation.
    Operation.ERASE_DATA: Rule(Access.WRITE, Subject.CONVERSATION, _ANYONE),
    Operation.RATE_SERVICE: Rule(Access.WRITE, Subject.CONVERSATION, _ANYONE),
    Operation.CALL_HUMAN: Rule(Access.WRITE, Subject.CONVERSATION, _ANYONE),
    Operation.SUMMARY: Rule(Access.READ, Subject.CONVERSATION, _AGENT),
}
