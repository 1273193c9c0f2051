"""`pytest --system …` starts the whole system for the tests that need it (DAOGOU_TEST_URL)."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Kept between runs, so that the index and the dialogue model are made once.
VAR = ROOT / "var" / "test"
START_S = 400
STOP_S = 20


class System:
    """`daogou run` on free ports with a new database."""

    def __init__(self) -> None:
        gateway, rasa, actions, recommender = _free_ports(4)
        self.url = f"http://127.0.0.1:{gateway}"
        self._log = VAR / "log" / "run.log"
        self._environ = {
            **os.environ,
            "DAOGOU_VAR": str(VAR),
            "DATABASE_URL": f"sqlite:///{VAR}/daogou.db",
            "DAOGOU_PORT": str(gateway),
            "DAOGOU_RASA_PORT": str(rasa),
            "DAOGOU_ACTIONS_PORT": str(actions),
            "DAOGOU_RECSYS_PORT": str(recommender),
            # Tests speak faster than people.
            "DAOGOU_RATE_LIMIT": "0",
        }

    def start(self) -> None:
        for name in ("daogou.db", "rasa.db"):
            for path in VAR.glob(f"{name}*"):
                path.unlink()
        shutil.rmtree(VAR / "log", ignore_errors=True)
        self._log.parent.mkdir(parents=True)
        with self._log.open("w") as out:
            command = [sys.executable, "-m", "daogou", "run"]
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environ, stdout=out, stderr=out
            )
        deadline = time.monotonic() + START_S
        while "ready after" not in self._log.read_text("utf-8"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                pytest.exit(f"the system did not start:\n{self._log.read_text('utf-8')}", 1)
            time.sleep(0.2)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(STOP_S)


_SYSTEM = pytest.StashKey[System]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--system", action="store_true", help="start the whole system first")


def pytest_configure(config: pytest.Config) -> None:
    # Before collection, because some tests read the address when they are imported.
    if config.getoption("--system"):
        system = System()
        system.start()
        config.stash[_SYSTEM] = system
        os.environ["DAOGOU_TEST_URL"] = system.url


def pytest_unconfigure(config: pytest.Config) -> None:
    system = config.stash.get(_SYSTEM, None)
    if system is not None:
        system.stop()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports
