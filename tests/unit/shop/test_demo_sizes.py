"""The demo shop's size charts: what is wrong with a file, and that the shipped ones fit the goods."""

import json
from pathlib import Path
from typing import Any

import pytest

from shop.demo import catalog, sizes
from shop.domain import Product
from shop.domain.errors import BadCatalog

DATA = Path(__file__).parents[3] / "data" / "catalog"
CHART: dict[str, Any] = {
    "id": "shoes",
    "title": "鞋",
    "categories": ["跑步鞋"],
    "needs": [["脚长"]],
    "sizes": [{"names": [str(n)], "ranges": {"脚长": [5 * n, 5 * n + 4]}} for n in range(30, 50)],
}


@pytest.fixture(scope="module")
def products() -> tuple[Product, ...]:
    return catalog.read(DATA).products


def _read(folder: Path, goods: tuple[Product, ...], **changes: Any) -> object:
    path = folder / "size_charts.json"
    path.write_text(json.dumps([{**CHART, **changes}]), "utf-8")
    return sizes.read(path, goods)


def test_the_shipped_charts_know_every_size_that_is_sold(products: tuple[Product, ...]) -> None:
    uses = sizes.read(DATA / "demo" / "size_charts.json", products)
    dressed = {category for use in uses for category in use.categories}
    assert {"T恤", "休闲裤", "牛仔裤", "童装套装", "内裤", "跑步鞋", "连衣裙"} <= dressed


def test_a_shop_may_have_no_charts(tmp_path: Path, products: tuple[Product, ...]) -> None:
    assert sizes.read(tmp_path / "none.json", products) == ()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"categories": ["火箭"]}, "火箭 is not in the catalogue"),
        ({"products": ["no-such-shoe"]}, "no-such-shoe is not in the catalogue"),
        ({"sizes": CHART["sizes"][:11]}, "is sold in 41, which is not in the chart"),
        ({"sizes": CHART["sizes"][::-1]}, "does not rise"),
        ({"sizes": [{"names": [], "ranges": {}}]}, "sizes.0.names"),
        ({"needs": [["臂展"]]}, "臂展 is no measure"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_chart_is_named(
    tmp_path: Path, products: tuple[Product, ...], changes: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(BadCatalog, match=complaint):
        _read(tmp_path, products, **changes)
