"""How much was exercised, kind by kind, and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from testing.coverage.exercise import exercised
from testing.coverage.plan import BadPlan, Plan, transition
from testing.coverage.project import Project
from testing.running.results import RunResult

MINIMUM = 0.95
LABELS = {
    "intents": "意图",
    "rules": "规则",
    "stories": "故事",
    "responses": "话术",
    "actions": "动作",
    "slots": "槽位变化",
    "forms": "表单",
    "transitions": "状态转换",
}


@dataclass(frozen=True)
class Kind:
    """One kind of thing; `ignored` holds (name, reason) and counts neither as covered nor as missing."""

    name: str
    covered: int
    total: int
    missing: tuple[str, ...]
    ignored: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def share(self) -> float:
        return self.covered / self.total if self.total else 1.0


@dataclass(frozen=True)
class CoverageReport:
    """Kinds of which the project has any, in the order of LABELS."""

    kinds: tuple[Kind, ...]

    @property
    def covered(self) -> int:
        return sum(kind.covered for kind in self.kinds)

    @property
    def total(self) -> int:
        return sum(kind.total for kind in self.kinds)

    @property
    def share(self) -> float:
        return self.covered / self.total if self.total else 1.0

    def failures(self, minimum: float = MINIMUM) -> tuple[str, ...]:
        """One sentence for every kind of which too little is exercised."""
        return tuple(_failure(kind, minimum) for kind in self.kinds if kind.share < minimum)


def measure(run: RunResult, root: Path, plan: Plan) -> CoverageReport:
    """The coverage of the Rasa project under `root`."""
    project = Project.read(root)
    inventory = dict(_inventory(project, plan))
    _refuse_strangers(inventory, plan)
    seen = exercised(run, project, plan)
    covered = {kind: {name for k, name in seen if k == kind} for kind in inventory}
    ignore = plan.ignore
    return CoverageReport(
        tuple(
            _kind(kind, names, covered[kind], ignore.get(kind, {}))
            for kind, names in inventory.items()
            if names
        )
    )


def _inventory(project: Project, plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    changes = ("set", "changed", "cleared")
    yield "intents", project.intents
    yield "rules", tuple(rule.name for rule in project.rules)
    yield "stories", tuple(story.name for story in project.stories)
    yield "responses", project.responses
    yield "actions", project.actions
    yield "slots", tuple(f"{slot} {change}" for slot in project.slots for change in changes)
    yield "forms", tuple(_form_names(project.forms))
    pairs = ((state, to) for state, actions in plan.transitions.items() for to in actions)
    yield "transitions", tuple(transition(*pair) for pair in pairs)


def _form_names(forms: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for form, slots in forms.items():
        yield form
        yield from (f"{form}.{slot}" for slot in slots)


def _kind(
    kind: str, names: tuple[str, ...], covered: AbstractSet[str], ignore: Mapping[str, str]
) -> Kind:
    counted = [name for name in names if name not in ignore]
    missing = tuple(name for name in counted if name not in covered)
    ignored = tuple((name, ignore[name]) for name in names if name in ignore)
    return Kind(kind, len(counted) - len(missing), len(counted), missing, ignored)


def _refuse_strangers(inventory: Mapping[str, tuple[str, ...]], plan: Plan) -> None:
    """A name that is ignored must exist, or a renamed one would be ignored for ever."""
    for kind, names in plan.ignore.items():
        strangers = names.keys() - set(inventory.get(kind, ()))
        if strangers:
            raise BadPlan(f"ignore: {kind}: nothing is called {', '.join(sorted(strangers))}")


def _failure(kind: Kind, minimum: float) -> str:
    return (
        f"{kind.label}覆盖率 {kind.share:.1%}（{kind.covered}/{kind.total}），"
        f"低于要求的 {minimum:.0%}：没有对话走到 {'、'.join(kind.missing)}"
    )
