"""Feeds: what is read, and what is reported and left out."""

import asyncio
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.domain import Product
from shop.domain.errors import BadFeed, BadMapping
from shop.importing import FeedMapping, ImportReport, import_file, load_mapping
from shop.storage import Storage, migrate

PLAIN = FeedMapping.model_validate(
    {
        "product_id": "id",
        "title": "name",
        "category": "kind",
        "rating": "stars",
        "sales": "sold",
        "launched": "since",
        "tags": "tags",
        "skus": {
            "sku": "sku",
            "price": ["now", "price.amount"],
            "list_price": "was",
            "stock": "left",
            "url": "link",
        },
    }
)
GOOD = {"id": "a", "name": "手机", "now": "1,999.00", "was": 2199, "left": 3}


class Shop:
    """A database that feeds are poured into."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._url = f"sqlite:///{folder / 'shop.db'}"

    def pour(
        self,
        content: str | bytes,
        name: str,
        mapping: FeedMapping = PLAIN,
        *,
        dry_run: bool = False,
        replace: bool = False,
    ) -> tuple[ImportReport, list[Product]]:
        """Import and look what the shop has now."""
        path = self._folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return asyncio.run(self._pour(path, mapping, dry_run, replace))

    def pour_rows(
        self, *rows: Any, dry_run: bool = False, replace: bool = False
    ) -> tuple[ImportReport, list[Product]]:
        return self.pour(
            "\n".join(map(json.dumps, rows)), "feed.jsonl", dry_run=dry_run, replace=replace
        )

    async def _pour(
        self, path: Path, mapping: FeedMapping, dry_run: bool, replace: bool
    ) -> tuple[ImportReport, list[Product]]:
        storage = Storage(self._url)
        try:
            report = await import_file(path, mapping, storage, dry_run=dry_run, replace=replace)
            async with storage.unit() as unit:
                ids = [d["product_id"] async for d in unit.catalog.documents()]
                return report, await unit.catalog.products(ids)
        finally:
            await storage.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without products."""
    path = tmp_path_factory.mktemp("empty") / "shop.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def shop(tmp_path: Path, empty: Path) -> Shop:
    shutil.copy(empty, tmp_path)
    return Shop(tmp_path)


def test_a_good_row_is_a_product(shop: Shop) -> None:
    row = {**GOOD, "kind": "手机", "stars": "4.8", "sold": "1,200", "since": "2024-05-31"}
    report, (product,) = shop.pour_rows({**row, "tags": "影像, 送礼", "link": "https://x.cn/a"})
    assert report == ImportReport(read=1, imported=1, skipped=0, errors=())
    assert (product.product_id, product.title, product.category) == ("a", "手机", "手机")
    assert (product.rating, product.sales, str(product.launched)) == (4.8, 1200, "2024-05-31")
    assert product.tags == ("影像", "送礼")
    (sku,) = product.skus
    assert (sku.sku, sku.price, sku.list_price) == ("a-01", Decimal("1999.00"), Decimal("2199.00"))
    assert (sku.stock, sku.url) == (3, "https://x.cn/a")


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"name": ""}, "title", "is missing"),
        ({"name": "<b></b> "}, "title", "is missing"),
        ({"name": "长" * 301}, "title", "is longer than 300 characters"),
        ({"name": {"zh": "手机"}}, "title", "not a text"),
        ({"name": ["手机"]}, "title", "not a text"),
        ({"id": None}, "product_id", "is missing"),
        ({"id": "a"}, "product_id", "a is already taken"),
        ({"now": None}, "price", "is missing"),
        ({"now": "面议"}, "price", "not an amount: '面议'"),
        ({"now": "-5"}, "price", "out of range: '-5'"),
        ({"now": "19.99 USD"}, "price", "not an amount: '19.99 USD'"),
        ({"was": "?"}, "list_price", "not an amount: '?'"),
        ({"left": "many"}, "stock", "not a number: 'many'"),
        ({"left": "inf"}, "stock", "out of range: 'inf'"),
        ({"stars": 9}, "rating", "not within 0 and 5: 9.0"),
        ({"since": "昨天"}, "launched", "not a date like 2024-05-31: '昨天'"),
        ({"sku": "a-01"}, "sku", "a-01 is already taken"),
        ({"link": "javascript:alert(1)"}, "url", "not an http address"),
        ({"link": "//evil.example/x"}, "url", "not an http address"),
    ],
)
def test_a_bad_row_is_reported_and_left_out(
    shop: Shop, change: dict[str, Any], field: str, why: str
) -> None:
    report, products = shop.pour_rows(GOOD, {**GOOD, "id": "b", **change}, {**GOOD, "id": "c"})
    assert report.errors == ((2, field, why),)
    assert (report.read, report.imported, report.skipped) == (3, 2, 1)
    assert [product.product_id for product in products] == ["a", "c"]


