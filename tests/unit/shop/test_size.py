"""Size advice: what a chart says of a body, and nothing beyond it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.errors import BadSizeChart
from shop.domain.size import (
    Body,
    Range,
    Size,
    SizeChart,
    Verdict,
    advise,
    applicable,
    fit_note,
    kilograms,
    of_number,
)

Rows = Mapping[str, Mapping[str, tuple[float, float]]]
SHIRTS: Rows = {
    "M": {"身高": (165, 170), "体重": (55, 62)},
    "L": {"身高": (170, 175), "体重": (62, 70)},
    "XL": {"身高": (175, 180), "体重": (70, 78)},
    "XXL": {"身高": (180, 185), "体重": (78, 86)},
}
SHOES: Rows = {"40": {"脚长": (246, 250)}, "41": {"脚长": (251, 255)}, "42": {"脚长": (256, 260)}}


def chart(rows: Rows, *needs: tuple[str, ...], wearers: tuple[str, ...] = ()) -> SizeChart:
    sizes = tuple(
        Size((name,), {measure: Range(*ends) for measure, ends in row.items()})
        for name, row in rows.items()
    )
    return SizeChart("表", needs or (tuple(next(iter(rows.values()))),), sizes, wearers)


def named(found: SizeChart, body: Body) -> tuple[Verdict, str]:
    advice = advise(found, body)
    return advice.verdict, " ".join(size.name for size in advice.sizes)


@pytest.mark.parametrize(
    ("body", "verdict", "sizes"),
    [
        ({"身高": 173, "体重": 66}, Verdict.ONE, "L"),
        ({"身高": 173, "体重": 72}, Verdict.BETWEEN, "L XL"),
        ({"身高": 175, "体重": 70}, Verdict.BETWEEN, "L XL"),
        ({"身高": 175, "体重": 66}, Verdict.ONE, "L"),
        ({"身高": 183, "体重": 58}, Verdict.APART, "M XXL"),
        ({"身高": 195, "体重": 82}, Verdict.BEYOND, ""),
        ({"身高": 150, "体重": 60}, Verdict.BEYOND, ""),
        ({"身高": 173}, Verdict.INCOMPLETE, ""),
    ],
)
def test_a_body_finds_its_size(body: Body, verdict: Verdict, sizes: str) -> None:
    assert named(chart(SHIRTS), body) == (verdict, sizes)


def test_a_value_between_two_rows_belongs_to_both() -> None:
    assert named(chart(SHOES), {"脚长": 255.5}) == (Verdict.BETWEEN, "41 42")
    assert named(chart(SHOES), {"脚长": 253}) == (Verdict.ONE, "41")


def test_every_measure_gives_its_reason() -> None:
    advice = advise(chart(SHIRTS), {"身高": 173, "体重": 72, "脚长": 260})
    assert [(r.measure, [s.name for s in r.sizes]) for r in advice.reasons] == [
        ("身高", ["L"]),
        ("体重", ["XL"]),
    ]
    beyond = advise(chart(SHIRTS), {"身高": 195, "体重": 72}).reasons
    assert [str(reason.limits) for reason in beyond if not reason.sizes] == ["165–185"]


def test_another_set_of_measures_may_be_enough() -> None:
    rows = {"29": {"体重": (50, 56), "腰围": (73, 75)}, "30": {"体重": (56, 62), "腰围": (75, 78)}}
    trousers = chart(rows, ("体重",), ("腰围",))
    assert named(trousers, {"腰围": 77}) == (Verdict.ONE, "30")
    assert advise(trousers, {"身高": 175}).missing == ("体重",)


bodies = st.fixed_dictionaries({"身高": st.floats(150, 200), "体重": st.floats(40, 100)})
steps = st.lists(st.tuples(st.floats(0, 9), st.floats(0, 9)), min_size=1, max_size=7)


@st.composite
def charts(draw: st.DrawFn) -> SizeChart:
    """Rows that rise, with gaps, shared ends and overlaps."""
    low, high, rows = (draw(st.floats(150, 170)), draw(st.floats(40, 60))), (0.0, 0.0), {}
    for number, (by_height, by_weight) in enumerate(draw(steps)):
        width = draw(st.floats(0, 9))
        low = (low[0] + by_height, low[1] + by_weight)
        high = (max(high[0], low[0] + width), max(high[1], low[1] + width))
        rows[str(number)] = {"身高": (low[0], high[0]), "体重": (low[1], high[1])}
    return chart(rows)


@given(charts(), bodies, st.floats(0, 20), st.floats(0, 20))
def test_a_bigger_body_never_gets_a_smaller_size(
    found: SizeChart, body: dict[str, float], taller: float, heavier: float
) -> None:
    bigger = {"身高": body["身高"] + taller, "体重": body["体重"] + heavier}
    small, big = advise(found, body), advise(found, bigger)
    if small.sizes and big.sizes:
        place = {size.name: n for n, size in enumerate(found.sizes)}
        assert place[small.sizes[0].name] <= place[big.sizes[0].name]
        assert place[small.sizes[-1].name] <= place[big.sizes[-1].name]


@given(charts(), bodies)
def test_what_is_advised_stands_in_the_chart_and_has_its_reasons(
    found: SizeChart, body: dict[str, float]
) -> None:
    advice = advise(found, body)
    assert set(map(id, advice.sizes)) <= set(map(id, found.sizes))
    assert (not advice.sizes) == (advice.verdict in (Verdict.BEYOND, Verdict.INCOMPLETE))
    for reason in advice.reasons:
        outside = not reason.limits.low <= reason.value <= reason.limits.high
        assert outside == (not reason.sizes)
    if advice.verdict is Verdict.BEYOND:
        assert any(not reason.sizes for reason in advice.reasons)


@pytest.mark.parametrize(
    ("rows", "needs"),
    [
        ({}, (("身高",),)),
        (SHIRTS, ((),)),
        (SHIRTS, (("脚长",),)),
        ({"M": {"肩宽": (40, 42)}}, (("肩宽",),)),
        ({"L": {"身高": (175, 170)}}, (("身高",),)),
        ({"M": {"身高": (170, 175)}, "L": {"身高": (165, 170)}}, (("身高",),)),
        ({"XXL": {"身高": (1, 2)}, "2XL": {}}, (("身高",),)),
    ],
)
def test_a_chart_that_contradicts_itself_is_refused(
    rows: Rows, needs: tuple[tuple[str, ...], ...]
) -> None:
    with pytest.raises(BadSizeChart):
        chart(rows, *needs)


def test_a_size_is_known_however_it_is_written() -> None:
    found = chart(SHIRTS)
    assert [getattr(found.size(name), "name", None) for name in ("2XL", "xl码", "S")] == [
        "XXL",
        "XL",
        None,
    ]


def test_the_chart_of_who_wears_it_comes_first() -> None:
    men, anybody = chart(SHIRTS, wearers=("男", "中性")), chart(SHIRTS)
    assert applicable([anybody, men], "男") is men
    assert applicable([men, anybody], "女") is anybody
    assert applicable([men], "女") is None


@pytest.mark.parametrize(
    ("number", "height", "expected"),
    [
        (70, 175, 70), (140, 175, 70), (120, 170, 60), (88, 155, 44), (90, 180, 90),
        (95, 175, None), (130, None, 65), (65, None, None),
    ],
)  # fmt: skip
def test_a_weight_without_a_unit(number: float, height: float | None, expected: float) -> None:
    assert kilograms(number, height) == expected


@pytest.mark.parametrize(
    ("measure", "number", "expected"),
    [
        ("身高", 175, 175), ("身高", 1.75, 175), ("身高", 42, None), ("身高", 9999, None),
        ("脚长", 25.5, 255), ("脚长", 255, 255), ("脚长", 42, None), ("腰围", 80, 80), ("体重", 70, None),
    ],
)  # fmt: skip
def test_a_number_in_answer_to_a_measure(
    measure: str, number: float, expected: float | None
) -> None:
    assert of_number(measure, number) == expected


@pytest.mark.parametrize(
    ("description", "note"),
    [
        ("抗氯面料练一整年，尺码偏小拍大一号。", "尺码偏小拍大一号"),
        ("穿法经典，鞋偏大半码。", "鞋偏大半码"),
        ("九成鹅绒，重量偏大，室内要敞开。", None),
        ("体重偏大也能跑得踏实。", None),
    ],
)
def test_what_a_description_says_of_the_fit(description: str, note: str | None) -> None:
    assert fit_note(description) == note
