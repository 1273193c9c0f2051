"""pytest collects conversation files: one test a dialogue, all of them run side by side at the first.

`pytest -p testing.plugin`; a `conftest.py` says where to talk in the hook `pytest_daogou_lanes`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from testing.conversation import loader
from testing.conversation.errors import BadConversation
from testing.conversation.model import Dialogue
from testing.report.transcript import transcript
from testing.running import runner
from testing.running.lane import Lane
from testing.running.results import DialogueResult, RunResult

# Folders whose YAML files are conversations.
_FOLDERS = {"conversations", "heldout"}
# All of them are run when the first is asked for; seconds.
_TIMEOUT = 600
RESULT = pytest.StashKey[RunResult]()
_RESULTS = pytest.StashKey[dict[str, DialogueResult]]()


class Hooks:
    """What a conftest tells the plugin."""

    @pytest.hookspec(firstresult=True)
    def pytest_daogou_lanes(self, config: pytest.Config) -> Sequence[Lane] | None:
        """Where to talk; None: conversations are not run, only read."""


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(Hooks)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    named = file_path.suffix == ".yml" and file_path.name not in loader.NOT_CONVERSATIONS
    if named and _FOLDERS.intersection(file_path.parts):
        collected: pytest.Collector = ConversationFile.from_parent(parent, path=file_path)
        return collected
    return None


class ConversationFile(pytest.File):
    """One YAML file."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            dialogues = loader.read(self.path)
        except BadConversation as error:
            raise self.CollectError(str(error)) from error
        for dialogue in dialogues:
            item: ConversationItem = ConversationItem.from_parent(self, name=dialogue.title)
            item.dialogue = dialogue
            item.add_marker(pytest.mark.timeout(_TIMEOUT))
            yield item


class ConversationItem(pytest.Item):
    """One dialogue."""

    dialogue: Dialogue

    def runtest(self) -> None:
        results = self.session.stash.get(_RESULTS, None)
        if results is None:
            results = self.session.stash[_RESULTS] = _run_all(self.session)
        result = results[self.nodeid]
        if not result.passed:
            raise Failed(result)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | Any:
        if isinstance(excinfo.value, Failed):
            return transcript(excinfo.value.result)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, self.dialogue.place.line - 1, self.name


class Failed(Exception):
    """A dialogue did not go as written."""

    def __init__(self, result: DialogueResult) -> None:
        super().__init__(result.title)
        self.result = result


def _run_all(session: pytest.Session) -> dict[str, DialogueResult]:
    """Every dialogue that was selected, at once: in turn they would take several times as long."""
    lanes = session.config.hook.pytest_daogou_lanes(config=session.config)
    if not lanes:
        pytest.skip("no system to talk with: pytest --system starts one")
    items = [item for item in session.items if isinstance(item, ConversationItem)]
    run = asyncio.run(runner.run([item.dialogue for item in items], lanes))
    session.config.stash[RESULT] = run
    return {item.nodeid: result for item, result in zip(items, run.dialogues, strict=True)}
