"""The actions and the domain must name the same things."""

import re

import pytest
import yaml

from actions.desk.registry import build_forms
from actions.registry import build_actions
from shop.domain.refusal import codes
from tests.unit.actions.fakes import ROOT, domain

SOURCES = "\n".join(path.read_text("utf-8") for path in (ROOT / "actions").rglob("*.py"))
RULES = "\n".join(path.read_text("utf-8") for path in (ROOT / "data/rules").glob("*.yml"))
RESPONSES = domain()["responses"]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
ACTIONS = build_actions(None, None, ROOT / "data/knowledge", None)  # type: ignore[arg-type]
FORMS = [form.skill for form in build_forms(None)]  # type: ignore[arg-type]
# Names that the actions complete (utter_no_cheaper), and a method of the dispatcher.
BUILT_NAMES = {"utter_no_", "utter_desk_", *(f"utter_{skill}_" for skill in FORMS)}
METHOD = "utter_message"


def used():
    found = set(re.findall(r"utter_\w+", SOURCES + RULES))
    return {name for name in found if not name.endswith("_")} - {METHOD}


def test_every_response_that_is_used_is_defined():
    assert used() <= RESPONSES.keys()


def test_every_response_that_is_defined_is_used():
    built = {name for name in RESPONSES if name.startswith(tuple(BUILT_NAMES))}
    assert RESPONSES.keys() - built - used() == set()


def test_every_action_of_the_domain_is_written():
    assert set(DOMAIN["actions"]) == {action.name() for action in ACTIONS}


def test_every_intent_has_a_rule():
    assert set(DOMAIN["intents"]) | {"nlu_fallback"} == set(re.findall(r"intent: (\w+)", RULES))


@pytest.mark.parametrize("name", RESPONSES)
def test_no_button_is_a_command(name):
    payloads = [b["payload"] for v in RESPONSES[name] for b in v.get("buttons", [])]
    assert not [payload for payload in payloads if payload.startswith("/")]


@pytest.mark.parametrize("name", RESPONSES)
def test_no_value_takes_the_place_of_the_words(name):
    """Rasa puts the values over the message: one that is called text is all that is said."""
    taken = {"text", "image", "attachment", "buttons", "elements", "custom", "response"}
    texts = [variant["text"] for variant in RESPONSES[name] if variant["text"] != "{text}"]
    assert not [text for text in texts if taken & set(re.findall(r"{(\w+)}", text))]


def test_every_refusal_has_words():
    assert {f"utter_desk_{code}" for code in codes()} <= RESPONSES.keys()


def test_every_form_says_its_own_words_for_refusals():
    missing = [
        f"utter_{form.skill}_{code}"
        for form in build_forms(None)  # type: ignore[arg-type]
        for code in form.own_words
        if f"utter_{form.skill}_{code}" not in RESPONSES
    ]
    assert missing == []
