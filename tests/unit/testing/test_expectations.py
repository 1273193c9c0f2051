"""Each key of `expect` fails on what it is there for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import testing.conversation
from testing.checking.answer import Answer, Card
from testing.checking.expectations import CHECKS, failures
from testing.running.results import Step, Understanding


def card(number: int, price: float, **more: Any) -> Card:
    return {"sku": f"S{number}", "product_id": f"P{number}", "title": f"手机{number}", "price": price,
            "brand": "华为", "category": "手机", "rating": 4.0 + number / 10, "reasons": [], **more}  # fmt: skip


def message(*shown: Card, **more: Any) -> dict[str, Any]:
    choices = [{"title": "换一批", "value": "换一批"}]
    return {
        "type": "products",
        "text": "为您挑了：",
        "data": {"items": list(shown)},
        "choices": choices,
        **more,
    }


BEFORE = (card(1, 1000), card(2, 2000), card(3, 3000))
LIST = Answer((message(card(4, 1500), card(5, 1800)),), 0.2, lists=(BEFORE,))
ONE = Answer((message(type="product", data={"item": BEFORE[1]}),), 0.1, lists=(BEFORE,))
INSIDE = replace(
    LIST,
    understanding=Understanding("refine", 0.9, (("refine", 0.9),), ()),
    steps=(Step("action_refine", "RulePolicy", 1.0, (), ("utter_refined",)),),
    slots={"frame": {"price_max": 1999}, "focus": None},
    tables={"handoffs": ({"reason": "asked", "closed_at": None},)},
)


@pytest.mark.parametrize(
    ("answer", "good", "bad"),
    [
        (LIST, {"type": "products"}, {"type": "text"}),
        (LIST, {"answers": 1}, {"answers": {"min": 2}}),
        (LIST, {"text": {"contains": "挑"}}, {"text": {"lacks": "挑"}}),
        (LIST, {"choices": True}, {"choices": False}),
        (LIST, {"choices": ["换一批"]}, {"choices": ["转人工"]}),
        (LIST, {"items": {"price": {"max": 1800}}}, {"items": {"price": {"max": 1799}}}),
        (LIST, {"items": {"weight": {"exists": False}}}, {"items": {"weight": 1}}),
        (LIST, {"some_item": {"price": 1800}}, {"some_item": {"price": 1801}}),
        (LIST, {"first_item": {"price": 1500}}, {"first_item": {"price": 1800}}),
        (LIST, {"count": 2}, {"count": 3}),
        (LIST, {"order": "price"}, {"order": "-price"}),
        (LIST, {"unseen": True}, {"cheaper": True, "items": {"price": {"below": 1800}}}),
        (LIST, {"cheaper": True}, {"dearer": True}),
        (ONE, {"position": 2}, {"position": -1}),
        (ONE, {"position": -2}, {"position": 4}),
        (ONE, {"item": {"sku": "S2"}}, {"item": {"sku": "S1"}}),
        (ONE, {"data": {"item.price": 2000}}, {"data": {"item.price": 1}}),
        (LIST, {"without": "便宜"}, {"without": ["便宜", "挑了"]}),
        (LIST, {"without": "S4"}, {"without": "手机4"}),
        (LIST, {"seconds": 0.3}, {"seconds": 0.1}),
        (INSIDE, {"slots": {"frame.price_max": 1999}}, {"slots": {"focus": None}}),
        (INSIDE, {"slots": {"focus": {"exists": False}}}, {"slots": {"frame.brands": ["x"]}}),
        (INSIDE, {"intent": "refine"}, {"intent": "greet"}),
        (INSIDE, {"actions": ["action_refine"]}, {"actions": []}),
        (INSIDE, {"responses": ["utter_refined"]}, {"responses": ["utter_greet"]}),
        (INSIDE, {"database": {"handoffs": [{"reason": "asked"}]}}, {"database": {"handoffs": []}}),
        (
            INSIDE,
            {"database": {"handoffs": {"count": 0, "where": {"reason": "x"}}}},
            {"database": {"handoffs": {"count": 2}}},
        ),
        (INSIDE, {"database": {"handoffs": [{"closed_at": None}]}}, {"database": {"handoffs": [{"reason": "x"}]}}),
    ],
)  # fmt: skip
def test_a_key_holds_or_tells(answer: Answer, good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert failures(good, answer) == []
    told = failures(bad, answer)
    assert told and all(line.split("：")[0] in bad for line in told)


def test_a_list_shown_before_is_seen_again() -> None:
    again = replace(LIST, messages=(message(BEFORE[0], card(9, 10)),))
    assert failures({"unseen": True}, again) == ["unseen：之前展示过：手机1，1000 元"]


def test_expecting_cards_where_there_are_none_fails() -> None:
    silent = Answer((message(type="text", data={}),), 0.1)
    for key in ("items", "first_item", "item", "some_item"):
        assert failures({key: {"price": 1}}, silent), key
    for key in ("cheaper", "dearer"):
        assert failures({key: True}, silent)


def test_no_answer_an_apology_and_a_leak_always_fail() -> None:
    assert failures({}, Answer((), 0.1)) == ["没有回答"]
    apology = Answer((message(type="error", text="抱歉"),), 0.1)
    assert failures({}, apology) == ["导购出错致歉：抱歉"]
    assert failures({"type": "error"}, apology) == []
    leak = Answer((message(text="Traceback (most recent call last):"),), 0.1)
    assert any(line.startswith("泄露") for line in failures({}, leak))


def test_a_call_that_fails_unexpectedly_fails() -> None:
    refused = Answer((), 0.1, status=401, body={"code": "bad_token"})
    assert failures({}, refused) == ["调用失败，状态码 401"]
    assert failures({"status": 401, "data": {"code": "bad_token"}}, refused) == []
    assert failures({"status": 200}, refused) == ["status：应是 200，实际是 401"]


def test_what_a_live_system_does_not_show_is_not_checked() -> None:
    inside = {
        "slots": {"x": 1},
        "intent": "x",
        "actions": ["x"],
        "responses": ["x"],
        "database": {"t": []},
    }
    assert failures(inside, LIST) == []


def test_the_schema_and_the_checks_know_the_same_keys() -> None:
    path = Path(testing.conversation.__path__[0]) / "conversation.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$defs"]["expect"]["properties"].keys() == CHECKS.keys()
