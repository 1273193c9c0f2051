from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from testing.coverage.report import CoverageReport, Kind
from testing.report.html import render
from testing.report.nlu import NluRow, NluSection
from testing.running.results import DialogueResult, RunResult, Step, TurnResult, Understanding

HOSTILE = "<script>alert('x')</script>"
PNG = b"\x89PNG\r\n\x1a\nnot a real one"


class Tags(HTMLParser):
    """Every element of a page, with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def dialogue(
    title: str, *failures: str, said: str = "手机", error: str | None = None
) -> DialogueResult:
    card = {
        "title": HOSTILE,
        "price": 3999,
        "brand": HOSTILE,
        "reasons": [HOSTILE],
        "image": "/m/1",
    }
    messages = ({"type": "products", "text": HOSTILE, "data": {"items": [card]}},)
    understanding = Understanding(
        HOSTILE, 0.62, ((HOSTILE, 0.62), ("b", 0.3)), ({"entity": "brand", "value": HOSTILE},)
    )
    step = Step("action_refine", "RulePolicy", 1.0, (("frame", {HOSTILE: HOSTILE}),), (HOSTILE,))
    turn = TurnResult(7, said, messages, 0.2, failures, understanding, (step,))
    return DialogueResult("a.yml", 5, title, (HOSTILE,), 1.5, (turn,), error)


def dialogues(page: str) -> list[dict[str, str | None]]:
    return [d for d in Tags(page).named("details") if "dialogue" in (d.get("class") or "")]


def test_failures_come_first_and_open_and_the_rest_is_folded() -> None:
    run = RunResult((dialogue("passed"), dialogue("wrong", "no"), dialogue("cut", error="x")), 1)
    page = render(run)
    assert [(d["class"], "open" in d) for d in dialogues(page)] == [
        ("dialogue failed", True),
        ("dialogue failed", True),
        ("dialogue passed", False),
    ]
    assert page.index(">wrong<") < page.index(">cut<") < page.index(">passed<")
    assert "2 段没有通过" in page


@pytest.mark.parametrize("place", ["said", "title", "failure", "error"])
def test_what_anyone_wrote_stays_text(place: str) -> None:
    texts = {"said": HOSTILE} if place == "said" else {"error": HOSTILE} if place == "error" else {}
    title = HOSTILE if place == "title" else "a"
    failures = (HOSTILE,) if place == "failure" else ()
    page = render(RunResult((dialogue(title, *failures, **texts),), 1))
    assert len(Tags(page).named("script")) == 1
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(" in page


def test_hostile_names_of_coverage_and_nlu_stay_text() -> None:
    coverage = CoverageReport((Kind("intents", 0, 1, (HOSTILE,), ((HOSTILE, HOSTILE),)),))
    nlu = NluSection(HOSTILE, (NluRow(HOSTILE, HOSTILE),), ((HOSTILE, PNG),), HOSTILE)
    page = render(RunResult((), 0), coverage, nlu, title=HOSTILE)
    assert len(Tags(page).named("script")) == 1
    assert HOSTILE not in page


def test_the_page_asks_nobody_for_anything() -> None:
    nlu = NluSection("NLU", (), (("图", PNG),))
    page = render(RunResult((dialogue("a", "no"),), 1), nlu=nlu)
    tags = Tags(page)
    assert not tags.named("link")
    assert all("src" not in script for script in tags.named("script"))
    assert [image["src"] for image in tags.named("img")] == [
        "data:image/png;base64," + b64encode(PNG).decode()
    ]
    assert all((link["href"] or "").startswith("#") for link in tags.named("a"))
    assert not re.search(r"url\(|@import|https?://", page)


def test_only_our_own_script_may_run() -> None:
    page = render(RunResult((), 0))
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (allowed,) = re.findall(r"script-src &#39;sha256-(.+?)&#39;|script-src 'sha256-(.+?)'", page)
    assert b64decode("".join(allowed)) == sha256(script.encode()).digest()


def test_a_failing_turn_opens_what_rasa_predicted() -> None:
    debug = [
        "open" in d
        for page in (
            render(RunResult((dialogue("a", "no"),), 1)),
            render(RunResult((dialogue("a"),), 1)),
        )
        for d in Tags(page).named("details")
        if d.get("class") == "debug"
    ]
    assert debug == [True, False]


def test_sections_are_there_only_for_what_was_measured() -> None:
    def sections(page: str) -> list[str | None]:
        return [section["id"] for section in Tags(page).named("section") if "id" in section]

    assert sections(render(RunResult((), 0))) == ["dialogues"]
    run = RunResult((dialogue("a"),), 1)
    assert sections(render(run, CoverageReport(()), NluSection("NLU", ()))) == [
        "dialogues",
        "coverage",
        "latency",
        "nlu",
    ]


def test_coverage_shows_what_nothing_exercises() -> None:
    page = render(RunResult((), 0), CoverageReport((Kind("rules", 3, 4, ("take leave",)),)))
    assert "width:75.0%" in page
    assert "<code>take leave</code>" in page


def test_the_slowest_turns_link_to_where_they_stand() -> None:
    page = render(RunResult((dialogue("a"), dialogue("b", "no")), 1))
    tags = Tags(page)
    ids = {attributes["id"] for _, attributes in tags.found if "id" in attributes}
    links = [link["href"] for link in tags.named("a") if (link["href"] or "").startswith("#t")]
    assert links == ["#t1-1", "#t2-1", "#t1-1"]  # the problem, then the slowest
    assert {link[1:] for link in links if link} <= ids


def test_a_card_of_which_little_is_known_is_still_shown() -> None:
    message = {"type": "product", "data": {"item": {"title": "小米14"}}}
    turn = TurnResult(1, "它", (message,), 0.1, ())
    page = render(RunResult((DialogueResult("a.yml", 1, "a", (), 1, (turn,)),), 1))
    assert "小米14" in page
    assert "（product）" in page
