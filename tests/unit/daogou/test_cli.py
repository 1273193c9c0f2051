"""The command line: what it accepts, and one line with a status for what it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from daogou import models
from daogou.bootstrap import ROOT
from daogou.cli import main, parser
from daogou.errors import BadInput, CommandError
from daogou.settings import Settings

COMMANDS = ("run", "train", "index", "import", "seed", "evaluate", "bench", "export", "doctor")


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DAOGOU_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        parser().parse_args([command, "--help"])
    assert done.value.code == 0
    assert f"daogou {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["index", "--bogus"], "unknown option --bogus"),
        (["run", "--port", "70000"], "DAOGOU_PORT"),
        (["import", "none.csv", "--mapping", "shopify"], "none.csv: No such file"),
        (["import", "feed.csv", "--mapping", "none.json"], "none.json"),
        (["import", "feed.csv", "--mapping", "shopify"], "names no columns"),
        (["train", "ranker", "--stage", "pretrain"], "--stage"),
    ],
)
def test_bad_input_is_one_line_and_status_two(
    arguments: list[str], why: str, somewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (somewhere / "feed.csv").write_bytes(b"")
    assert main(arguments) == 2
    line = capsys.readouterr().err
    assert why in line
    assert line.count("\n") == 1


def test_a_file_is_found_where_one_stands(
    somewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (somewhere / "feed.csv").write_text(
        "Handle,Title,Vendor,Type,Variant SKU,Variant Price,Variant Inventory Qty\n"
        "p-1,保温杯 500ml,膳魔师,保温杯,p-1-1,199,8\n",
        "utf-8",
    )
    assert main(["import", "feed.csv", "--mapping", "shopify", "--dry-run"]) == 0
    assert "1 rows read, 1 products would be imported" in capsys.readouterr().out


def test_an_unreachable_database_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://shop:secret@127.0.0.1:1/shop")
    assert main(["seed"]) == 1
    line = capsys.readouterr().err
    assert line.startswith("daogou: DATABASE_URL:")
    assert "secret" not in line


def test_starting_imports_nothing_heavy() -> None:
    code = "import daogou.cli, daogou.run, sys; print(*sys.modules)"
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environ)
    heavy = {"numpy", "sqlalchemy", "onnxruntime", "faiss", "aiohttp", "jieba"}
    assert not heavy & set(done.stdout.split()), done.stderr


def test_training_goes_to_the_environment_that_has_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(models, "python_of", lambda name: Path(sys.executable).with_name("python"))
    monkeypatch.setattr(models.os, "execve", lambda path, command, environ: started.append(command))
    settings = Settings.from_env({"DAOGOU_DATA": "/data"})
    models.train("encoder", "pretrain", ["--minutes", "1"], settings, {})
    (command,) = started
    assert command[1:3] == ["-m", "recsys.training.pretrain"]
    assert command[3:5] == ["--data", "/data"]
    assert command[-2:] == ["--minutes", "1"]


def test_a_missing_environment_says_how_to_make_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(models, "python_of", lambda name: tmp_path / ".venv-train/bin/python")
    with pytest.raises(
        CommandError, match=r"\.venv-train is missing; make it with `make train-env`"
    ):
        models.export(["folder"], {})


def test_bad_input_has_a_status_of_its_own() -> None:
    assert (BadInput.status, CommandError.status) == (2, 1)
