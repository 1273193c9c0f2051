"""Words about sizes: lines of a chart and of an advice, as the shop writes its sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.variants import in_stock, option_values
from shop.domain.catalog import Product
from shop.domain.size import UNITS, Advice, Size, SizeChart


@dataclass(frozen=True)
class Sold:
    """The sizes that a product is sold in, as its chart knows them; `option` is empty where it knows none."""

    product: Product
    chart: SizeChart
    option: str

    @classmethod
    def of(cls, product: Product, chart: SizeChart) -> Sold:
        options = option_values(product)
        known = (name for name, values in options.items() if any(map(chart.size, values)))
        return cls(product, chart, next(known, ""))

    @property
    def values(self) -> list[str]:
        return option_values(self.product).get(self.option, [])

    def value(self, size: Size) -> str | None:
        """How this product writes a size; None where it is not sold in it."""
        return next((v for v in self.values if self.chart.size(v) is size), None)

    def called(self, size: Size) -> str:
        return self.value(size) or size.name

    def live(self, sizes: Iterable[Size]) -> list[str]:
        """Those that can be had now."""
        if not self.option:
            return []
        now = in_stock(self.product, self.option)[0]
        return [value for size in sizes if (value := self.value(size)) in now and value]

    def gone(self, sizes: Iterable[Size]) -> list[str]:
        """Those that are sold out."""
        wanted = list(sizes)
        return [v for size in wanted if (v := self.value(size)) and v not in self.live(wanted)]

    def absent(self, sizes: Iterable[Size]) -> list[str]:
        return [size.name for size in sizes if self.value(size) is None]

    def skus(self, values: Sequence[str]) -> list[str]:
        return [sku.sku for sku in self.product.skus if sku.options.get(self.option) in values]

    def table(self) -> str:
        """A line for each size that is sold."""
        sizes = [size for value in self.values if (size := self.chart.size(value))]
        return "\n".join(self.row(size) for size in sizes)

    def row(self, size: Size) -> str:
        measures = "，".join(f"{m} {one} {UNITS[m]}" for m, one in size.ranges.items())
        return f"{self.called(size)}：{measures}"

    def reasons(self, advice: Advice) -> str:
        """A line for each advised size: the measures that point to it, with its own ranges."""
        return "\n".join(f"{self.called(size)}：{_pointing(size, advice)}" for size in advice.sizes)


def beyond(advice: Advice) -> str:
    """The measures outside the chart, each with the chart's limits."""
    return "；".join(
        f"{measured(reason.measure, reason.value)}（{reason.limits} {UNITS[reason.measure]}）"
        for reason in advice.reasons
        if not reason.sizes
    )


def told(body: Mapping[str, float], measures: Iterable[str]) -> str:
    """身高 175 cm，体重 70 kg: what is known of these measures."""
    return "，".join(measured(name, body[name]) for name in measures if name in body)


def measured(name: str, value: float) -> str:
    return f"{name} {value:g} {UNITS[name]}"


def _pointing(size: Size, advice: Advice) -> str:
    return "，".join(
        f"{measured(reason.measure, reason.value)}（{size.ranges[reason.measure]}）"
        for reason in advice.reasons
        if size in reason.sizes
    )
