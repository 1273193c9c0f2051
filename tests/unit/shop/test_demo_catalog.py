"""The demo catalogue: what is read from it, and what is wrong with it."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shop.demo import catalog
from shop.demo.catalog import DemoCatalog
from shop.domain.errors import BadCatalog

DEPARTMENT: dict[str, Any] = {
    "department": "手机数码",
    "categories": [
        {
            "name": "手机",
            "aliases": ["智能手机"],
            "purposes": {"拍照": "影像"},
            "attributes": [
                {"name": "屏幕尺寸", "type": "number", "unit": "英寸"},
                {"name": "5G", "type": "bool"},
                {"name": "特点", "type": "list"},
                {"name": "处理器", "type": "text"},
            ],
            "options": ["颜色", "存储"],
        }
    ],
}
FAMILY: dict[str, Any] = {
    "id": "phone-xiaomi-14",
    "category": "手机",
    "brand": "小米",
    "model": "小米14",
    "title": "小米14 5G手机",
    "description": "小屏旗舰",
    "attributes": {"屏幕尺寸": 6.36, "5G": True, "特点": ["IP68"], "处理器": "骁龙"},
    "options": {"颜色": ["黑色", "白色"], "存储": {"256GB": "3999", "512GB": "4299"}},
    "list_price": 1.08,
    "tags": ["影像"],
    "rating": 4.8,
    "sales": 120000,
    "launched": "2023-10-26",
}

Read = Callable[..., DemoCatalog]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a catalogue of these families."""

    def read(*families: dict[str, Any] | str, department: dict[str, Any] = DEPARTMENT) -> Any:
        for name in ("categories", "products"):
            (tmp_path / name).mkdir(exist_ok=True)
        lines = [f if isinstance(f, str) else json.dumps(f) for f in families]
        (tmp_path / "categories" / "digital.json").write_text(json.dumps(department))
        (tmp_path / "products" / "digital.jsonl").write_text("\n".join(lines))
        return catalog.read(tmp_path)

    return read


def test_a_family_becomes_a_sku_for_each_choice(read: Read) -> None:
    (product,) = read(FAMILY).products
    assert [(s.sku, s.options["颜色"], s.options["存储"], s.price) for s in product.skus] == [
        ("phone-xiaomi-14-01", "黑色", "256GB", Decimal("3999.00")),
        ("phone-xiaomi-14-02", "黑色", "512GB", Decimal("4299.00")),
        ("phone-xiaomi-14-03", "白色", "256GB", Decimal("3999.00")),
        ("phone-xiaomi-14-04", "白色", "512GB", Decimal("4299.00")),
    ]
    assert product.department == "手机数码"
    assert read(FAMILY).products == (product,)


@pytest.mark.parametrize(
    ("price", "factor", "list_price"),
    [
        ("3999", 1.08, "4319.00"),
        ("59.00", 1.2, "70.90"),
        ("99.95", 1.1, "110.00"),
        ("9.9", 1.0, "9.90"),
        ("9.99", 1.0001, "9.99"),
    ],
)
def test_list_prices_look_like_a_shops(
    read: Read, price: str, factor: float, list_price: str
) -> None:
    plain = {**FAMILY, "options": {"颜色": ["黑色"]}, "price": price, "list_price": factor}
    (product,) = read(plain).products
    assert product.skus[0].list_price == Decimal(list_price)


def test_a_few_in_a_hundred_are_sold_out(read: Read) -> None:
    families = [{**FAMILY, "id": f"phone-x-{n}"} for n in range(500)]
    stocks = [sku.stock for product in read(*families).products for sku in product.skus]
    assert 0.04 < stocks.count(0) / len(stocks) < 0.08
    assert max(stocks) <= 300


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id": "Phone 1"}, "id: String should match"),
        ({"category": "汽车"}, "category 汽车 is not defined"),
        ({"attributes": {"屏幕": 6}}, "attribute 屏幕 is not one of 手机"),
        ({"attributes": {"屏幕尺寸": "6"}}, "attribute 屏幕尺寸 is no number"),
        ({"attributes": {"屏幕尺寸": True}}, "attribute 屏幕尺寸 is no number"),
        ({"attributes": {"5G": "是"}}, "attribute 5G is no bool"),
        ({"attributes": {"特点": "IP68"}}, "attribute 特点 is no list"),
        ({"attributes": {"处理器": 1}}, "attribute 处理器 is no text"),
        ({"options": {"口味": {"甜": "1"}}}, "option 口味 is not one of 手机"),
        ({"options": {"颜色": ["黑色"]}}, 'needs one option with prices, or "price"'),
        ({"price": "1"}, 'needs one option with prices, or "price"'),
        ({"options": {"存储": {"1GB": "面议"}}}, "not an amount"),
        ({"options": {"颜色": [], "存储": {"1GB": "1"}}}, "has 0 SKUs"),
        ({"options": {"颜色": list("红" * 25), "存储": {"1GB": "1"}}}, "has 25 SKUs"),
        ({"colour": "红"}, "colour: Extra inputs"),
        ({"launched": "去年"}, "launched: "),
    ],
)
def test_mistakes_are_named_by_file_and_line(
    read: Read, change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadCatalog) as refused:
        read(FAMILY, {**FAMILY, "id": "other", **change})
    assert str(refused.value).startswith(f"digital.jsonl:2: {complaint}")


def test_every_mistake_is_named_at_once(read: Read) -> None:
    with pytest.raises(BadCatalog) as refused:
        read({**FAMILY, "category": "汽车"}, FAMILY, {**FAMILY, "rating": 9})
    assert [line[:16] for line in str(refused.value).split("\n")] == [
        "digital.jsonl:1:",
        "digital.jsonl:3:",
    ]


def test_an_id_is_taken_once(read: Read) -> None:
    with pytest.raises(BadCatalog, match=r"digital.jsonl:2: id phone-xiaomi-14 is already taken"):
        read(FAMILY, FAMILY)


def test_broken_json_is_named(read: Read) -> None:
    with pytest.raises(BadCatalog, match=r"digital.jsonl:2: broken JSON"):
        read(FAMILY, "{")


def test_a_category_is_defined_once(read: Read) -> None:
    twice = {**DEPARTMENT, "categories": DEPARTMENT["categories"] * 2}
    with pytest.raises(BadCatalog, match=r"digital.json: category 手机 is already defined"):
        read(FAMILY, department=twice)
