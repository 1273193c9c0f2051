"""`daogou lint-data` and `daogou test nlu`: the data of the understanding, and how good it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from daogou import bootstrap, dialogue
from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.errors import BadInput, CommandError
from daogou.lab import report
from daogou.preparation import prepare
from daogou.settings import Settings
from testing.nlu.lint import lint
from testing.nlu.nodes import BadYaml
from testing.nlu.validation import ValidationFailed, cross_validate, evaluate


def lint_data(settings: Settings) -> int:
    """Print every fault of the dialogue data; raises CommandError."""
    asyncio.run(prepare(settings))
    try:
        faults = lint(ROOT, settings.index_folder / "current" / "lexicon.json")
    except BadYaml as error:
        raise BadInput(str(error)) from error
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no faults")
    return 1 if faults else 0


def validate(settings: Settings, environ: Mapping[str, str], folds: int, base: Path | None) -> int:
    """Ask held-out sentences, cross-validate unless `folds` is 0, hold both against the gates; raises CommandError."""
    console, folder = Console(), settings.var / "report"
    asyncio.run(prepare(settings))
    model = dialogue.train(settings, environ, console)
    python, there = bootstrap.python_of("rasa"), dialogue.environment(environ, settings)
    try:
        held_out = evaluate(python, there, model, folder / "heldout", ROOT)
        held_out.write(folder / report.HELD_OUT)
        console.say(f"held-out accuracy {held_out.accuracy:.3f}")
        if folds:
            console.say(f"cross-validating ({folds} folds, about a quarter of an hour each)")
            cross_validate(python, there, folder / "nlu", folds, ROOT).write(folder / report.NLU)
    except ValidationFailed as error:
        raise CommandError(str(error)) from error
    checks = report.nlu_checks(folder, base) if folds else [report.held_out_check(held_out)]
    for check in checks:
        print(("ok    " if check.passed else "FAILS ") + str(check))
    if (folder / report.CONVERSATIONS).exists():
        report.write(folder, base, console)
    return 0 if all(check.passed for check in checks) else 1
