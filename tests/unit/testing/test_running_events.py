"""Rasa's event stream, read while it is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from testing.running.events import EventLog, steps, understanding


def event(sender: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"sender_id": sender, "event": kind, **more}


TURN = [
    event("0:a", "action", name="action_session_start", policy=None, confidence=1.0),
    event("0:a", "action", name="action_listen", policy=None, confidence=None),
    event(
        "0:a",
        "user",
        text="三千以内的",
        parse_data={
            "intent": {"name": "refine", "confidence": 0.8},
            "intent_ranking": [{"name": "refine", "confidence": 0.8}, {"name": "deny", "confidence": 0.1}],
            "entities": [{"entity": "price"}],
        },
    ),
    event("0:a", "action", name="action_refine", policy="RulePolicy", confidence=1.0),
    event("0:a", "bot", text="好的", metadata={"utter_action": "utter_refined"}),
    event("0:a", "bot", text=None, metadata={}),
    event("0:a", "slot", name="frame", value={"price_max": 3000}),
    event("0:a", "action", name="action_listen", policy="RulePolicy", confidence=1.0),
]  # fmt: skip


def test_what_rasa_understood_and_did() -> None:
    read = understanding(TURN)
    assert read and (read.intent, read.confidence) == ("refine", 0.8)
    assert (
        read.ranking == (("refine", 0.8), ("deny", 0.1)) and read.entities[0]["entity"] == "price"
    )
    (step,) = steps(TURN, {})
    assert (step.action, step.policy) == ("action_refine", "RulePolicy")
    assert step.slots == (("frame", {"price_max": 3000}),) and step.responses == ("utter_refined",)


def test_all_slots_are_cleared_at_once() -> None:
    turn = [event("0:a", "action", name="action_forget"), event("0:a", "reset_slots")]
    (step,) = steps(turn, {"frame": {"price_max": 3000}, "shown": None})
    assert dict(step.slots) == {"frame": None, "shown": None}
    again = [*TURN, *turn]
    assert steps(again, {})[-1].slots == (("frame", None),)


def test_nothing_heard_is_nothing_understood() -> None:
    assert understanding(TURN[:2]) is None and steps(TURN[:2], {}) == ()


def test_the_log_gives_each_conversation_its_events_once(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    log = EventLog(path)
    assert log.take("0:a") == []
    one, two, three = event("0:a", "user"), event("1:b", "user"), event("0:a", "bot")
    half = json.dumps(three)
    twice = f"{json.dumps(one)}\n" * 2
    path.write_text(f"{twice}{json.dumps(two)}\n{half[:9]}", "utf-8")
    assert log.take("0:a") == [one] and log.take("0:a") == []
    with path.open("a", encoding="utf-8") as file:
        file.write(half[9:] + "\n")
    assert log.take("0:a") == [three] and log.take("1:b") == [two]
