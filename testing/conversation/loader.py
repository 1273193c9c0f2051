"""From files to dialogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from testing.conversation import schema, source
from testing.conversation.errors import BadConversation
from testing.conversation.model import Dialogue, Place, Setup, Turn
from testing.conversation.source import Path_, Source
from testing.conversation.variables import UnknownVariable, substitute

# A date without an hour means noon where the shop is.
_SHOP_ZONE = ZoneInfo("Asia/Shanghai")
# Files beside the conversations that hold something else.
NOT_CONVERSATIONS = frozenset({"coverage.yml"})


def load(paths: Iterable[Path]) -> list[Dialogue]:
    """The dialogues of all files, folders searched; raises BadConversation with every fault."""
    dialogues: list[Dialogue] = []
    faults: list[tuple[Place, str]] = []
    for file in _files(paths):
        try:
            dialogues += read(file)
        except BadConversation as error:
            faults += error.faults
    faults += _same_names(dialogues)
    if faults:
        raise BadConversation(faults)
    return dialogues


def read(file: Path) -> list[Dialogue]:
    """The dialogues of one file; raises BadConversation."""
    text = source.read(file)
    if faults := list(schema.faults(text)):
        raise BadConversation(faults)
    return [run for number in range(len(text.value["dialogues"])) for run in _runs(text, number)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise BadConversation([(Place(path, 1), "there is no such file or folder")])
        found = sorted(path.rglob("*.yml")) if path.is_dir() else [path]
        yield from (file for file in found if file.name not in NOT_CONVERSATIONS)


def _runs(text: Source, number: int) -> Iterator[Dialogue]:
    """A dialogue once, or once for each of its examples."""
    path: Path_ = ("dialogues", number)
    raw = text.value["dialogues"][number]
    rows = raw.get("examples") or [None]
    for place, row in enumerate(rows):
        where = (*path, "examples", place) if row is not None else path
        values = row if isinstance(row, Mapping) else {"example": row}
        shared = text.value.get("variables", {})
        variables = {**shared, **raw.get("variables", {}), **_without_label(values)}
        try:
            label = "" if row is None else _label(row, variables)
            yield _dialogue(text, path, raw, variables, label)
        except UnknownVariable as error:
            why = f"${{{error}}} is not a variable here"
            raise BadConversation([(text.place(where), why)]) from error


def _dialogue(
    text: Source, path: Path_, raw: Mapping[str, Any], variables: Mapping[str, Any], example: str
) -> Dialogue:
    setup = {**text.value.get("setup", {}), **raw.get("setup", {})}
    turns = [*text.value.get("before", ()), *raw["turns"]]
    shared = len(turns) - len(raw["turns"])
    paths: list[Path_] = [("before", n) for n in range(shared)]
    paths += [(*path, "turns", n) for n in range(len(raw["turns"]))]
    return Dialogue(
        place=text.place(path),
        name=str(substitute(raw["name"], variables)),
        example=example,
        setup=_setup(substitute(setup, variables)),
        tags=tuple(raw.get("tags", ())),
        turns=tuple(
            _turn(text.place(where), substitute(turn, variables))
            for where, turn in zip(paths, turns, strict=True)
        ),
    )


def _turn(place: Place, raw: Mapping[str, Any]) -> Turn:
    # YAML reads `say: 3000` as a number; a shopper types text.
    said = {key: str(raw[key]) for key in ("say", "click", "photo", "sign_in") if key in raw}
    return Turn(place, raw.get("expect", {}), call=raw.get("call"), **said)


def _setup(raw: Mapping[str, Any]) -> Setup:
    return Setup(
        customer=raw.get("customer"),
        date=_moment(raw["date"]) if "date" in raw else None,
        stock=raw.get("stock", {}),
        orders=tuple(raw.get("orders", ())),
        coupons=tuple(raw.get("coupons", ())),
    )


def _moment(raw: date | datetime | str) -> datetime:
    if isinstance(raw, str):
        raw = datetime.fromisoformat(raw)
    if not isinstance(raw, datetime):
        raw = datetime.combine(raw, time(12))
    return (raw if raw.tzinfo else raw.replace(tzinfo=_SHOP_ZONE)).astimezone(UTC)


def _without_label(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "label"}


def _label(row: Any, variables: Mapping[str, Any]) -> str:
    """What tells the run of `row` from the others: its `label`, or else its values."""
    if isinstance(row, Mapping) and "label" in row:
        return str(substitute(row["label"], variables))
    values = row.values() if isinstance(row, Mapping) else [row]
    return ", ".join(str(value) for value in values)[:60]


def _same_names(dialogues: Iterable[Dialogue]) -> Iterator[tuple[Place, str]]:
    first: dict[tuple[Path, str], Dialogue] = {}
    for dialogue in dialogues:
        seen = first.setdefault((dialogue.place.file, dialogue.title), dialogue)
        if seen is not dialogue:
            yield dialogue.place, f"{dialogue.title!r} is the name of line {seen.place.line} too"
