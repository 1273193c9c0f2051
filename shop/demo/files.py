"""Reading the demo shop's JSON; every complaint names file and line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from shop.domain.errors import BadCatalog

M = TypeVar("M", bound="Entry")


class Entry(BaseModel):
    """One object of a demo file; unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Complaints:
    """All that is wrong with the files, so that an author need not fix one line at a time."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, place: str, why: str) -> None:
        self._texts.append(f"{place}: {why}")

    def raise_any(self) -> None:
        """Raises BadCatalog."""
        if self._texts:
            raise BadCatalog("\n".join(self._texts))


def lines(path: Path) -> Iterator[tuple[str, Any]]:
    """(place, object) of each line; raises BadCatalog."""
    with path.open(encoding="utf-8") as file:
        for number, text in enumerate(file, 1):
            if text.strip():
                place = f"{path.name}:{number}"
                yield place, _parse(place, text)


def whole(path: Path) -> Any:
    """The JSON value of a file; raises BadCatalog."""
    return _parse(path.name, path.read_text(encoding="utf-8"))


def entry(model: type[M], value: Any, place: str, complaints: Complaints) -> M | None:
    """The value as an entry; None, with complaints, where it is not one."""
    try:
        return model.model_validate(value)
    except ValidationError as cause:
        for error in cause.errors():
            where = ".".join(str(part) for part in error["loc"])
            why = error["msg"].removeprefix("Value error, ")
            complaints.add(place, f"{where}: {why}" if where else why)
        return None


def entries(model: type[M], path: Path, complaints: Complaints) -> list[M]:
    """The entries of a file that holds a list."""
    values = whole(path)
    if not isinstance(values, list):
        complaints.add(path.name, "not a list")
        return []
    checked = (entry(model, v, f"{path.name}[{n}]", complaints) for n, v in enumerate(values))
    return [good for good in checked if good is not None]


def _parse(place: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as cause:
        raise BadCatalog(f"{place}: broken JSON ({cause})") from cause
