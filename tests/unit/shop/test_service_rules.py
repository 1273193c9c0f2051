"""The file of service rules, and the moments that it gives."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.errors import BadServiceRules
from shop.domain.service import BusinessHours
from shop.service import read_service
from tests.unit.shop.service_cases import DAY, RULES

SHANGHAI = ZoneInfo("Asia/Shanghai")
FILE = Path(__file__).parents[3] / "data" / "catalog" / "demo" / "service.json"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def _file(folder: Path, **changes: Any) -> Path:
    path = folder / "service.json"
    content = {**json.loads(FILE.read_text(encoding="utf-8")), **changes}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone: no such time zone: Mars/Olympus"),
        ({"exchange_days": -1}, "exchange_days: "),
        ({"exchange_days": "soon"}, "exchange_days: "),
        ({"exchang_days": 3}, "exchang_days: "),
        ({"business_hours": {"opens": "09:00", "closes": "09:00"}}, "same time"),
        ({"business_hours": {"opens": "9 Uhr", "closes": "22:00"}}, "business_hours.opens: "),
        ({"refund_arrival_days": {"银行卡": [5, 1]}}, "refund_arrival_days.银行卡: the first day"),
        ({"verification": {"tries": 0, "per_hours": 24}}, "verification.tries: "),
        ({"promise_hours": {"default": 24}}, "promise_hours.by_department: "),
    ],
)
def test_mistakes_are_named(tmp_path: Path, changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BadServiceRules) as refused:
        read_service(_file(tmp_path, **changes))
    assert str(refused.value).startswith("service.json: ")
    assert complaint in str(refused.value)


def test_a_file_that_is_no_json_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "service.json").write_text("{")
    for name in ("service.json", "none.json"):
        with pytest.raises(BadServiceRules, match=name):
            read_service(tmp_path / name)


@given(MOMENTS, st.integers(0, 400))
def test_a_window_ends_at_midnight_and_holds_so_many_whole_days(start: datetime, days: int) -> None:
    until = RULES.until(start, days)
    assert until.astimezone(SHANGHAI).time() == time()
    assert timedelta(days=days) < until - start <= timedelta(days=days + 1)


@given(MOMENTS, st.integers(1, 60))
def test_a_warranty_ends_in_its_month(start: datetime, months: int) -> None:
    first, last = start.astimezone(SHANGHAI), RULES.months_after(start, months)
    day = last.astimezone(SHANGHAI).date() - timedelta(days=1)
    passed = (day.year - first.year) * 12 + day.month - first.month
    assert passed == months
    assert day.day == first.day or (day + DAY).day == 1


def test_the_last_of_january_and_a_month() -> None:
    start = datetime(2026, 1, 31, 12, tzinfo=SHANGHAI)
    assert RULES.months_after(start, 1) == datetime(2026, 3, 1, tzinfo=SHANGHAI)
    assert RULES.months_after(start, 12) == datetime(2027, 2, 1, tzinfo=SHANGHAI)


@given(MOMENTS, st.times(), st.times())
def test_the_next_opening_is_open_and_never_past(moment: datetime, one: time, two: time) -> None:
    opens, closes = one.replace(microsecond=0, fold=0), two.replace(microsecond=0, fold=0)
    if opens == closes:
        return
    hours = BusinessHours(opens, closes, SHANGHAI)
    opening = hours.next_opening(moment)
    assert hours.open_at(opening)
    assert moment <= opening <= moment + DAY
    assert opening == moment or not hours.open_at(moment)


def test_a_shift_past_midnight() -> None:
    hours = replace(RULES.hours, opens=time(20), closes=time(2))
    for hour, is_open in ((19, False), (20, True), (23, True), (1, True), (2, False)):
        assert hours.open_at(datetime(2026, 3, 10, hour, tzinfo=SHANGHAI)) is is_open


def test_a_department_that_is_not_named() -> None:
    assert RULES.warranty_months.of("手机数码") == 12
    assert RULES.warranty_months.of("食品饮料") is None
    assert RULES.promise_hours.of("食品饮料") == 24
