"""`daogou run`: from a checkout to a shop that answers."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from daogou import dialogue
from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.parts import all_parts
from daogou.settings import Settings
from daogou.supervisor import Supervisor, require_free


class Stopped(Exception):
    """Someone asked the system to stop."""


def run(settings: Settings, environ: Mapping[str, str], retrain: bool, console: Console) -> None:
    """Blocks until told to stop; raises CommandError."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    try:
        _run(settings, environ, retrain, console)
    except Stopped:
        return


def _run(settings: Settings, environ: Mapping[str, str], retrain: bool, console: Console) -> None:
    began = time.monotonic()
    # Before the long work, and once more when the parts are started.
    for part in all_parts(settings, environ, dialogue.model_path(settings)):
        require_free(part)
    _prepare(environ, console)
    model = _model(settings, environ, retrain, console)
    parts = all_parts(settings, environ, model)
    with Supervisor(parts, settings.var / "log", console) as supervisor:
        supervisor.start()
        supervisor.wait_ready()
        console.say(f"ready after {time.monotonic() - began:.0f} s: {settings.public_url}")
        supervisor.watch()


def _prepare(environ: Mapping[str, str], console: Console) -> None:
    console.status("checking the database and the index", time.monotonic())
    done = subprocess.run([sys.executable, "-m", "daogou.preparation"], cwd=ROOT, env=dict(environ))
    if done.returncode:
        # It has said why.
        sys.exit(done.returncode)


def _model(settings: Settings, environ: Mapping[str, str], retrain: bool, console: Console) -> Path:
    newest = dialogue.newest_model(settings)
    if newest and not retrain:
        return newest
    return dialogue.train(settings, environ, console)


def _raise_stopped(number: int, _: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)
