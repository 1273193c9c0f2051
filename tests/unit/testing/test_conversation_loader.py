"""Conversation files are read with their lines, and everything wrong with them is said at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from testing.conversation.errors import BadConversation
from testing.conversation.loader import load, read

GOOD = """\
about: 手机
setup: {customer: demo-01, date: 2026-11-11}
variables: {budget: 3000}
before:
- say: 你好
dialogues:
- name: a budget
  setup: {stock: {SKU-1: 0}}
  examples: [三千以内的, 3000块以下]
  turns:
  - say: ${example}
    expect: {items: {price: {max: "${budget}"}}, database: {messages: {count: 4, where: {conversation_id: "${conversation}"}}}}
  - click: 换一批
- name: numbers are text
  variables: {budget: 20}
  turns:
  - say: 3000
    expect: {data: {a.b: "${budget}", c: "${budget} 元"}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "phones.yml"
    path.write_text(text, "utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(BadConversation) as raised:
        read(written(folder, text))
    return [line.removeprefix(f"{folder}/phones.yml:") for line in str(raised.value).splitlines()]


def test_a_dialogue_runs_once_for_each_example(tmp_path: Path) -> None:
    first, second, third = read(written(tmp_path, GOOD))
    assert [first.title, second.title] == ["a budget [三千以内的]", "a budget [3000块以下]"]
    assert [turn.say for turn in second.turns] == ["你好", "3000块以下", None]
    assert [turn.place.line for turn in first.turns] == [5, 11, 13]
    assert third.turns[1].say == "3000"


def test_an_example_may_carry_the_label_that_reports_show(tmp_path: Path) -> None:
    text = """\
variables: {sku: SKU-1}
dialogues:
- name: refused
  examples:
  - {label: "数量 100 的 ${sku}", json: {sku: SKU-1, quantity: 100}, code: bad_quantity}
  - {label: 空文本, json: "", code: bad_json}
  - {json: [], code: bad_json}
  turns: [{call: {path: /api/cart, json: "${json}"}, expect: {data: {code: "${code}"}}}]
"""
    labelled, empty, bare = read(written(tmp_path, text))
    assert labelled.title == "refused [数量 100 的 SKU-1]"
    assert labelled.turns[0].call == {
        "path": "/api/cart",
        "json": {"sku": "SKU-1", "quantity": 100},
    }
    assert empty.title == "refused [空文本]" and bare.title == "refused [[], bad_json]"


def test_a_label_is_no_variable_and_never_empty(tmp_path: Path) -> None:
    text = "dialogues:\n- name: a\n  examples:\n  - {label: %s}\n  turns: [{say: '${label}'}]\n"
    assert faults(tmp_path, text % "数量") == ["4: ${label} is not a variable here"]
    for label in ('""', "5"):
        (told,) = faults(tmp_path, text % label)
        assert told.startswith("4:") and "a label is a text" in told


def test_the_setups_of_file_and_dialogue_add_up(tmp_path: Path) -> None:
    first, _, third = read(written(tmp_path, GOOD))
    assert first.setup.customer == third.setup.customer == "demo-01"
    assert first.setup.stock == {"SKU-1": 0} and third.setup.stock == {}
    # noon where the shop is
    assert first.setup.date == datetime(2026, 11, 11, 4, tzinfo=UTC)


def test_a_lone_variable_keeps_its_kind_and_the_nearest_counts(tmp_path: Path) -> None:
    first, _, third = read(written(tmp_path, GOOD))
    assert first.turns[1].expect["items"]["price"]["max"] == 3000
    assert third.turns[1].expect["data"] == {"a.b": 20, "c": "20 元"}
    where = first.turns[1].expect["database"]["messages"]["where"]
    assert where == {"conversation_id": "${conversation}"}


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = """\
dialogues:
- name: one
  turns:
  - say: 手机
    expect:
      tpye: products
      items: {price: {most: 3}}
  - expect: {}
- turns: []
"""
    told = faults(tmp_path, text)
    assert any(line.startswith("6:") and "did you mean 'type'" in line for line in told)
    assert any(line.startswith("7:") and "conditions" in line for line in told)
    assert any(line.startswith("8:") for line in told)
    assert any(line.startswith("9:") and "name is missing" in line for line in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dialogues: [", "1: "),
        ("", "1: the file is empty"),
        ("dialogues: []", "1: "),
        ("a: 1\na: 2\n", "2: 'a' is said twice"),
        (
            "dialogues:\n- name: a\n  turns: [{say: '${x}'}]\n",
            "2: ${x} is not a variable here",
        ),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, text: str, told: str) -> None:
    assert any(line.startswith(told) for line in faults(tmp_path, text))


def test_two_dialogues_of_one_name_are_refused(tmp_path: Path) -> None:
    one = "- name: same\n  turns: [{say: 手机}]\n"
    path = written(tmp_path, f"dialogues:\n{one}{one}")
    with pytest.raises(BadConversation, match=r":4: 'same' is the name of line 2 too"):
        load([path])


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadConversation, match="no such file"):
        load([tmp_path / "none.yml"])


def test_no_tag_makes_an_object(tmp_path: Path) -> None:
    path = written(tmp_path, "dialogues: !!python/object/apply:os.system ['true']\n")
    with pytest.raises(BadConversation):
        read(path)


def test_words_are_words_and_hours_are_no_numbers(tmp_path: Path) -> None:
    text = "dialogues:\n- name: a\n  turns: [{say: 22:00, expect: {data: {off: no, on: [yes, 1.5, ~, 010]}}}]\n"
    (turn,) = read(written(tmp_path, text))[0].turns
    assert turn.say == "22:00"
    assert turn.expect["data"] == {"off": "no", "on": ["yes", 1.5, None, "010"]}
