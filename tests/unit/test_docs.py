"""The documentation keeps up with the code (settings: tests/unit/daogou/test_settings.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions.registry import build_actions

ROOT = Path(__file__).parents[2]
DIALOGUE = (ROOT / "docs" / "dialogue.md").read_text("utf-8")
READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
# A picture is left out: it is no page that a reader goes on to.
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def rows(chapter: str) -> list[list[str]]:
    """Cells of a chapter's table, without its head."""
    text = DIALOGUE.split(f"## {chapter}\n")[1].split("\n## ")[0]
    return [[c.strip() for c in r.strip("|").split("|")] for r in text.splitlines() if "| `" in r]


def prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """As GitHub makes them: lower case, no punctuation, hyphens for spaces."""
    kept = (re.sub(r"[^\w\- ]", "", title.lower()) for _, title in _HEADING.findall(prose(page)))
    return {title.replace(" ", "-") for title in kept}


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """File and anchor of every link that stays inside the project."""
    for target in _LINK.findall(prose(page)):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            yield (page.parent / path if path else page), anchor


def rules() -> set[tuple[str, str, str]]:
    """(intent, rule, action or response) of every rule."""
    found = set()
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]:
            intent, action = rule["steps"]
            for one in intent.get("or", [intent]):
                found.add((f"`{one['intent']}`", rule["rule"], f"`{action['action']}`"))
    return found


def test_the_table_of_intents_is_that_of_the_rules() -> None:
    assert {(intent, rule, then) for intent, _, rule, then in rows("Intents")} == rules()


def test_every_intent_and_slot_of_the_domain_is_documented() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    documented = {row[0].strip("`") for row in rows("Intents")} - {"nlu_fallback"}
    assert documented == set(domain["intents"])
    assert {row[0].strip("`") for row in rows("Slots")} == set(domain["slots"])


def test_every_action_and_every_response_is_documented() -> None:
    names = {action.name() for action in build_actions(None, None, ROOT / "data/knowledge", None)}  # type: ignore[arg-type]
    assert {row[0].strip("`") for row in rows("Actions")} == names
    texts = [p.read_text("utf-8") for p in (ROOT / "data" / "responses").glob("*.yml")]
    responses = {name for text in texts for name in yaml.safe_load(text)["responses"]}
    assert set(re.findall(r"utter_\w+", DIALOGUE)) == responses


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    broken = [
        f"{path.name}#{anchor}"
        for path, anchor in links(page)
        if not path.exists() or (anchor and anchor not in anchors(path))
    ]
    assert broken == []


def test_both_readmes_have_the_same_shape() -> None:
    shapes = []
    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        levels = [level for level, _ in _HEADING.findall(prose(ROOT / name))]
        shapes.append((levels, len(_FENCE.findall(text)), text.count("\n|")))
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_fits_on_a_card(record: Path) -> None:
    text = record.read_text("utf-8")
    assert len(text.splitlines()) <= 25
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
