"""The demo shop's size charts, checked against the goods that they are for."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from shop.demo import files
from shop.demo.files import Complaints, Entry
from shop.domain import Product
from shop.domain.errors import BadSizeChart
from shop.domain.size import ChartUse, Range, Size, SizeChart, applicable, wearer

_OPTION = "尺码"


class SizeEntry(Entry):
    names: list[str] = Field(min_length=1)
    ranges: dict[str, tuple[float, float]]


class ChartEntry(Entry):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    title: str = Field(max_length=120)
    categories: list[str] = []
    wearers: list[str] = []
    products: list[str] = []
    needs: list[list[str]]
    sizes: list[SizeEntry]


def read(path: Path, products: Sequence[Product]) -> tuple[ChartUse, ...]:
    """The charts of a file; none where there is no file. Raises BadCatalog with all complaints."""
    if not path.exists():
        return ()
    complaints = Complaints()
    uses = []
    for entry in files.entries(ChartEntry, path, complaints):
        try:
            chart = _chart(entry)
        except BadSizeChart as why:
            complaints.add(f"{path.name}: {entry.id}", str(why))
        else:
            uses.append(ChartUse(entry.id, chart, tuple(entry.categories), tuple(entry.products)))
    _check(uses, products, path.name, complaints)
    complaints.raise_any()
    return tuple(uses)


def _chart(entry: ChartEntry) -> SizeChart:
    sizes = tuple(
        Size(tuple(size.names), {name: Range(*ends) for name, ends in size.ranges.items()})
        for size in entry.sizes
    )
    needs = tuple(tuple(need) for need in entry.needs)
    return SizeChart(entry.title, needs, sizes, tuple(entry.wearers))


def _check(
    uses: Sequence[ChartUse], products: Sequence[Product], file: str, complaints: Complaints
) -> None:
    """Charts are for goods that exist, and know every size that these are sold in."""
    ids, categories = {p.product_id for p in products}, {p.category for p in products}
    for use in uses:
        for name in {*use.categories} - categories | {*use.products} - ids:
            complaints.add(f"{file}: {use.chart_id}", f"{name} is not in the catalogue")
    for product in products:
        chart = _chart_of(product, uses)
        for value in sorted(
            {sku.options[_OPTION] for sku in product.skus if _OPTION in sku.options}
        ):
            if chart is not None and chart.size(value) is None:
                why = f"{product.product_id} is sold in {value}, which is not in the chart"
                complaints.add(f"{file}: {chart.title}", why)


def _chart_of(product: Product, uses: Sequence[ChartUse]) -> SizeChart | None:
    own = [use.chart for use in uses if product.product_id in use.products]
    shared = [use.chart for use in uses if product.category in use.categories]
    return next(iter(own), None) or applicable(shared, wearer(product.attributes))
