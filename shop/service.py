"""Reading the file of service rules that a shop edits (data/catalog/FORMAT.md)."""

import json
from datetime import time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from shop.domain.errors import BadServiceRules
from shop.domain.service import BusinessHours, PerDepartment, ServiceRules

Days = Annotated[int, Field(ge=0, le=3650)]
Count = Annotated[int, Field(ge=1, le=1000)]


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as cause:
        raise ValueError(f"no such time zone: {name}") from cause
    return name


class _Entry(BaseModel):
    """Unknown keys are mistakes, and nothing has a default: a shop says what holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Hours(_Entry):
    opens: time
    closes: time

    @model_validator(mode="after")
    def differ(self) -> "_Hours":
        if self.opens == self.closes:
            raise ValueError("opens and closes at the same time")
        return self


class _PerDepartment(_Entry):
    default: Days | None
    by_department: dict[str, Days]

    def rule(self) -> PerDepartment:
        return PerDepartment(self.default, self.by_department)


class _AddressChange(_Entry):
    times: Days
    by_human: tuple[str, ...]


class _Returns(_Entry):
    days: _PerDepartment
    sealed_only: frozenset[str]
    never: frozenset[str]
    quality_days: Days


class _Verification(_Entry):
    tries: Count
    per_hours: Count


def _in_order(days: tuple[int, int]) -> tuple[int, int]:
    if days[0] > days[1]:
        raise ValueError("the first day comes after the last")
    return days


class _File(_Entry):
    time_zone: Annotated[str, AfterValidator(_zone)]
    business_hours: _Hours
    promise_hours: _PerDepartment
    stale_tracking_hours: Count
    address_change: _AddressChange
    returns: _Returns
    exchange_days: Days
    refund_only_days: Days
    defect_hours: Days
    price_protection_days: Days
    invoice_days: Days
    warranty_months: _PerDepartment
    refund_arrival_days: dict[str, Annotated[tuple[Days, Days], AfterValidator(_in_order)]]
    verification: _Verification
    confirmation_minutes: Count


def read_service(path: Path) -> ServiceRules:
    """Raises BadServiceRules, naming all that is wrong."""
    try:
        return _rules(_File.model_validate(json.loads(path.read_text(encoding="utf-8"))))
    except ValidationError as cause:
        wrong = "; ".join(_complaint(error) for error in cause.errors())
        raise BadServiceRules(f"{path.name}: {wrong}") from cause
    except (OSError, ValueError) as cause:
        raise BadServiceRules(f"{path.name}: {cause}") from cause


def _complaint(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"])
    return f"{where}: {error['msg'].removeprefix('Value error, ')}"


def _rules(file: _File) -> ServiceRules:
    zone, hours = ZoneInfo(file.time_zone), file.business_hours
    return ServiceRules(
        zone=zone,
        hours=BusinessHours(hours.opens, hours.closes, zone),
        promise_hours=file.promise_hours.rule(),
        stale_hours=file.stale_tracking_hours,
        address_changes=file.address_change.times,
        address_by_human=file.address_change.by_human,
        return_days=file.returns.days.rule(),
        sealed_only=file.returns.sealed_only,
        never_returned=file.returns.never,
        quality_days=file.returns.quality_days,
        exchange_days=file.exchange_days,
        refund_days=file.refund_only_days,
        defect_hours=file.defect_hours,
        price_days=file.price_protection_days,
        invoice_days=file.invoice_days,
        warranty_months=file.warranty_months.rule(),
        arrival_days=file.refund_arrival_days,
        tries=file.verification.tries,
        tries_hours=file.verification.per_hours,
        confirmation_minutes=file.confirmation_minutes,
    )
