from __future__ import annotations

import pytest

from testing.coverage.flows import Flow
from testing.running.results import Step, TurnResult, Understanding


def turn(intent: str | None, *actions: str) -> TurnResult:
    read = None if intent is None else Understanding(intent, 0.9, ((intent, 0.9),), ())
    steps = tuple(Step(action, "RulePolicy", 1.0, (), ()) for action in actions)
    return TurnResult(1, "…", (), 0.1, (), read, steps)


GREET = Flow.read("greet", [{"intent": "greet"}, {"action": "a"}, {"action": "b"}])


@pytest.mark.parametrize(
    ("actions", "matches"),
    [
        (("a", "b"), True),
        (("a", "action_listen", "b"), True),
        (("x", "a", "y", "b", "z"), True),
        (("b", "a"), False),
        (("a",), False),
        ((), False),
    ],
)
def test_a_rule_wants_its_actions_in_order(actions: tuple[str, ...], matches: bool) -> None:
    assert GREET.matches([turn("greet", *actions)]) is matches


def test_a_rule_wants_its_intent_in_the_same_turn() -> None:
    assert not GREET.matches([turn("bye", "a", "b"), turn("greet", "a")])
    assert not GREET.matches([turn(None, "a", "b")])


def test_listening_is_not_part_of_a_rule() -> None:
    rule = Flow.read("r", [{"intent": "greet"}, {"action": "a"}, {"action": "action_listen"}])
    assert rule.matches([turn("greet", "a")])


def test_a_rule_about_several_intents_takes_any_of_them() -> None:
    either = Flow.read("either", [{"or": [{"intent": "yes"}, {"intent": "ok"}]}, {"action": "a"}])
    assert either.matches([turn("ok", "a")])
    assert not either.matches([turn("no", "a")])


def test_a_rule_that_ends_a_form_needs_no_intent() -> None:
    submit = Flow.read("submit", [{"action": "form"}, {"active_loop": None}, {"action": "send"}])
    assert submit.matches([turn("inform", "form", "send")])
    assert not submit.matches([turn("inform", "form")])


def test_a_story_wants_consecutive_turns() -> None:
    steps = [{"intent": "ask"}, {"action": "a"}, {"intent": "yes"}, {"action": "b"}]
    story = Flow.read("story", steps)
    assert story.matches([turn("hi", "x"), turn("ask", "a"), turn("yes", "b")])
    assert not story.matches([turn("ask", "a"), turn("hi", "x"), turn("yes", "b")])
    assert not story.matches([turn("ask", "a")])


def test_a_flow_without_steps_of_anyone_is_never_exercised() -> None:
    assert not Flow.read("empty", [{"checkpoint": "c"}]).matches([turn("greet", "a")])
