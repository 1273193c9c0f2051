"""The invented people of the demo shop: what is wrong with their files."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shop.demo import business
from shop.demo.business import Business
from shop.domain import Product, Sku
from shop.domain.errors import BadCatalog

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CUSTOMER = {
    "id": "demo-01",
    "name": "陈小满",
    "phone": "13800000001",
    "address": "演示路 1 号",
    "level": "普通会员",
    "points": 0,
    "registered_days_ago": 9,
}
ORDER = {
    "order_no": "DG1",
    "customer": "demo-01",
    "status": "已发货",
    "placed_days_ago": 2,
    "items": [{"category": "手机", "rank": 2, "quantity": 3}],
}
PARCEL = {"carrier": "圆通速递", "tracking_no": "YT1", "lines": [0, 1], "events": []}
INVOICE = {"kind": "企业", "title": "公司", "tax_no": "91330106MA2DEM00X0"}
COUPON = {"id": "c", "title": "券", "threshold": "99", "off": "9.5", "ends_in_days": 7}


def _phone(number: int) -> Product:
    sku = Sku(f"p{number}-01", Decimal(number), Decimal(number), 1)
    return Product(f"p{number}", f"手机{number}", "手机", "手机数码", (sku,), sales=number)


def _read(folder: Path, **changes: list[dict[str, Any]]) -> Business:
    content = {
        "customers": [CUSTOMER],
        "orders": [ORDER],
        "coupons": [COUPON],
        "promotions": [],
        "policies": [],
        "freight": [],
    }
    for name, entries in {**content, **changes}.items():
        (folder / f"{name}.json").write_text(json.dumps(entries))
    return business.read(folder, [_phone(1), _phone(2), _phone(3)], NOW)


def test_an_order_takes_the_best_sellers_of_today(tmp_path: Path) -> None:
    (order,) = _read(tmp_path).orders
    assert [(item.sku, item.quantity) for item in order.items] == [("p2-01", 3)]
    assert order.placed_at == NOW - timedelta(days=2)
    assert order.shipped_at == NOW - timedelta(days=1, hours=4)
    assert (order.delivered_at, order.closed_at) == (None, None)
    assert order.amount == Decimal("6.00")


def test_coupons_end_relative_to_now(tmp_path: Path) -> None:
    (coupon,) = _read(tmp_path).coupons
    assert (coupon.valid_from, coupon.valid_until) == (NOW, NOW + timedelta(days=7))


@pytest.mark.parametrize(
    ("name", "entry", "complaint"),
    [
        ("customers", {**CUSTOMER, "phone": "13912345678"}, "customers.json[0]: phone: "),
        ("orders", {**ORDER, "customer": "demo-99"}, "DG1: customer demo-99 is not defined"),
        ("orders", {**ORDER, "status": "丢了"}, "orders.json[0]: status: "),
        ("orders", {**ORDER, "placed_days_ago": 0.1}, "DG1: placed too lately to be 已发货"),
        ("orders", {**ORDER, "parcels": [PARCEL]}, "orders.json[0]: a parcel holds a line that"),
        ("orders", {**ORDER, "invoice": INVOICE}, "invoice.tax_no: not a taxpayer number"),
        ("orders", {**ORDER, "items": [{"category": "车"}]}, "DG1: 车 has no product of rank 1"),
        ("coupons", {**COUPON, "off": "-1"}, "coupons.json[0]: off: out of range"),
        ("coupons", {**COUPON, "scope": "车"}, "c: scope 车 is not defined"),
        ("freight", {"id": "all", "fee": "-8"}, "freight.json[0]: fee: out of range"),
    ],
)
def test_mistakes_are_named(
    tmp_path: Path, name: str, entry: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadCatalog) as refused:
        _read(tmp_path, **{name: [entry]})
    assert complaint in str(refused.value)


def test_a_file_that_holds_no_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCatalog, match=r"coupons.json: not a list"):
        _read(tmp_path, coupons={})  # type: ignore[arg-type]


POLICY = {
    "topic": "freight",
    "title": "运费",
    "text": "满 99 元包邮。",
    "keywords": ["邮费"],
    "questions": ["运费多少", "包邮吗", "邮费怎么收"],
}


def test_a_policy_keeps_how_it_is_asked(tmp_path: Path) -> None:
    other = {**POLICY, "topic": "gifts", "questions": ["一", "二", "三"], "related": ["freight"]}
    first, second = _read(tmp_path, policies=[POLICY, other]).policies
    assert (first.question, first.related) == ("运费多少", ())
    assert second.related == ("freight",)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ([{"questions": ["一", "二"]}], "questions: List should have at least 3"),
        ([{"text": "  "}], "text: String should have at least 1"),
        ([{"topic": "运费"}], "topic: String should match"),
        ([{"related": ["nowhere"]}], "freight: related nowhere is no other topic"),
        ([{"related": ["freight"]}], "freight: related freight is no other topic"),
        ([{}, {"questions": ["一", "二", "三"]}], "freight: the topic stands twice"),
        ([{}, {"topic": "gifts"}], "gifts: the question 运费多少 stands twice"),
        ([{"answer": "x"}], "answer: Extra inputs are not permitted"),
    ],
)
def test_policies_that_would_mislead_are_refused(
    tmp_path: Path, changes: list[dict[str, Any]], complaint: str
) -> None:
    with pytest.raises(BadCatalog, match=complaint):
        _read(tmp_path, policies=[{**POLICY, **change} for change in changes])


def test_what_happened_since_is_told_relative_to_the_order(tmp_path: Path) -> None:
    told = {**PARCEL, "lines": [0], "events": [{"hours_after": 21, "text": "已揽收"}]}
    entry = {**ORDER, "channel": "银行卡", "parcels": [told], "payments": [{"state": "支付失败"}]}
    entry["items"] = [{"category": "手机", "dearer": "9.5"}]
    shop = _read(tmp_path, orders=[entry])
    (order,), (served,) = shop.orders, shop.served
    assert order.items[0].price == Decimal("12.50")
    (parcel,) = served.parcels
    assert parcel.last_at == order.placed_at + timedelta(hours=21)
    assert [payment.state.value for payment in served.payments] == ["已支付", "支付失败"]
    assert {payment.channel for payment in served.payments} == {"银行卡"}
