"""The whole system on free ports with a database of its own, for benchmarks and tests."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from daogou.bootstrap import ROOT
from daogou.errors import CommandError

START_S = 1200  # a busy machine trains the dialogue model for as long as ten minutes
STOP_S = 20
_NAMES = {
    "daogou.gateway": "gateway",
    "daogou.action_server": "action server",
    "daogou.recommender": "recommender",
    "rasa": "Rasa",
}


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on at present."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class System:
    """`daogou run` as a context manager. `var` is kept, so that index and dialogue model are made once."""

    command: tuple[str, ...] = ("-m", "daogou", "run")

    def __init__(self, var: Path, environ: Mapping[str, str]) -> None:
        gateway, rasa, actions, recommender = free_ports(4)
        self.url, self.rasa_url = f"http://127.0.0.1:{gateway}", f"http://127.0.0.1:{rasa}"
        self._var = var
        self._log = var / "log" / "run.log"
        self.environ = {
            **environ,
            "DAOGOU_VAR": str(var),
            "DATABASE_URL": f"sqlite:///{var}/daogou.db",
            "DAOGOU_PORT": str(gateway),
            "DAOGOU_RASA_PORT": str(rasa),
            "DAOGOU_ACTIONS_PORT": str(actions),
            "DAOGOU_RECSYS_PORT": str(recommender),
            "DAOGOU_RATE_LIMIT": "0",  # tests and benchmarks speak faster than people
        }

    def __enter__(self) -> Self:
        for path in [*self._var.glob("daogou.db*"), *self._var.glob("rasa.db*")]:
            path.unlink()
        shutil.rmtree(self._var / "log", ignore_errors=True)
        self._log.parent.mkdir(parents=True)
        with self._log.open("w") as out:
            command = [sys.executable, *self.command]
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environ, stdout=out, stderr=out
            )
        deadline = time.monotonic() + START_S
        while "ready after" not in self._log.read_text("utf-8"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise CommandError(f"the system did not start:\n{self._log.read_text('utf-8')}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop all of it; kill what does not go."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def memory(self) -> dict[str, float]:
        """Resident megabytes of each process (Linux)."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
        return {name: resident_mb(int(child)) for child in children if (name := _name(int(child)))}


def _name(pid: int) -> str | None:
    words = Path(f"/proc/{pid}/cmdline").read_text("utf-8").split("\0")
    return next((name for word, name in _NAMES.items() if word in words), None)


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
