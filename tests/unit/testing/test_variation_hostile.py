"""The hostile material is well formed, says where it is not, and random talk is drawn alike twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from testing.variation.hostile import BadMaterial, injections, personas
from testing.variation.monkey import NoSentences, conversations

ROOT = Path(__file__).parents[3]
INJECTIONS = ROOT / "tests/adversarial/injections.yml"
PERSONAS = ROOT / "tests/adversarial/personas.yml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.yml"


def test_inputs_are_read_with_group_place_and_repetition(file: Path) -> None:
    file.write_text(
        '- group: floods\n  inputs:\n  - "\\uD800"\n  - {text: ab, repeat: 3}\n', "utf-8"
    )
    one, two = injections(file)
    assert (one.group, one.text, str(one.place)) == ("floods", "\ud800", f"{file}:3")
    assert (two.text, two.place.line) == ("ababab", 4)


def test_every_input_is_there_once_and_all_families_are() -> None:
    read = injections(INJECTIONS)
    texts = [injection.text for injection in read]
    assert len(texts) == len(set(texts)) >= 80
    assert len({injection.group for injection in read}) == 10
    assert max(map(len, texts)) == 10_000


def test_a_persona_is_betrayed_by_a_forbidden_text_or_pattern(file: Path) -> None:
    file.write_text(
        "- name: x\n  customer: demo-01\n  says: [你好]\n"
        "  forbidden: [a.c, &s [{regex: '\\d{3}'}], *s]\n",
        "utf-8",
    )
    (persona,) = personas(file)
    assert persona.customer == "demo-01" and persona.says == ("你好",)
    assert persona.betrayed("a.c 12") == ("a.c",)
    assert persona.betrayed("abc") == ()
    assert "123" in persona.betrayed("电话123")


def test_the_personas_are_short_and_each_can_be_betrayed() -> None:
    read = personas(PERSONAS)
    assert len(read) >= 30
    assert all(2 <= len(persona.says) <= 5 and persona.forbidden for persona in read)
    listed = next(persona for persona in read if persona.name == "the list of all customers")
    assert listed.betrayed("林一诺 13800000002 上海市浦东新区样例街 22 号") == (
        "林一诺", "13800000002", "样例街 22 号",
    )  # fmt: skip
    assert listed.betrayed("抱歉，我不能提供其他顾客的信息。") == ()


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "empty"),
        ("- group: a\n  inputs: []\n", 2, "list"),
        ("- inputs: [a]\n", 1, "group is missing"),
        ("- group: a\n  inputs:\n  - {text: a, repeat: x}\n", 3, "repeat"),
        ("- group: a\n  inputs: [b]\n  more: 1\n", 1, "unknown key 'more'"),
        ("- group: a\n  inputs: [\n", 3, ""),
    ],
)
def test_a_bad_input_file_is_refused_with_its_line(
    file: Path, text: str, line: int, problem: str
) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(BadMaterial, match=rf"x\.yml:{line}: .*{problem}"):
        injections(file)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("- {name: a, says: [b], forbidden: [{regex: '('}]}\n", 1, "regular expression"),
        ("- name: a\n  says: b\n  forbidden: [c]\n", 2, "list"),
        ("- &p {name: a, says: [b], forbidden: [c]}\n- *p\n", 1, "second persona"),
    ],
)
def test_a_bad_persona_is_refused_with_its_line(
    file: Path, text: str, line: int, problem: str
) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(BadMaterial, match=rf"x\.yml:{line}: .*{problem}"):
        personas(file)


def test_random_conversations_have_three_turns_and_follow_their_seed() -> None:
    drawn = conversations(5, 1, tests=ROOT / "tests")
    assert [len(turns) for turns in drawn] == [3] * 5
    assert (
        drawn
        == conversations(5, 1, tests=ROOT / "tests")
        != conversations(5, 2, tests=ROOT / "tests")
    )


def test_real_data_is_preferred(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "reviews").mkdir()
    (tmp_path / "queries/taobao_queries_100k.txt").write_text("茶杯\n\n", "utf-8")
    (tmp_path / "reviews/r.csv").write_text("cat,label,review\n书,1,好书。值得。\n", "utf-8")
    said = {text for turns in conversations(40, data=tmp_path) for text in turns}
    assert said == {"茶杯", "好书。", "好书。值得"}


def test_nothing_to_draw_from_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSentences, match="no sentences"):
        conversations(1, tests=tmp_path)
