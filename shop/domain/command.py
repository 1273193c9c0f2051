"""What can be asked of the after-sale desk: one frozen value a skill, free of who asks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from shop.domain.invoice import InvoiceKind
from shop.domain.operation import Operation
from shop.domain.ticket import TicketStatus


class CancelReason(StrEnum):
    CHANGED_MIND = "不想要了"
    WRONG_ORDER = "拍错了"
    TOO_SLOW = "发货太慢"
    CHEAPER = "其他地方更便宜"
    OTHER = "其他原因"


class ReturnReason(StrEnum):
    NO_REASON = "七天无理由"
    QUALITY = "质量问题"
    NOT_AS_DESCRIBED = "与描述不符"
    WRONG_GOODS = "发错货"
    WRONG_SIZE = "尺码或颜色不合适"


# The shop pays for the way back, and what was opened may go back too.
FAULTS = frozenset({ReturnReason.QUALITY, ReturnReason.NOT_AS_DESCRIBED, ReturnReason.WRONG_GOODS})


class Condition(StrEnum):
    """Of goods that are to go back."""

    SEALED = "未拆封"
    OPENED = "已拆封未使用"
    USED = "已使用"


class DefectKind(StrEnum):
    DAMAGED = "破损"
    MISSING = "少件"
    WRONG = "发错"


class Remedy(StrEnum):
    """What a customer with a claim would rather have."""

    RESEND = "补发"
    REFUND = "退款"


@dataclass(frozen=True)
class Command:
    """Base of all commands. `private`: the fields that hold what the customer wrote."""

    operation: ClassVar[Operation]
    private: ClassVar[tuple[str, ...]] = ()


@dataclass(frozen=True)
class OrderCommand(Command):
    """About one order."""

    order_no: str


@dataclass(frozen=True)
class TicketCommand(Command):
    """About one request."""

    ticket_no: str


@dataclass(frozen=True)
class UrgeShipment(OrderCommand):
    operation = Operation.URGE_SHIPMENT


@dataclass(frozen=True)
class ReportStaleParcel(OrderCommand):
    operation = Operation.REPORT_STALE_PARCEL
    parcel_no: str


@dataclass(frozen=True)
class ChangeAddress(OrderCommand):
    operation = Operation.CHANGE_ADDRESS
    private = ("address",)
    address: str


@dataclass(frozen=True)
class CancelOrder(OrderCommand):
    """All of it, or some `lines`: (line, pieces)."""

    operation = Operation.CANCEL_ORDER
    reason: CancelReason
    lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class ReportPayment(OrderCommand):
    operation = Operation.REPORT_PAYMENT


@dataclass(frozen=True)
class ReturnGoods(OrderCommand):
    operation = Operation.RETURN_GOODS
    line: int
    quantity: int
    reason: ReturnReason
    condition: Condition


@dataclass(frozen=True)
class ExchangeGoods(OrderCommand):
    """`sku`: the variant wanted instead."""

    operation = Operation.EXCHANGE_GOODS
    line: int
    quantity: int
    reason: ReturnReason
    condition: Condition
    sku: str


@dataclass(frozen=True)
class RefundOnly(OrderCommand):
    operation = Operation.REFUND_ONLY
    line: int
    quantity: int
    reason: ReturnReason


@dataclass(frozen=True)
class ReportDefect(OrderCommand):
    """`photos`: ids of photos sent in the same conversation."""

    operation = Operation.REPORT_DEFECT
    line: int
    quantity: int
    defect: DefectKind
    remedy: Remedy
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProtectPrice(OrderCommand):
    operation = Operation.PROTECT_PRICE
    line: int


@dataclass(frozen=True)
class RequestInvoice(OrderCommand):
    operation = Operation.REQUEST_INVOICE
    private = ("title", "tax_no")
    kind: InvoiceKind
    title: str
    tax_no: str | None = None


@dataclass(frozen=True)
class ReissueInvoice(OrderCommand):
    """In place of the invoice that there is."""

    operation = Operation.REISSUE_INVOICE
    private = ("title", "tax_no")
    kind: InvoiceKind
    title: str
    tax_no: str | None = None


@dataclass(frozen=True)
class RequestRepair(OrderCommand):
    operation = Operation.REQUEST_REPAIR
    private = ("fault",)
    line: int
    fault: str


@dataclass(frozen=True)
class ReviewGoods(OrderCommand):
    operation = Operation.REVIEW_GOODS
    private = ("text",)
    line: int
    stars: int
    text: str = ""


@dataclass(frozen=True)
class Complain(Command):
    """`order_no` None: not about an order."""

    operation = Operation.COMPLAIN
    private = ("text",)
    text: str
    order_no: str | None = None


@dataclass(frozen=True)
class ClaimCoupon(Command):
    operation = Operation.CLAIM_COUPON
    coupon_id: str


@dataclass(frozen=True)
class WithdrawTicket(TicketCommand):
    operation = Operation.WITHDRAW_TICKET


@dataclass(frozen=True)
class AdvanceTicket(TicketCommand):
    """An agent's step; `reason` is a stable word, for the log."""

    operation = Operation.ADVANCE_TICKET
    status: TicketStatus
    reason: str


@dataclass(frozen=True)
class SettleRefund(OrderCommand):
    """The money has left, or could not."""

    operation = Operation.SETTLE_REFUND
    refund_no: str
    sent: bool = True


@dataclass(frozen=True)
class EraseData(Command):
    """`phone_tail`: the last four digits, asked of signed-in customers once more."""

    operation = Operation.ERASE_DATA
    phone_tail: str = ""


def all_commands() -> dict[Operation, type[Command]]:
    """Every command by its operation."""
    direct = Command.__subclasses__()
    kinds = [*direct, *OrderCommand.__subclasses__(), *TicketCommand.__subclasses__()]
    return {kind.operation: kind for kind in kinds if "operation" in vars(kind)}
