"""`daogou test mutation`: breaks a copy of the project again and again and sees whether a dialogue notices.

The copy runs this very module (`python -m daogou.lab.mutation`): then every path of the project, in
whatever process, leads into the copy, and the checkout is never touched.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from daogou import dialogue
from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.errors import CommandError
from daogou.lab.__main__ import lab_parts
from daogou.lab.conversations import chosen
from daogou.lab.lab import LANES, environment, lanes_of
from daogou.preparation import prepare
from daogou.settings import Settings
from daogou.supervisor import Supervisor
from daogou.system import free_ports
from testing.conversation.model import Dialogue
from testing.mutation import mutant as mutants
from testing.mutation.mutant import Mutant
from testing.mutation.verdict import Verdict, Verdicts, markdown, spread
from testing.running import runner
from testing.running.results import DialogueResult, RunResult

WRITTEN = Path("tests/mutation/mutants.yml")
GATE = 0.9
RULES, WORDS = "DAOGOU_LAB_RULES", "DAOGOU_LAB_WORDS"
_LINKED = (".venv", ".venv-rasa")
_LEFT_OUT = (".git", "var", "docs", "*.pyc", "__pycache__", ".*_cache", *_LINKED)


def command(rules: int, words: str, settings: Settings, environ: Mapping[str, str]) -> int:
    """Copy the project and go on there, with `rules` of the mutants made from rules.

    `words`, a regular expression, keeps those mutants whose name it finds.
    """
    tree, var = settings.var / "mutation" / "tree", (settings.var / "mutation" / "var").resolve()
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    for folder in _LINKED:
        (tree / folder).symlink_to(ROOT / folder)
    there = {
        **environ,
        "PYTHONPATH": str(tree.resolve()),
        "DAOGOU_VAR": str(var),
        RULES: str(rules),
        WORDS: words,
    }
    return subprocess.run([sys.executable, "-m", __spec__.name], cwd=tree, env=there).returncode


def main() -> int:
    """Within the copy."""
    rasa, actions, recommender, gateway = map(str, free_ports(4))
    environ = environment(
        {
            **os.environ,
            "DAOGOU_PORT": gateway,
            "DAOGOU_RASA_PORT": rasa,
            "DAOGOU_ACTIONS_PORT": actions,
            "DAOGOU_RECSYS_PORT": recommender,
            "DAOGOU_RATE_LIMIT": "0",
        },
        LANES,
    )
    settings = Settings.from_env(environ)
    (settings.var / "log").mkdir(parents=True, exist_ok=True)
    for old in (*settings.var.glob("*.db*"), *settings.var.glob("*.clock")):
        old.unlink()
    asyncio.run(prepare(settings))
    wanted = [*mutants.written(ROOT / WRITTEN)]
    wanted += spread(list(mutants.of_rules(ROOT)), int(environ[RULES]))
    wanted = [mutant for mutant in wanted if re.search(environ[WORDS], mutant.name)]
    found = Mutation(settings, environ, Console()).run(wanted)
    print(markdown(found))
    (settings.var / "mutation.md").write_text(markdown(found) + "\n", "utf-8")
    return 0 if found.score >= GATE else 1


class Mutation:
    """One system, parts of which are broken and started again."""

    def __init__(self, settings: Settings, environ: Mapping[str, str], console: Console) -> None:
        self._settings, self._environ, self._console = settings, environ, console
        self._dialogues = chosen([], "")
        self._lanes = lanes_of(environ)

    def run(self, wanted: Sequence[Mutant]) -> Verdicts:
        """Raises CommandError where the unbroken bot fails its own tests."""
        model = dialogue.train(self._settings, self._environ, self._console)
        with Supervisor(self._settings.var / "log", self._console) as supervisor:
            supervisor.start(lab_parts(self._settings, self._environ, model))
            supervisor.wait_ready()
            if failed := self._talk(self._dialogues).failed:
                raise CommandError(f"without any mutant, {failed[0].title!r} fails")
            return Verdicts(tuple(self._verdicts(wanted, supervisor)))

    def _verdicts(self, wanted: Sequence[Mutant], supervisor: Supervisor) -> Iterator[Verdict]:
        for part in mutants.PARTS:
            for mutant in (m for m in wanted if m.part == part):
                yield self._try(mutant, supervisor)
            if part != mutants.PARTS[-1]:
                self._begin_again(part, supervisor)

    def _try(self, mutant: Mutant, supervisor: Supervisor) -> Verdict:
        began = time.monotonic()
        with _broken(mutant):
            self._begin_again(mutant.part, supervisor)
            killer = self._killer()
        verdict = Verdict(
            mutant,
            killer.title if killer else None,
            _why(killer) if killer else "",
            time.monotonic() - began,
        )
        self._console.say(f"{mutant.name}: {verdict.killer or 'SURVIVED'} {verdict.why}")
        return verdict

    def _killer(self) -> DialogueResult | None:
        """A dialogue that fails, and fails again: luck kills no mutant."""
        left = list(self._dialogues)
        while failed := self._talk(left).failed:
            again = [d for d in left if any(_same(d, result) for result in failed)]
            if confirmed := self._talk(again).failed:
                return confirmed[0]
            left = [d for d in left if d not in again]
        return None

    def _begin_again(self, part: str, supervisor: Supervisor) -> None:
        if part == "rasa":
            model = dialogue.train(self._settings, self._environ, self._console)
            _load(self._settings.rasa_url, model)
        else:
            supervisor.restart(part)
            supervisor.wait_ready()

    def _talk(self, dialogues: Sequence[Dialogue]) -> RunResult:
        return asyncio.run(runner.run(dialogues, self._lanes, stop_at_failure=True))


def _same(dialogue: Dialogue, result: DialogueResult) -> bool:
    where = (str(dialogue.place.file), dialogue.title)
    return where == (result.file, result.title)


def _why(killer: DialogueResult) -> str:
    turn = next((turn for turn in killer.turns if turn.failures), None)
    return f"{turn.said}: {turn.failures[0]}" if turn else killer.error or ""


@contextmanager
def _broken(mutant: Mutant) -> Iterator[None]:
    path = ROOT / mutant.file
    text = path.read_text("utf-8")
    try:
        path.write_text(mutant.edited(text), "utf-8")
        yield
    finally:
        path.write_text(text, "utf-8")


def _load(rasa_url: str, model: Path) -> None:
    """Rasa takes another model up without a restart."""
    body = f'{{"model_file": "{model}"}}'.encode()
    request = urllib.request.Request(f"{rasa_url}/model", body, method="PUT")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=120):
        pass


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommandError as error:
        sys.exit(f"daogou: {error}")
