"""Feeds of other systems: Shopify, Google, nested JSON, other currencies."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from shop.domain.errors import BadFeed
from shop.importing import load_mapping
from tests.unit.shop.feeds import GOOD, PLAIN, Shop

SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,\
Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src
tee,圆领T恤,<p>纯棉</p><p>透气</p>,李宁,T恤,"夏季, 纯棉",颜色,白色,尺码,M,T-W-M,5,99.00,129.00,https://x.cn/1.jpg
tee,,,,,,,白色,,L,T-W-L,-2,99.00,,
tee,,,,,,,黑色,,M,T-B-M,0,-9,,
tee,,,,,,,,,,,,,,https://x.cn/2.jpg
mug,马克杯,,,杯子,,Title,Default Title,,,,8,39,,
"""


def test_shopify_rows_of_a_handle_are_one_product(shop: Shop) -> None:
    report, (mug, tee) = shop.pour(SHOPIFY, "products_export.csv", load_mapping("shopify"))
    assert (report.read, report.imported, report.skipped) == (5, 2, 1)
    assert report.errors == ((4, "price", "out of range: '-9'"),)
    assert (tee.title, tee.description, tee.brand) == ("圆领T恤", "纯棉 透气", "李宁")
    assert [(s.sku, dict(s.options), s.stock) for s in tee.skus] == [
        ("T-W-M", {"颜色": "白色", "尺码": "M"}, 5),
        ("T-W-L", {"颜色": "白色", "尺码": "L"}, 0),
    ]
    assert [s.list_price for s in tee.skus] == [Decimal("129.00"), Decimal("99.00")]
    assert {s.image for s in tee.skus} == {"https://x.cn/1.jpg"}
    assert [(s.sku, s.options) for s in mug.skus] == [("mug-01", {})]


GOOGLE_TSV = """\
id\ttitle\tprice\tsale_price\tavailability\titem_group_id\tcolor\tproduct_type\tlink
t1\t圆领T恤 白\t129.00 CNY\t99.00 CNY\tin_stock\ttee\t白色\t服装 > 男装 > T恤\thttps://x.cn/t1
m1\t马克杯\t39 CNY\t\tout of stock\t\t\t\thttps://x.cn/m1
t2\t圆领T恤 黑\t129.00 CNY\t\tin_stock\ttee\t黑色\t服装 > 男装 > T恤\thttps://x.cn/t2
u1\t进口杯\t5 USD\t\tin_stock\t\t\t\thttps://x.cn/u1
"""


GOOGLE_XML = """\
<?xml version="1.0" encoding="{encoding}"?>
<rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>店</title>
<item><g:id>t1</g:id><g:title>圆领T恤 &amp; 白</g:title><g:price>129.00 CNY</g:price>
<g:sale_price>99.00 CNY</g:sale_price><g:availability>in_stock</g:availability>
<g:additional_image_link>a</g:additional_image_link>
<g:additional_image_link>b</g:additional_image_link></item>
<item><g:id>m1</g:id>
<g:price>39 CNY</g:price></item>
</channel></rss>
"""


def test_google_rows_of_a_group_are_one_product(shop: Shop) -> None:
    report, (mug, tee) = shop.pour(GOOGLE_TSV, "feed.tsv", load_mapping("google"))
    assert report.errors == ((5, "price", "not an amount: '5 USD'"),)
    assert (tee.product_id, tee.department, tee.category) == ("tee", "服装", "T恤")
    assert [(s.sku, s.price, s.options) for s in tee.skus] == [
        ("t1", Decimal("99.00"), {"颜色": "白色"}),
        ("t2", Decimal("129.00"), {"颜色": "黑色"}),
    ]
    assert (mug.product_id, mug.category, mug.skus[0].stock) == ("m1", "其他", 0)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_google_xml_is_read(shop: Shop, encoding: str) -> None:
    feed = GOOGLE_XML.format(encoding=encoding).encode(encoding)
    report, (tee,) = shop.pour(feed, "feed.xml", load_mapping("google"))
    assert report.errors == ((7, "title", "is missing"),)
    assert (tee.title, tee.skus[0].price) == ("圆领T恤 & 白", Decimal("99.00"))


@pytest.mark.parametrize(
    "feed",
    [
        GOOGLE_XML.format(encoding="utf-8")[:-40],
        '<!DOCTYPE x [<!ENTITY a "b">]><rss><item><id>&a;</id></item></rss>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>',
    ],
)
def test_broken_or_hostile_xml_is_refused_whole(shop: Shop, feed: str) -> None:
    with pytest.raises(BadFeed, match="broken XML"):
        shop.pour(feed, "feed.xml", load_mapping("google"))


def test_another_currency_is_counted_at_the_rate_of_the_mapping(shop: Shop) -> None:
    mapping = PLAIN.model_copy(update={"currency": "USD", "rate": Decimal("7.1")})
    feed = json.dumps({**GOOD, "now": "10.00 USD", "was": "USD 20"})
    _, (product,) = shop.pour(feed, "feed.jsonl", mapping)
    assert product.skus[0].price == Decimal("71.00")
    assert product.skus[0].list_price == Decimal("142.00")


def test_nested_skus_attributes_and_options(shop: Shop) -> None:
    mapping = load_mapping(Path(__file__).parents[3] / "data/catalog/mappings/yanxuan.json")
    row = {
        "id": 7,
        "name": "四件套",
        "category_l1": "居家",
        "category_l2": "床品",
        "counter_price": 919.0,
        "attributes": [["材质", "棉"], ["产地", ""], ["坏"]],
        "specifications": [["规格", "1.5m"], ["规格", "1.8m"], ["颜色", "粉"]],
        "skus": [
            {"specs": '["1.5m", "粉"]', "price": 899.0, "stock": 4},
            {"specs": '["1.8m", "粉"]', "price": 999.0, "stock": 0},
        ],
    }
    _, (product,) = shop.pour(json.dumps(row), "goods.jsonl", mapping)
    assert (product.product_id, product.department, product.category) == ("7", "居家", "床品")
    assert product.attributes == {"材质": "棉"}
    assert [(s.sku, s.options, s.list_price) for s in product.skus] == [
        ("7-01", {"规格": "1.5m", "颜色": "粉"}, Decimal("919.00")),
        ("7-02", {"规格": "1.8m", "颜色": "粉"}, Decimal("999.00")),
    ]
