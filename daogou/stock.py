"""Rasa's stock Chinese pipeline (jieba, DIET) on our training data: what a team would otherwise run."""

from __future__ import annotations

import asyncio
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from daogou import dialogue, load
from daogou.bootstrap import ROOT, python_of
from daogou.errors import CommandError
from daogou.settings import Settings
from daogou.system import free_ports, resident_mb

CONFIG = "tests/nlu/config_diet.yml"
START_S = 300


def rows(folder: Path, environ: Mapping[str, str]) -> list[str]:
    """Train, start and ask both pipelines by themselves, one after the other; raises CommandError."""
    found = []
    for name, config in (("ours", "config.yml"), ("stock", CONFIG)):
        settings = Settings.from_env({**environ, "DAOGOU_VAR": str(folder.parent)})
        started = time.monotonic()
        model = _train(name, config, folder, dialogue.environment(environ, settings))
        trained = time.monotonic() - started
        ready, turns, memory = _ask(model, dialogue.environment(environ, settings))
        found.append(
            f"Rasa alone, {name} pipeline | train {trained:.0f} s, ready {ready:.1f} s, "
            f"turn p50 {np.median(turns):.1f} ms, {memory:.0f} MB"
        )
    return found


def _rasa(*words: str) -> list[str]:
    return [str(python_of("rasa")), "-m", "rasa", *words]


def _train(name: str, config: str, folder: Path, environ: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    command = _rasa("train", "--force", "--config", config, "--domain", "domain.yml", "--out", str(folder),
                    "--fixed-model-name", name, "--data", *map(str, dialogue.training_data()))  # fmt: skip
    log = folder / f"train-{name}.log"
    with log.open("wb") as out:
        if subprocess.run(command, cwd=ROOT, env=environ, stdout=out, stderr=out).returncode:
            raise CommandError(f"the {name} pipeline could not be trained (log: {log})")
    return folder / f"{name}.tar.gz"


def _ask(model: Path, environ: Mapping[str, str]) -> tuple[float, list[float], float]:
    """Seconds until ready, milliseconds of turns, resident megabytes."""
    port = free_ports(1)[0]
    command = _rasa("run", "--interface", "127.0.0.1", "--port", str(port), "--model", str(model),
                    "--endpoints", "endpoints.yml", "--credentials", "credentials.yml")  # fmt: skip
    started = time.monotonic()
    with model.with_suffix(".log").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
        try:
            while not _answers(port):
                if process.poll() is not None or time.monotonic() - started > START_S:
                    raise CommandError(f"Rasa did not start (log: {model.with_suffix('.log')})")
                time.sleep(0.1)
            ready = time.monotonic() - started
            turns = asyncio.run(load.rasa_turns(f"http://127.0.0.1:{port}"))
            return ready, turns, resident_mb(process.pid)
        finally:
            process.terminate()
            process.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
            return True
    except OSError:
        return False
