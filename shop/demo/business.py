"""Invented customers, their orders, coupons, policies and freight, told relative to today."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shop.demo import files
from shop.demo.files import Complaints, Entry
from shop.demo.served import Served, ServedEntry, served
from shop.domain import Coupon, Customer, Offer, Order, OrderItem, OrderStatus, Policy, Product
from shop.domain.freight import FreightRule
from shop.domain.money import yuan
from shop.domain.promotion import Kind

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Amount = Annotated[str, AfterValidator(lambda text: str(yuan(text)))]

# How long after its placing an order usually reaches each state, and the states passed on the way.
_PAID, _SHIPPED = timedelta(minutes=6), timedelta(hours=20)
_DELIVERED, _CLOSED = timedelta(days=3), timedelta(days=10)
_PASSED: Mapping[OrderStatus, int] = {
    OrderStatus.UNPAID: 0,
    OrderStatus.PAID: 1,
    OrderStatus.REFUNDING: 3,
    OrderStatus.SHIPPED: 2,
    OrderStatus.DELIVERED: 3,
    OrderStatus.COMPLETED: 3,
    OrderStatus.CANCELLED: 0,
    OrderStatus.REFUNDED: 3,
}
_CLOSED_STATES = {OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.REFUNDED}


class CustomerEntry(Entry):
    id: str = Field(max_length=60)
    name: str
    phone: str = Field(pattern=r"^1380000\d{4}$")
    address: str
    level: str
    points: int = Field(ge=0)
    registered_days_ago: int = Field(ge=0)


class ItemEntry(Entry):
    """The `rank`-th best seller of a category, so that the catalogue may change beneath."""

    category: str
    rank: int = Field(1, ge=1)
    quantity: int = Field(1, ge=1)
    # The price has dropped by so much since.
    dearer: Amount = "0"


class OrderEntry(ServedEntry):
    order_no: str = Field(max_length=40)
    customer: str
    status: OrderStatus
    placed_days_ago: float = Field(ge=0)
    items: list[ItemEntry] = Field(min_length=1)
    freight: Amount = "0"
    discount: Amount = "0"
    carrier: str | None = None
    tracking_no: str | None = None

    @model_validator(mode="after")
    def parcels_hold_items(self) -> "OrderEntry":
        lines = {line for parcel in self.parcels or [] for line in parcel.lines}
        if lines - set(range(len(self.items))):
            raise ValueError("a parcel holds a line that the order does not have")
        return self


class OfferEntry(Entry):
    id: str = Field(max_length=60)
    title: str
    threshold: Amount
    off: Amount
    scope: str | None = None
    starts_in_days: int = 0
    ends_in_days: int
    stackable: bool = True


class CouponEntry(OfferEntry):
    new_customers_only: bool = False


class PromotionEntry(OfferEntry):
    repeats: bool = False


class PolicyEntry(Entry):
    """`related` names other topics; each question is asked for one topic only."""

    topic: str = Field(pattern=r"^[a-z0-9_]{1,60}$")
    title: Words = Field(max_length=120)
    text: Words
    keywords: list[Words]
    questions: list[Words] = Field(min_length=3, max_length=6)
    related: list[str] = []

    def policy(self) -> Policy:
        lists = map(tuple, (self.keywords, self.questions, self.related))
        return Policy(self.topic, self.title, self.text, *lists)


class FreightEntry(Entry):
    id: str = Field(max_length=60)
    fee: Amount
    free_from: Amount | None = None
    regions: list[str] = []


@dataclass(frozen=True)
class Business:
    """Everything but the catalogue."""

    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    served: tuple[Served, ...]
    coupons: tuple[Coupon, ...]
    promotions: tuple[Offer, ...]
    policies: tuple[Policy, ...]
    freights: tuple[FreightRule, ...]


def read(folder: Path, products: Sequence[Product], now: datetime) -> Business:
    """Read the six files of the folder; raises BadCatalog with all complaints."""
    complaints = Complaints()
    customers = files.entries(CustomerEntry, folder / "customers.json", complaints)
    placed = files.entries(OrderEntry, folder / "orders.json", complaints)
    coupons = files.entries(CouponEntry, folder / "coupons.json", complaints)
    promotions = files.entries(PromotionEntry, folder / "promotions.json", complaints)
    policies = files.entries(PolicyEntry, folder / "policies.json", complaints)
    freights = files.entries(FreightEntry, folder / "freight.json", complaints)
    known = {customer.id: _customer(customer, now) for customer in customers}
    ranked = _ranked(products)
    scopes = {None, *ranked, *(product.department for product in products)}
    for file, offers in (("coupons.json", coupons), ("promotions.json", promotions)):
        for offer in offers:
            if offer.scope not in scopes:
                complaints.add(f"{file}: {offer.id}", f"scope {offer.scope} is not defined")
    _check_policies(policies, complaints)
    orders = [_order(entry, known, ranked, now, complaints) for entry in placed]
    complaints.raise_any()
    complete = [(order, e) for order, e in zip(orders, placed, strict=True) if order is not None]
    return Business(
        customers=tuple(known.values()),
        orders=tuple(order for order, _ in complete),
        served=tuple(served(order, entry, now) for order, entry in complete),
        coupons=tuple(_coupon(entry, now) for entry in coupons),
        promotions=tuple(_promotion(entry, now) for entry in promotions),
        freights=tuple(map(_freight, freights)),
        policies=tuple(entry.policy() for entry in policies),
    )


def _check_policies(policies: Sequence[PolicyEntry], complaints: Complaints) -> None:
    """Two topics of one name or one question would leave it to chance which is told."""
    named = [policy.topic for policy in policies]
    asked = Counter(question for policy in policies for question in policy.questions)
    for policy in policies:
        place = f"policies.json: {policy.topic}"
        if named.count(policy.topic) > 1:
            complaints.add(place, "the topic stands twice")
        for topic in policy.related:
            if topic not in named or topic == policy.topic:
                complaints.add(place, f"related {topic} is no other topic")
        for question in policy.questions:
            if asked[question] > 1:
                complaints.add(place, f"the question {question} stands twice")


def _ranked(products: Sequence[Product]) -> Mapping[str, list[Product]]:
    ranked: dict[str, list[Product]] = defaultdict(list)
    for product in sorted(products, key=lambda p: (-p.sales, p.product_id)):
        ranked[product.category].append(product)
    return ranked


def _customer(entry: CustomerEntry, now: datetime) -> Customer:
    return Customer(
        customer_id=entry.id,
        name=entry.name,
        phone=entry.phone,
        address=entry.address,
        level=entry.level,
        points=entry.points,
        registered_at=now - timedelta(days=entry.registered_days_ago),
        demo=True,
    )


def _order(
    entry: OrderEntry,
    customers: Mapping[str, Customer],
    ranked: Mapping[str, list[Product]],
    now: datetime,
    complaints: Complaints,
) -> Order | None:
    place = f"orders.json: {entry.order_no}"
    if entry.customer not in customers:
        complaints.add(place, f"customer {entry.customer} is not defined")
        return None
    items = [_item(item, ranked, place, complaints) for item in entry.items]
    reached = moments(entry.status, now - timedelta(days=entry.placed_days_ago))
    if max(reached.values()) > now:
        complaints.add(place, f"placed too lately to be {entry.status}")
    return Order(
        order_no=entry.order_no,
        customer_id=entry.customer,
        status=entry.status,
        items=tuple(item for item in items if item is not None),
        address=customers[entry.customer].address,
        freight=Decimal(entry.freight),
        discount=Decimal(entry.discount),
        carrier=entry.carrier,
        tracking_no=entry.tracking_no,
        **reached,
    )


def _item(
    entry: ItemEntry, ranked: Mapping[str, list[Product]], place: str, complaints: Complaints
) -> OrderItem | None:
    sellers = ranked.get(entry.category, [])
    if len(sellers) < entry.rank:
        complaints.add(place, f"{entry.category} has no product of rank {entry.rank}")
        return None
    product = sellers[entry.rank - 1]
    sku = product.skus[0]
    return OrderItem(
        sku=sku.sku,
        title=product.title,
        price=sku.price + Decimal(entry.dearer),
        quantity=entry.quantity,
        options=sku.options,
        category=product.category,
        department=product.department,
    )


def moments(status: OrderStatus, placed: datetime) -> dict[str, datetime]:
    """When an order placed then usually reached each state on its way to `status`."""
    path = {"paid_at": _PAID, "shipped_at": _SHIPPED, "delivered_at": _DELIVERED}
    reached = list(path.items())[: _PASSED[status]]
    found = {"placed_at": placed, **{name: placed + later for name, later in reached}}
    if status is OrderStatus.CANCELLED:
        found["closed_at"] = placed + _SHIPPED
    elif status in _CLOSED_STATES:
        found["closed_at"] = placed + _CLOSED
    return found


def _coupon(entry: CouponEntry, now: datetime) -> Coupon:
    new = entry.new_customers_only
    return Coupon(coupon_id=entry.id, new_customers_only=new, **_terms(entry, now))


def _promotion(entry: PromotionEntry, now: datetime) -> Offer:
    terms = _terms(entry, now)
    return Offer(offer_id=entry.id, kind=Kind.PROMOTION, repeats=entry.repeats, **terms)


def _freight(entry: FreightEntry) -> FreightRule:
    free_from = None if entry.free_from is None else Decimal(entry.free_from)
    return FreightRule(entry.id, Decimal(entry.fee), free_from, tuple(entry.regions))


def _terms(entry: OfferEntry, now: datetime) -> dict[str, Any]:
    return {
        "title": entry.title,
        "threshold": Decimal(entry.threshold),
        "off": Decimal(entry.off),
        "valid_from": now + timedelta(days=entry.starts_in_days),
        "valid_until": now + timedelta(days=entry.ends_in_days),
        "scope": entry.scope,
        "stackable": entry.stackable,
    }
