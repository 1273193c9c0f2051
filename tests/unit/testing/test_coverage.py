from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from testing.coverage.plan import BadPlan, Plan, State
from testing.coverage.project import Project, UnreadableProject
from testing.coverage.report import CoverageReport, Kind, measure
from testing.running.results import DialogueResult, RunResult, Step, TurnResult, Understanding

DOMAIN = """
intents: [greet, {search: {use_entities: []}}, bye]
actions: [action_search, action_session_start, utter_greet]
slots:
  frame: {type: any}
  lang: {type: text, initial_value: zh}
forms:
  address_form: {required_slots: [city, street]}
responses:
  utter_greet: [{text: 你好}]
"""
RULES = """
rules:
- {rule: greet back, steps: [{intent: greet}, {action: utter_greet}]}
- {rule: look, steps: [{intent: search}, {action: action_search}]}
- {rule: lost, steps: [{intent: nlu_fallback}, {action: utter_lost}]}
"""
RESPONSES = "responses: {utter_found: [{text: 有}], utter_lost: [{text: 嗯？}]}"
PLAN = Plan(
    states=(State("found", filled=("frame",)), State("handed over", after="x"), State("new")),
    transitions={"new": ("action_search", "utter_greet"), "found": ("action_search",)},
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "domain.yml": DOMAIN,
        "data/rules/all.yml": RULES,
        "data/responses/some.yml": RESPONSES,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def step(action: str, *responses: str, **slots: Any) -> Step:
    return Step(action, "RulePolicy", 1.0, tuple(slots.items()), responses)


def turn(intent: str, *steps: Step) -> TurnResult:
    understanding = Understanding(intent, 0.9, ((intent, 0.9),), ())
    return TurnResult(1, "…", (), 0.1, (), understanding, steps)


def run(*turns: TurnResult) -> RunResult:
    return RunResult((DialogueResult("a.yml", 1, "a", (), 0.1, turns),), 0.1)


def kinds(report: CoverageReport) -> dict[str, Kind]:
    return {kind.name: kind for kind in report.kinds}


SEARCH = turn("search", step("action_search", "utter_found", frame={"category": "手机"}))
GREET = turn("greet", step("utter_greet", "utter_greet"))


def test_the_inventory_is_what_the_files_name(root: Path) -> None:
    project = Project.read(root)
    assert project.intents == ("greet", "search", "bye", "nlu_fallback")
    assert [rule.name for rule in project.rules] == ["greet back", "look", "lost"]
    assert project.responses == ("utter_greet", "utter_found", "utter_lost")
    assert project.actions == ("action_search",)
    assert project.slots == {"frame": None, "lang": "zh"}
    assert project.forms == {"address_form": ("city", "street")}


def test_shares_by_kind_and_overall(root: Path) -> None:
    report = measure(run(GREET, SEARCH), root, PLAN)
    counts = {kind.name: (kind.covered, kind.total) for kind in report.kinds}
    assert counts == {
        "intents": (2, 4),
        "rules": (2, 3),
        "responses": (2, 3),
        "actions": (1, 1),
        "slots": (1, 6),
        "forms": (0, 3),
        "transitions": (2, 3),
    }
    assert report.share == 10 / 23
    assert kinds(report)["intents"].missing == ("bye", "nlu_fallback")
    assert kinds(report)["transitions"].missing == ("found → action_search",)


def test_a_kind_of_which_there_is_nothing_is_left_out(root: Path) -> None:
    assert "stories" not in kinds(measure(run(GREET), root, PLAN))


def test_setting_changing_and_clearing_a_slot_are_three_things(root: Path) -> None:
    def slots(*values: Any) -> set[str]:
        turns = [turn("search", step("action_search", frame=value)) for value in values]
        missing = kinds(measure(run(*turns), root, PLAN))["slots"].missing
        return {"set", "changed", "cleared"} - {
            name.split()[1] for name in missing if name.startswith("frame")
        }

    assert slots({"a": 1}) == {"set"}
    assert slots({"a": 1}, {"a": 1}) == {"set"}
    assert slots({"a": 1}, {"a": 2}) == {"set", "changed"}
    assert slots({"a": 1}, {}) == {"set", "cleared"}
    assert slots({}) == set()


def test_a_slot_begins_with_what_the_domain_gives_it(root: Path) -> None:
    report = measure(run(turn("greet", step("action_search", lang="en"))), root, PLAN)
    assert "lang changed" not in kinds(report)["slots"].missing
    assert "lang set" in kinds(report)["slots"].missing


def test_every_dialogue_begins_with_empty_slots(root: Path) -> None:
    alone = run(SEARCH).dialogues[0]
    report = measure(RunResult((alone, alone), 0.1), root, PLAN)
    assert "found → action_search" in kinds(report)["transitions"].missing
    assert "frame changed" in kinds(report)["slots"].missing


def test_a_form_wants_to_be_run_and_each_of_its_slots_to_be_given(root: Path) -> None:
    given = turn("inform", step("action_extract_slots", city="北京"), step("address_form"))
    assert kinds(measure(run(given), root, PLAN))["forms"].missing == ("address_form.street",)


def test_a_slot_given_while_no_form_ran_is_not_the_forms(root: Path) -> None:
    given = turn("inform", step("action_extract_slots", city="北京"))
    assert kinds(measure(run(given), root, PLAN))["forms"].covered == 0


def test_without_a_look_into_rasa_nothing_is_covered(root: Path) -> None:
    blind = TurnResult(1, "你好", ({"text": "你好"},), 0.1, ())
    assert measure(run(blind), root, PLAN).covered == 0


def test_what_is_ignored_counts_neither_way(root: Path) -> None:
    plan = Plan(ignore={"rules": {"lost": "cannot happen"}})
    rules = kinds(measure(run(GREET, SEARCH), root, plan))["rules"]
    assert (rules.covered, rules.total, rules.missing) == (2, 2, ())
    assert rules.ignored == (("lost", "cannot happen"),)


def test_what_does_not_exist_cannot_be_ignored(root: Path) -> None:
    with pytest.raises(BadPlan, match="renamed"):
        measure(run(GREET), root, Plan(ignore={"rules": {"renamed": "cannot happen"}}))
    with pytest.raises(BadPlan, match="rulez"):
        measure(run(GREET), root, Plan(ignore={"rulez": {"lost": "cannot happen"}}))


def test_a_kind_below_the_minimum_is_a_failure_that_names_what_is_missing() -> None:
    report = CoverageReport((Kind("intents", 19, 20, ("bye",)), Kind("rules", 2, 4, ("a", "b"))))
    (failure,) = report.failures()
    assert failure == "规则覆盖率 50.0%（2/4），低于要求的 95%：没有对话走到 a、b"
    assert len(report.failures(minimum=0.96)) == 2
    assert report.failures(minimum=0.5) == ()
    assert report.share == 21 / 24


def test_the_first_state_that_holds_is_the_state() -> None:
    assert PLAN.state({"frame": {"a": 1}}, {"x"}) == "found"
    assert PLAN.state({"frame": {}}, {"x"}) == "handed over"
    assert PLAN.state({}, set()) == "new"
    assert Plan(states=(State("full", empty=("frame",)),)).state({"frame": "x"}, set()) is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("states: [{filled: [a]}]", "name"),
        ("states: [{name: a, filed: [b]}]", "filed"),
        ("transitions: {nowhere: [a]}", "nowhere"),
        ("ignore: {rules: {lost: ''}}", "lost"),
        ("states: [", "plan.yml"),
    ],
)
def test_a_bad_plan_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadPlan, match=complaint):
        Plan.read(path)


def test_a_project_without_a_domain_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableProject, match=r"domain\.yml"):
        Project.read(tmp_path)


def test_our_own_plan_fits_our_own_project() -> None:
    root = Path(__file__).parents[3]
    plan = Plan.read(root / "tests/conversations/coverage.yml")
    project = Project.read(root)
    report = measure(RunResult((), 0.0), root, plan)
    assert report.covered == 0
    named = {action for actions in plan.transitions.values() for action in actions}
    slots = {slot for state in plan.states for slot in (*state.filled, *state.empty)}
    assert named <= set(project.actions)
    assert slots <= set(project.slots)
