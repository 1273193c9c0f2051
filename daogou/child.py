"""One supervised process with a process group and a log file of its own."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from daogou.bootstrap import ROOT
from daogou.parts import Part
from daogou.probe import NotReady, ask

_PR_SET_PDEATHSIG = 1
_LOG_BYTES = 10 * 1024 * 1024


class Child:
    """A part that runs, or ran."""

    def __init__(self, part: Part, logs: Path) -> None:
        self.part = part
        self.log = logs / f"{part.name}.log"
        self.started = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it with its output appended to the log."""
        _rotate(self.log)
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(
                self.part.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=ROOT,
                env=dict(self.part.environ), start_new_session=True,
                preexec_fn=_die_with_parent(),
            )  # fmt: skip
        self.started = time.monotonic()

    @property
    def status(self) -> int | None:
        """Exit status; None while it runs."""
        return self._process.poll() if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self.status is None

    def is_ready(self) -> bool:
        try:
            ask(self.part.ready_url)
        except NotReady:
            return False
        return True

    def signal(self, number: signal.Signals) -> None:
        """To the whole group, whose leader the process is."""
        if self._process:
            try:
                os.killpg(self._process.pid, number)
            except (ProcessLookupError, PermissionError):
                return

    def wait(self) -> None:
        """Until it is gone."""
        if self._process:
            self._process.wait()

    def last_line(self) -> str:
        """What it said last, which is mostly why it stopped."""
        try:
            lines = self.log.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _rotate(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends the child of a supervisor that was killed."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
