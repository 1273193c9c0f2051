"""docs/after-sale.md and FORMAT.md name everything that there is."""

import json
import re
from pathlib import Path

from shop.domain.operation import Operation
from shop.domain.ticket import MACHINES, TicketKind

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "after-sale.md").read_text("utf-8")
FORMAT = (ROOT / "data" / "catalog" / "FORMAT.md").read_text("utf-8")
ROW = re.compile(r"^\| ((?:`\w+` ?)+) \|(.*)\|$", re.MULTILINE)


def _rows(chapter: str) -> dict[str, str]:
    """What each word of the first column has beside it."""
    text = PAGE.split(f"## {chapter}\n")[1].split("\n## ")[0]
    return {word: rest for words, rest in ROW.findall(text) for word in re.findall(r"\w+", words)}


def test_every_operation_and_who_may() -> None:
    assert set(_rows("Who may do what")) == {operation.value for operation in Operation}


def test_every_kind_of_request_and_its_states() -> None:
    table = _rows("States")
    assert set(table) == {kind.value for kind in TicketKind}
    for kind in (TicketKind.RETURN, TicketKind.DEFECT, TicketKind.URGE, TicketKind.PRICE):
        moved = {state for after in MACHINES[kind].values() for state in after}
        states = {state.value for state in {*MACHINES[kind], *moved}} or {"已完成"}
        assert set(re.findall(r"[待已]\w\w", table[kind.value])) == states


def test_every_key_of_the_service_rules() -> None:
    rules = json.loads((ROOT / "data/catalog/demo/service.json").read_text("utf-8"))
    table = FORMAT.split("## `demo/service.json`")[1]
    assert all(f"`{key}`" in table for key in rules)
