"""Size charts: which one is for which goods."""

from dataclasses import replace

from shop.domain.size import ChartUse, Range, Size, SizeChart
from shop.storage import Storage


def _chart(title: str, *wearers: str) -> SizeChart:
    rows = (
        Size(("40",), {"脚长": Range(246, 250)}),
        Size(("41", "41码"), {"脚长": Range(251, 255.5)}),
    )
    return SizeChart(title, (("脚长",),), rows, wearers)


MEN = ChartUse("men", _chart("男鞋", "男", "中性"), ("跑步鞋", "皮鞋"))
ANYBODY = ChartUse("anybody", _chart("鞋"), ("跑步鞋",))
OWN = ChartUse("own", _chart("这一款"), products=("shoe-a",))


async def _found(storage: Storage, *goods: str) -> SizeChart | None:
    async with storage.unit() as unit:
        return await unit.size_charts.of(*goods)


async def test_a_product_s_own_chart_comes_before_that_of_its_category(storage: Storage) -> None:
    async with storage.unit() as unit:
        await unit.size_charts.upsert([MEN, ANYBODY, OWN])
        await unit.commit()
    assert await _found(storage, "shoe-a", "跑步鞋", "男") == OWN.chart
    assert await _found(storage, "shoe-b", "跑步鞋", "男") == MEN.chart
    assert await _found(storage, "shoe-b", "跑步鞋", "女") == ANYBODY.chart
    assert await _found(storage, "shoe-b", "皮鞋", "女") is None
    assert await _found(storage, "phone", "手机", "") is None


async def test_a_chart_that_is_stored_again_replaces_itself(storage: Storage) -> None:
    async with storage.unit() as unit:
        await unit.size_charts.upsert([MEN])
        changed = replace(MEN, chart=_chart("男鞋新表"), categories=("皮鞋",))
        await unit.size_charts.upsert([changed])
        await unit.size_charts.upsert([])
        await unit.commit()
    assert await _found(storage, "shoe-b", "皮鞋", "") == changed.chart
    assert await _found(storage, "shoe-b", "跑步鞋", "男") is None
