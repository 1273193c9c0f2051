"""Size charts in the database."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.domain.size import ChartUse, Range, Size, SizeChart, applicable
from shop.storage.schema import size_chart_uses, size_charts
from shop.storage.statements import run_many, upsert

_CATEGORY, _PRODUCT = "category", "product"


class SizeCharts:
    """Which chart is for which goods."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, product_id: str, category: str, who: str) -> SizeChart | None:
        """The product's own chart, else that of its category for who wears it (empty: not known)."""
        uses = size_chart_uses.c
        query = (
            select(size_charts, uses.scope)
            .join(size_chart_uses)
            .where(
                or_(
                    and_(uses.scope == _PRODUCT, uses.name == product_id),
                    and_(uses.scope == _CATEGORY, uses.name == category),
                )
            )
            .order_by(size_charts.c.chart_id)
        )
        rows = list(await self._connection.execute(query))
        own = [_chart(row) for row in rows if row.scope == _PRODUCT]
        shared = [_chart(row) for row in rows if row.scope == _CATEGORY]
        return next(iter(own), None) or applicable(shared, who)

    async def upsert(self, wanted: Iterable[ChartUse]) -> None:
        uses = list(wanted)
        await run_many(
            self._connection, upsert(self._connection, size_charts), [_row(use) for use in uses]
        )
        ids = [use.chart_id for use in uses]
        await self._connection.execute(
            delete(size_chart_uses).where(size_chart_uses.c.chart_id.in_(ids))
        )
        await run_many(
            self._connection, size_chart_uses.insert(), [row for use in uses for row in _uses(use)]
        )


def _row(use: ChartUse) -> dict[str, Any]:
    chart = use.chart
    return {
        "chart_id": use.chart_id,
        "title": chart.title,
        "wearers": list(chart.wearers),
        "needs": [list(need) for need in chart.needs],
        "sizes": [
            {
                "names": list(size.names),
                "ranges": {measure: [one.low, one.high] for measure, one in size.ranges.items()},
            }
            for size in chart.sizes
        ],
    }


def _uses(use: ChartUse) -> list[dict[str, str]]:
    named = [(_CATEGORY, name) for name in use.categories]
    named += [(_PRODUCT, name) for name in use.products]
    return [{"scope": scope, "name": name, "chart_id": use.chart_id} for scope, name in named]


def _chart(row: Any) -> SizeChart:
    return SizeChart(
        title=row.title,
        needs=tuple(tuple(need) for need in row.needs),
        sizes=tuple(Size(tuple(size["names"]), _ranges(size["ranges"])) for size in row.sizes),
        wearers=tuple(row.wearers),
    )


def _ranges(ends: Mapping[str, tuple[float, float]]) -> dict[str, Range]:
    return {measure: Range(low, high) for measure, (low, high) in ends.items()}
