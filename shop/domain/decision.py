"""Which rules decide on which command."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from shop.domain import (
    cancelling,
    defect,
    invoicing,
    price,
    reconciling,
    refunding,
    returns,
    shipping,
    voicing,
    warranty,
)
from shop.domain.case import Case
from shop.domain.command import (
    CancelOrder,
    ChangeAddress,
    ExchangeGoods,
    OrderCommand,
    ProtectPrice,
    RefundOnly,
    ReissueInvoice,
    ReportDefect,
    ReportPayment,
    ReportStaleParcel,
    RequestInvoice,
    RequestRepair,
    ReturnGoods,
    ReviewGoods,
    SettleRefund,
    UrgeShipment,
)
from shop.domain.effect import Effect
from shop.domain.service import ServiceRules

Decide = Callable[[Any, Case, ServiceRules, datetime], Effect]

_RULES: Mapping[type[OrderCommand], Decide] = {
    UrgeShipment: shipping.urge,
    ReportStaleParcel: shipping.report_stale,
    ChangeAddress: shipping.change_address,
    CancelOrder: cancelling.cancel,
    ReportPayment: reconciling.report,
    ReturnGoods: returns.send_back,
    ExchangeGoods: returns.exchange,
    RefundOnly: returns.refund_only,
    ReportDefect: defect.report,
    ProtectPrice: price.protect,
    RequestInvoice: invoicing.request,
    ReissueInvoice: invoicing.reissue,
    RequestRepair: warranty.repair,
    ReviewGoods: voicing.review,
    SettleRefund: refunding.settle,
}


def decide(command: OrderCommand, case: Case, rules: ServiceRules, now: datetime) -> Effect:
    """What an operation on an order comes to now; raises Refused."""
    return _RULES[type(command)](command, case, rules, now)
