"""A small shop with an order for every operation, at a moment that stands still until it is moved."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from shop.domain import Coupon, Customer, Order, OrderItem, OrderStatus, Product, Sku
from shop.domain.invoice import Invoice, InvoiceKind, InvoiceState
from shop.domain.parcel import Parcel, ParcelEvent
from shop.domain.payment import Payment, PaymentState
from shop.domain.refund import Refund, RefundState
from shop.domain.requester import Requester
from shop.domain.service import ServiceRules
from shop.domain.ticket import Ticket, TicketKind, TicketStatus
from shop.service import read_service
from shop.storage import Storage

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
OWNER, OTHER = "C1", "C2"
TAIL = "0001"
ADDRESSES = {OWNER: "北京市海淀区演示路 1 号", OTHER: "上海市浦东新区样例街 22 号"}
RULES: ServiceRules = read_service(
    Path(__file__).parents[3] / "data" / "catalog" / "demo" / "service.json"
)

SHIRT = Product(
    product_id="shirt",
    title="纯棉T恤",
    category="T恤",
    department="服装服饰",
    skus=(
        Sku("shirt-m", Decimal("59.00"), Decimal("79.00"), 9, {"尺码": "M"}),
        Sku("shirt-l", Decimal("59.00"), Decimal("79.00"), 3, {"尺码": "L"}),
        Sku("shirt-xl", Decimal("69.00"), Decimal("79.00"), 9, {"尺码": "XL"}),
    ),
)
PHONE = Product(
    product_id="phone",
    title="小米14",
    category="手机",
    department="手机数码",
    skus=(Sku("phone-a", Decimal("3999.00"), Decimal("4319.00"), 5, {"颜色": "黑色"}),),
)

SHIRTS = OrderItem("shirt-m", "纯棉T恤", Decimal("59.00"), 3, {"尺码": "M"}, "T恤", "服装服饰")
DEARER_PHONE = OrderItem(
    "phone-a", "小米14", Decimal("4199.00"), 1, {"颜色": "黑色"}, "手机", "手机数码"
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


def order(number: str, status: OrderStatus, *, customer: str = OWNER, days: float = 3) -> Order:
    """Shirts and a phone, placed so many days ago; delivered a day ago where it was."""
    placed = NOW - timedelta(days=days)
    reached = {
        OrderStatus.UNPAID: 0,
        OrderStatus.CANCELLED: 0,
        OrderStatus.PAID: 1,
        OrderStatus.SHIPPED: 2,
    }.get(status, 3)
    moments = dict(
        [
            ("paid_at", placed + timedelta(minutes=5)),
            ("shipped_at", placed + timedelta(hours=20)),
            ("delivered_at", max(placed + timedelta(hours=40), NOW - DAY)),
        ][:reached]
    )
    return Order(
        order_no=number,
        customer_id=customer,
        status=status,
        items=(SHIRTS, DEARER_PHONE),
        address=ADDRESSES[customer],
        placed_at=placed,
        freight=Decimal("8.00"),
        discount=Decimal("10.00"),
        **moments,
    )


S = OrderStatus
ORDERS = (
    order("UNPAID", S.UNPAID, days=0.01),
    order("HELD", S.UNPAID, days=0.01),
    order("PAID", S.PAID),
    order("SHIPPED", S.SHIPPED, days=6),
    order("DELIVERED", S.DELIVERED),
    order("INVOICED", S.COMPLETED),
    order("REFUNDING", S.REFUNDING),
    order("RETURNING", S.DELIVERED),
    order("THEIRS", S.PAID, customer=OTHER),
)
PARCELS = (
    Parcel(
        "B1",
        "SHIPPED",
        "圆通速递",
        "YT1",
        NOW - 5 * DAY,
        (0, 1),
        events=(ParcelEvent(NOW - 4 * DAY, "已揽收"),),
    ),
)
RETURN = Ticket(
    "T1",
    TicketKind.RETURN,
    TicketStatus.OPEN,
    NOW - DAY,
    "RETURNING",
    OWNER,
    line=0,
    quantity=1,
    details={"reason": "七天无理由", "condition": "未拆封", "amount": "58.86"},
)
REFUNDED = Ticket("T2", TicketKind.RETURN, TicketStatus.DONE, NOW - DAY, "REFUNDING", OWNER)
REFUND = Refund(
    "R1", "REFUNDING", "T2", Decimal("4366.00"), "支付宝", RefundState.PROCESSING, NOW - DAY
)
INVOICE = Invoice(
    "F1",
    "INVOICED",
    InvoiceKind.PERSONAL,
    "陈小满",
    Decimal("4374.00"),
    InvoiceState.ISSUED,
    NOW - DAY,
    issued_at=NOW - DAY,
)
COUPON = Coupon(
    "all-10", "满 199 元减 10 元", Decimal("199"), Decimal("10"), NOW - DAY, NOW + 9 * DAY
)


def customer(name: str, phone: str) -> Customer:
    return Customer(name, f"名{name}", phone, ADDRESSES[name], "银卡会员", 120, NOW - 90 * DAY)


async def fill(storage: Storage) -> None:
    """The whole shop."""
    async with storage.unit() as unit:
        await unit.catalog.upsert([SHIRT, PHONE])
        await unit.customers.add([customer(OWNER, "13800000001"), customer(OTHER, "13800000002")])
        await unit.orders.add(ORDERS)
        await unit.parcels.add(PARCELS)
        await unit.payments.add([*(paid(one) for one in ORDERS if one.paid_at), _held()])
        await unit.tickets.add([RETURN, REFUNDED])
        await unit.refunds.add([REFUND])
        await unit.invoices.add([INVOICE])
        await unit.coupons.upsert([COUPON])
        await unit.commit()


def paid(one: Order) -> Payment:
    """The provider's record of it."""
    moment = one.paid_at or one.placed_at
    name = f"P-{one.order_no}"
    return Payment(name, one.order_no, "支付宝", one.amount, PaymentState.PAID, moment)


def _held() -> Payment:
    return paid(next(one for one in ORDERS if one.order_no == "HELD"))


@dataclass(frozen=True)
class People:
    """Everybody who may turn up, each in a conversation of their own."""

    owner: Requester
    other: Requester
    verified: Requester
    unverified: Requester
    agent: Requester


async def people(storage: Storage) -> People:
    """The verified guest has shown every order of the owner."""
    async with storage.unit() as unit:
        ids = [
            (await unit.conversations.start(name))[0].conversation_id
            for name in (OWNER, OTHER, None, None, None)
        ]
        mine = [one.order_no for one in ORDERS if one.customer_id == OWNER]
        for number in mine:
            await unit.verifications.bind(ids[2], number)
        await unit.commit()
    return People(
        owner=Requester(ids[0], OWNER),
        other=Requester(ids[1], OTHER),
        verified=Requester(ids[2], verified=frozenset(mine)),
        unverified=Requester(ids[3]),
        agent=Requester(ids[4], agent_id="A1"),
    )
