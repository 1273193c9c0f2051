"""The gateway's own sentences."""

import json
import re
import string
from pathlib import Path

import pytest

from shop.domain import saying_no
from shop.domain.command import Command, EraseData, OrderCommand, TicketCommand
from shop.domain.refusal import codes as refusal_codes
from web import problems, refusals
from web.refusals import Refused
from web.wording import BadWording, Wording

FILE = Path(__file__).parents[3] / "data" / "responses" / "gateway.json"
DOCUMENT = Path(__file__).parents[3] / "docs" / "gateway.md"
WORDING = Wording.load(FILE)


def codes() -> set[str]:
    """Every code that the gateway can answer with."""
    own = {kind.code for kind in vars(refusals).values() if _is_refusal(kind)}
    foreign = {code for _, code in problems._FOREIGN.values()}
    return own | foreign | set(problems._HTTP.values()) | {"internal", "unavailable"}


def _is_refusal(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Refused)


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert set(WORDING.problems) == codes()


def test_every_code_is_documented() -> None:
    chapter = DOCUMENT.read_text(encoding="utf-8").split("## Refusals")[1].split("## ")[0]
    table = [line for line in chapter.splitlines() if line.startswith("| ")]
    assert set(re.findall(r"`(\w+)`", "".join(table))) == codes()


def test_every_sentence_is_chinese() -> None:
    for sentence in WORDING.problems.values():
        assert any("\u4e00" <= character <= "\u9fff" for character in sentence)


def test_placeholders_are_those_that_are_filled() -> None:
    known = {"bad_field": "field", "text_too_long": "limit", "out_of_stock": "available"}
    for code, sentence in WORDING.problems.items():
        names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert names == ({known[code]} if code in known else set())
    assert WORDING.handoff.format(ahead=3) != WORDING.handoff


def test_the_way_to_a_human_is_understood() -> None:
    assert WORDING.choose_handoff in WORDING.handoff_phrases


@pytest.mark.parametrize("text", ["", "[]", "{", '{"apology": "抱歉"}'])
def test_an_unusable_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "gateway.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWording, match=r"gateway\.json"):
        Wording.load(file)
    with pytest.raises(BadWording):
        Wording.load(tmp_path / "absent.json")


def test_the_file_has_nothing_unused() -> None:
    assert set(json.loads(FILE.read_text(encoding="utf-8"))) == set(vars(WORDING))


def test_whatever_is_delivered_late_can_be_told() -> None:
    shoppers = {*Command.__subclasses__(), *OrderCommand.__subclasses__()}
    shoppers |= set(TicketCommand.__subclasses__())
    operations = {kind.operation.value for kind in shoppers if hasattr(kind, "operation")}
    assert EraseData.operation.value in operations
    assert set(WORDING.operations) == operations - {"advance_ticket", "settle_refund"}
    assert set(WORDING.refusals) == {*refusal_codes(), *saying_no._PLAIN}