@pytest.mark.parametrize(
    ("line", "why"), [("{", "broken JSON"), ("[1]", "not a JSON object"), ("[" * 9999, "broken")]
)
def test_a_broken_line_is_reported(shop: Shop, line: str, why: str) -> None:
    report, products = shop.pour(f"\n{line}\n{json.dumps(GOOD)}", "feed.jsonl")
    ((number, field, said),) = report.errors
    assert (number, field) == (2, "")
    assert said.startswith(why)
    assert len(products) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_chinese_feeds_are_read(shop: Shop, encoding: str) -> None:
    feed = "id,name,now\na,四件套,899\nb,羊毛被,459\n".encode(encoding)
    _, products = shop.pour(feed, "feed.csv")
    assert [product.title for product in products] == ["四件套", "羊毛被"]


def test_a_line_in_another_encoding_is_reported(shop: Shop) -> None:
    lines = [f"{n},羊毛被,459".encode() for n in range(5)]
    feed = b"\n".join([b"id,name,now", *lines, "x,四件套,899".encode("gb18030")])
    report, products = shop.pour(feed, "feed.csv")
    assert report.errors == ((7, "", "wrong encoding"),)
    assert len(products) == 5


def test_html_becomes_text(shop: Shop) -> None:
    title = "\ud800<b>小米14</b>&nbsp;5G<br>手机<script>alert(1)</script>\x07 &lt;新品&gt; 3 < 5"
    _, (product,) = shop.pour_rows({**GOOD, "name": title})
    assert product.title == "小米14 5G 手机 <新品> 3 < 5"


def test_a_cell_over_several_lines_counts_from_its_start(shop: Shop) -> None:
    feed = 'id,name,now\na,"手\n机",1\nb,"",2\nc,壳,3,4\n\nd,膜,x\n'
    report, (product,) = shop.pour(feed, "feed.csv")
    assert product.title == "手 机"
    assert report.errors == (
        (4, "title", "is missing"),
        (5, "", "4 cells under 3 columns"),
        (7, "price", "not an amount: 'x'"),
    )


def test_a_dry_run_writes_nothing(shop: Shop) -> None:
    report, products = shop.pour_rows(GOOD, {**GOOD, "name": ""}, dry_run=True)
    assert (report.imported, len(report.errors)) == (1, 1)
    assert products == []


def test_a_second_feed_adds_and_changes(shop: Shop) -> None:
    shop.pour_rows(GOOD, {**GOOD, "id": "b"})
    _, products = shop.pour_rows({**GOOD, "name": "新手机"}, {**GOOD, "id": "c"})
    assert [(p.product_id, p.title) for p in products] == [
        ("a", "新手机"),
        ("b", "手机"),
        ("c", "手机"),
    ]


def test_replacing_leaves_the_feed_alone_in_the_shop(shop: Shop) -> None:
    shop.pour_rows(GOOD, {**GOOD, "id": "b"})
    report, products = shop.pour_rows({**GOOD, "id": "c"}, replace=True)
    assert report.removed == 2
    assert [product.product_id for product in products] == ["c"]


def test_a_bad_feed_empties_no_shop(shop: Shop) -> None:
    shop.pour_rows(GOOD)
    with pytest.raises(BadFeed, match="not one good product"):
        shop.pour_rows({**GOOD, "name": ""}, replace=True)
    assert len(shop.pour_rows(GOOD, dry_run=True)[1]) == 1


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


@pytest.mark.parametrize("name", ["feed", "feed.docx", "gone.csv"])
def test_a_file_that_is_no_feed_is_refused(tmp_path: Path, name: str) -> None:
    storage = Storage("sqlite:///unused.db")
    with pytest.raises(BadFeed, match=name):
        asyncio.run(import_file(tmp_path / name, PLAIN, storage, dry_run=True))


def test_an_empty_table_is_refused(shop: Shop) -> None:
    with pytest.raises(BadFeed, match="names no columns"):
        shop.pour("", "feed.csv")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "neither JSON nor YAML"),
        ("product_id: id", "title: Field required"),
        ("product_id: id\ntitle: t\nskus: {price: p}\ncolour: c", "colour: Extra inputs"),
    ],
)
def test_a_bad_mapping_says_why(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    with pytest.raises(BadMapping, match=why):
        load_mapping(path)


def test_an_unknown_mapping_is_refused() -> None:
    with pytest.raises(BadMapping, match="nosuch"):
        load_mapping("nosuch")


_any_value = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
_FIELDS = ["id", "name", "kind", "now", "price", "was", "left", "link", "stars", "sold", "tags"]
_rows = st.dictionaries(st.sampled_from([*_FIELDS, "since", "sku"]), _any_value)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.fixed_dictionaries({}, optional={}) | _rows, max_size=5))
def test_whatever_the_values_every_row_is_imported_or_reported(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    _accounts_for_all(tmp_path_factory, "\n".join(map(json.dumps, rows)).encode(), "x.jsonl")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.tsv", "x.jsonl", "x.xml"]))
def test_whatever_the_bytes_every_row_is_imported_or_reported(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    _accounts_for_all(tmp_path_factory, b"id,name,now\n" + content, name)


def _accounts_for_all(factory: pytest.TempPathFactory, content: bytes, name: str) -> None:
    path = factory.getbasetemp() / name
    path.write_bytes(content)
    storage = Storage("sqlite:///unused.db")
    try:
        report = asyncio.run(import_file(path, PLAIN, storage, dry_run=True))
    except BadFeed:
        return
    assert report.read == report.imported + report.skipped
