"""The actions and the domain must name the same things."""

import re

import pytest
import yaml

from actions.registry import build_actions
from tests.unit.actions.fakes import ROOT, domain

SOURCES = "\n".join(path.read_text("utf-8") for path in (ROOT / "actions").glob("*.py"))
RULES = "\n".join(path.read_text("utf-8") for path in (ROOT / "data/rules").glob("*.yml"))
RESPONSES = domain()["responses"]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
# Names that the actions complete (utter_no_cheaper), and a method of the dispatcher.
BUILT_NAMES = {"utter_no_"}
METHOD = "utter_message"


def used():
    return set(re.findall(r"utter_\w+", SOURCES + RULES)) - BUILT_NAMES - {METHOD}


def test_every_response_that_is_used_is_defined():
    assert used() <= RESPONSES.keys()


def test_every_response_that_is_defined_is_used():
    built = {name for name in RESPONSES if name.startswith(tuple(BUILT_NAMES))}
    assert RESPONSES.keys() - built - used() == set()


def test_every_action_of_the_domain_is_written():
    written = build_actions(None, None, ROOT / "data/knowledge")  # type: ignore[arg-type]
    assert set(DOMAIN["actions"]) == {action.name() for action in written}


def test_every_intent_has_a_rule():
    assert set(DOMAIN["intents"]) | {"nlu_fallback"} == set(re.findall(r"intent: (\w+)", RULES))


@pytest.mark.parametrize("name", RESPONSES)
def test_no_button_is_a_command(name):
    payloads = [b["payload"] for v in RESPONSES[name] for b in v.get("buttons", [])]
    assert not [payload for payload in payloads if payload.startswith("/")]
