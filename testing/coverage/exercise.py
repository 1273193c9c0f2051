"""What the dialogues of a run exercised, as names by kind."""

from __future__ import annotations

from collections.abc import Iterator

from testing.coverage.plan import Plan, transition
from testing.coverage.project import Project
from testing.coverage.slots import after, changes
from testing.running.results import DialogueResult, RunResult, Step, TurnResult

Item = tuple[str, str]


def exercised(run: RunResult, project: Project, plan: Plan) -> frozenset[Item]:
    """(kind, name) of everything that at least one dialogue went through."""
    return frozenset(
        item for dialogue in run.dialogues for item in _dialogue(dialogue, project, plan)
    )


def _dialogue(dialogue: DialogueResult, project: Project, plan: Plan) -> Iterator[Item]:
    steps = [step for turn in dialogue.turns for step in turn.steps]
    yield from _flows(dialogue.turns, project)
    yield from _memory(steps, project, plan)
    for turn in dialogue.turns:
        yield from _turn(turn, project)


def _turn(turn: TurnResult, project: Project) -> Iterator[Item]:
    if turn.understanding:
        yield "intents", turn.understanding.intent
    for step in turn.steps:
        yield "actions", step.action
        yield from (("responses", name) for name in (step.action, *step.responses))
        if step.action in project.forms:
            yield "forms", step.action
            yield from _asked(step.action, turn, project)


def _asked(form: str, turn: TurnResult, project: Project) -> Iterator[Item]:
    """The slots of a form that the shopper filled in a turn in which it ran."""
    given = {slot for step in turn.steps for slot, value in step.slots if value is not None}
    return (("forms", f"{form}.{slot}") for slot in project.forms[form] if slot in given)


def _flows(turns: tuple[TurnResult, ...], project: Project) -> Iterator[Item]:
    yield from (("rules", rule.name) for rule in project.rules if rule.matches(turns))
    yield from (("stories", story.name) for story in project.stories if story.matches(turns))


def _memory(steps: list[Step], project: Project, plan: Plan) -> Iterator[Item]:
    """How slots changed, and which action came in which state."""
    slots = project.slots
    ran: set[str] = set()
    for step in steps:
        state = plan.state(slots, ran)
        if state is not None:
            yield "transitions", transition(state, step.action)
        yield from (("slots", f"{c.slot} {c.kind}") for c in changes(step, slots))
        slots = after(step, slots)
        ran.add(step.action)
