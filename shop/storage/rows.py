"""From rows of a table to frozen dataclasses and back."""

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Row

T = TypeVar("T")


def record(kind: type[T], row: Row[Any], /, **other: Any) -> T:
    """The dataclass whose fields the columns are named like; `other` are not plain columns."""
    names = [f.name for f in fields(kind) if f.name not in other]  # type: ignore[arg-type]
    return kind(**{name: row._mapping[name] for name in names}, **other)


def values(record: object, /, **other: Any) -> dict[str, Any]:
    """The columns of a dataclass: words for enums, plain dicts for mappings."""
    return {**{name: _plain(value) for name, value in vars(record).items()}, **other}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return dict(value) if isinstance(value, Mapping) else value
