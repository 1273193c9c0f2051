"""Domain values as JSON and back: amounts are decimal strings, moments ISO 8601."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def dump(value: object) -> Any:
    """The JSON value of a frozen dataclass, or of a list of them."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")


def load(kind: type[T], value: Any) -> T:
    """Raises ValueError where the JSON value is not of that kind."""
    return TypeAdapter(kind).validate_python(value)
