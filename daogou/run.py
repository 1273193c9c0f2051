"""`daogou run`: from a checkout to a shop that answers."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

from daogou import dialogue
from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.parts import Part, all_parts
from daogou.settings import Settings
from daogou.supervisor import Supervisor, require_free


class Stopped(Exception):
    """Someone asked the system to stop."""


PartsOf = Callable[[Settings, Mapping[str, str], Path], tuple[Part, ...]]


def run(
    settings: Settings,
    environ: Mapping[str, str],
    retrain: bool,
    console: Console,
    parts_of: PartsOf = all_parts,
) -> None:
    """Blocks until told to stop; raises CommandError. `parts_of` has Rasa first."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    try:
        _run(settings, environ, retrain, console, parts_of)
    except Stopped:
        return


def _run(
    settings: Settings,
    environ: Mapping[str, str],
    retrain: bool,
    console: Console,
    parts_of: PartsOf,
) -> None:
    began = time.monotonic()
    early = _present_model(settings, retrain)
    rasa, *others = parts_of(settings, environ, early or dialogue.model_path(settings))
    # Before the long work, and once more when the parts are started.
    for part in (rasa, *others):
        require_free(part)
    with Supervisor(settings.var / "log", console) as supervisor:
        if early:
            # It takes longest to load, and the catalogue's words, on which it depends, seldom change.
            supervisor.start([rasa])
        _prepare(environ, console)
        if early != _present_model(settings, retrain):
            supervisor.stop()
            early = None
        if not early:
            model = dialogue.train(settings, environ, console)
            supervisor.start(parts_of(settings, environ, model)[:1])
        supervisor.start(others)
        supervisor.wait_ready()
        console.say(f"ready after {time.monotonic() - began:.0f} s: {settings.public_url}")
        supervisor.watch()


def _prepare(environ: Mapping[str, str], console: Console) -> None:
    console.status("checking the database and the index", time.monotonic())
    done = subprocess.run([sys.executable, "-m", "daogou.preparation"], cwd=ROOT, env=dict(environ))
    if done.returncode:
        # It has said why.
        sys.exit(done.returncode)


def _present_model(settings: Settings, retrain: bool) -> Path | None:
    """The model to serve, where it exists; `retrain` accepts none of other inputs."""
    if not retrain and (newest := dialogue.newest_model(settings)):
        return newest
    model = dialogue.model_path(settings)
    return model if model.exists() else None


def _raise_stopped(number: int, _: FrameType | None) -> None:
    raise Stopped(signal.Signals(number).name)
