"""When the dialogue model is trained again, and what Rasa is told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from daogou import bootstrap, dialogue
from daogou.console import Console
from daogou.errors import CommandError
from daogou.settings import Settings

FILES = ("config.yml", "domain.yml", "data/nlu/greet.yml", "data/rules/greet.yml", "bot/tokenizer.py",
         "recsys/query/price.py", "recsys/text/words.txt", "encoder/onnx/model.int8.onnx",
         "var/index/current/lexicon.json")  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(dialogue, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def settings() -> Settings:
    return Settings.from_env({"DAOGOU_ENCODER": "encoder"})


@pytest.mark.parametrize("name", FILES)
def test_any_input_that_changes_means_another_model(
    root: Path, settings: Settings, name: str
) -> None:
    before = dialogue.model_path(settings)
    assert dialogue.model_path(settings) == before
    (root / name).write_text("changed")
    assert dialogue.model_path(settings) != before


def test_what_is_no_input_changes_nothing(root: Path, settings: Settings) -> None:
    before = dialogue.model_path(settings)
    (root / "data/nlu/notes.md").write_text("notes")
    (root / "bot/__pycache__").mkdir()
    (root / "bot/__pycache__/tokenizer.pyc").write_text("compiled")
    assert dialogue.model_path(settings) == before


def test_a_new_file_means_another_model(root: Path, settings: Settings) -> None:
    before = dialogue.model_path(settings)
    (root / "data/stories").mkdir()
    (root / "data/stories/buy.yml").write_text("stories: []")
    assert dialogue.model_path(settings) != before


def test_a_fresh_model_is_kept_and_old_ones_forgotten(root: Path, settings: Settings) -> None:
    models = root / "var/nlu"
    models.mkdir(parents=True)
    for age, name in enumerate(("third", "second", "first"), 1):
        (models / f"{name}.tar.gz").touch()
        os.utime(models / f"{name}.tar.gz", (1000 - age, 1000 - age))
    fresh = dialogue.model_path(settings)
    shutil.copy(models / "first.tar.gz", fresh)
    assert dialogue.train(settings, {}, Console()) == fresh
    assert {p.name for p in models.iterdir()} == {fresh.name, "third.tar.gz"}
    assert dialogue.newest_model(settings) == fresh


def test_without_rasa_one_line_says_what_to_do(root: Path, settings: Settings) -> None:
    with pytest.raises(CommandError, match="run `make setup`"):
        dialogue.train(settings, {}, Console())


def test_a_failed_training_names_its_log(root: Path, settings: Settings) -> None:
    python = root / ".venv-rasa/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho broken; exit 1\n")
    python.chmod(0o755)
    with pytest.raises(CommandError, match=r"could not be trained \(log: var/log/train-nlu\.log\)"):
        dialogue.train(settings, {}, Console())
    assert (root / "var/log/train-nlu.log").read_text() == "broken\n"


def test_rasa_is_told_where_the_others_are(settings: Settings) -> None:
    environ = dialogue.environment({"PATH": "/bin"}, settings)
    assert environ["PATH"] == "/bin"
    assert environ["DAOGOU_ACTIONS_URL"] == "http://127.0.0.1:5055/webhook"
    assert environ["DAOGOU_LEXICON"] == "var/index/current/lexicon.json"
    assert environ["RASA_TELEMETRY_ENABLED"] == "false"
