"""Feeds: what is read, and what is reported and left out."""

import json
from decimal import Decimal
from typing import Any

import pytest

from shop.domain.errors import BadFeed
from shop.importing import ImportReport
from tests.unit.shop.feeds import GOOD, Shop


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
