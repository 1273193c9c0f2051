"""The shop's own service rules: windows, promises, hours. One file that a shop edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class BusinessHours:
    """When people answer, every day; a shift may end after midnight."""

    opens: time
    closes: time
    zone: ZoneInfo

    def open_at(self, moment: datetime) -> bool:
        clock = moment.astimezone(self.zone).time()
        if self.opens < self.closes:
            return self.opens <= clock < self.closes
        return clock >= self.opens or clock < self.closes

    def next_opening(self, moment: datetime) -> datetime:
        """`moment` itself while open."""
        if self.open_at(moment):
            return moment
        local = moment.astimezone(self.zone)
        today = datetime.combine(local.date(), self.opens, self.zone)
        return today if today > local else today + timedelta(days=1)

    def to_text(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True)
class PerDepartment:
    """A number for every department, or for those that are named."""

    default: int | None
    by_department: Mapping[str, int]

    def of(self, department: str) -> int | None:
        """None where the shop has said nothing about this department."""
        return self.by_department.get(department, self.default)


@dataclass(frozen=True)
class ServiceRules:
    """Everything that differs from shop to shop. Windows in days count from the day after."""

    zone: ZoneInfo
    hours: BusinessHours
    promise_hours: PerDepartment
    stale_hours: int
    address_changes: int
    address_by_human: tuple[str, ...]
    return_days: PerDepartment
    sealed_only: frozenset[str]
    never_returned: frozenset[str]
    quality_days: int
    exchange_days: int
    refund_days: int
    defect_hours: int
    price_days: int
    invoice_days: int
    warranty_months: PerDepartment
    arrival_days: Mapping[str, tuple[int, int]]
    tries: int
    tries_hours: int
    confirmation_minutes: int

    def until(self, start: datetime, days: int) -> datetime:
        """The end of the `days`th day after that of `start`, in the shop's time."""
        return self._midnight(start.astimezone(self.zone).date() + timedelta(days=days + 1))

    def months_after(self, start: datetime, months: int) -> datetime:
        """The end of the same day so many months later, or of that month's last."""
        day = start.astimezone(self.zone).date()
        years, month = divmod(day.month - 1 + months, 12)
        first = date(day.year + years, month + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return self._midnight(first.replace(day=min(day.day, last.day)) + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)
