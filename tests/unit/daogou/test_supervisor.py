"""The supervisor with real processes: small servers that are ready, die and refuse to stop."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daogou import supervisor
from daogou.bootstrap import ROOT
from daogou.console import Console
from daogou.errors import BadInput, CommandError
from daogou.parts import Part
from daogou.supervisor import Supervisor

SERVER = """
import http.server, os, pathlib, signal, sys
port, pids = int(sys.argv[1]), pathlib.Path(sys.argv[2])
if "deaf" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer.allow_reuse_address = True
server = http.server.HTTPServer(("127.0.0.1", port), Handler)
with pids.open("a") as out:
    print(os.getpid(), file=out)
server.serve_forever()
"""


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def part(code: str, port: int, *arguments: object) -> Part:
    command = (sys.executable, "-c", code, str(port), *map(str, arguments))
    return Part("server", command, "127.0.0.1", port, "SERVER_PORT", "/", dict(os.environ))


def alive(pid: int) -> bool:
    """Neither gone nor a zombie that nobody has buried yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_a_ready_part_ends_with_its_supervisor(tmp_path: Path, port: int) -> None:
    with Supervisor(tmp_path, Console()) as parts:
        parts.start([part(SERVER, port, tmp_path / "pids")])
        parts.wait_ready()
        (pid,) = pids(tmp_path / "pids")
        assert alive(pid)
    assert not alive(pid)


def test_a_part_that_refuses_to_stop_is_killed(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "STOP_S", 0.3)
    with Supervisor(tmp_path, Console()) as parts:
        parts.start([part(SERVER, port, tmp_path / "pids", "deaf")])
        parts.wait_ready()
    (pid,) = pids(tmp_path / "pids")
    assert not alive(pid)


def test_a_part_that_ends_at_start_stops_all_and_says_why(tmp_path: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        other = int(probe.getsockname()[1])
    broken = part("raise SystemExit('no such model')", other)
    good = part(SERVER, port, tmp_path / "pids")
    with (
        pytest.raises(CommandError, match=r"status 1: no such model \(log: .*server\.log\)"),
        Supervisor(tmp_path, Console()) as parts,
    ):
        parts.start([good, broken])
        parts.wait_ready()
    assert not any(alive(pid) for pid in pids(tmp_path / "pids"))


def test_a_part_that_never_gets_ready_is_given_up(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "START_S", 0.5)
    with (
        pytest.raises(CommandError, match="server is not ready after"),
        Supervisor(tmp_path, Console()) as parts,
    ):
        parts.start([part("import time; time.sleep(60)", port)])
        parts.wait_ready()


def test_a_taken_port_is_named_with_the_setting_that_moves_it(tmp_path: Path, port: int) -> None:
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(BadInput, match=rf"port {port} of the server .*; set SERVER_PORT"),
        Supervisor(tmp_path, Console()) as parts,
    ):
        parts.start([part(SERVER, port, tmp_path / "pids")])
    assert pids(tmp_path / "pids") == []


def test_a_part_that_dies_is_started_again(tmp_path: Path, port: int) -> None:
    class Enough(Exception):
        """Ends the watch."""

    def give_up(*_: object) -> None:
        raise Enough

    said = io.StringIO()
    started = tmp_path / "pids"
    with (
        pytest.raises(Enough),
        Supervisor(tmp_path, Console(said)) as parts,
    ):
        parts.start([part(SERVER, port, started)])
        parts.wait_ready()
        os.kill(pids(started)[0], signal.SIGKILL)
        signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, 3)
        parts.watch()
    assert len(pids(started)) == 2
    assert "server ended with status -9" in said.getvalue()
    assert "starting it again in 1 s" in said.getvalue()


def test_a_killed_supervisor_leaves_nothing_behind(tmp_path: Path, port: int) -> None:
    code = textwrap.dedent(
        f"""
        import pathlib, sys
        sys.path.insert(0, {str(ROOT)!r})
        from daogou.console import Console
        from daogou.parts import Part
        from daogou.supervisor import Supervisor
        part = Part("server", (sys.executable, "-c", {SERVER!r}, "{port}", "{tmp_path / "pids"}"),
                    "127.0.0.1", {port}, "SERVER_PORT", "/")
        with Supervisor(pathlib.Path({str(tmp_path)!r}), Console()) as parts:
            parts.start([part])
            parts.wait_ready()
            parts.watch()
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", code])
    assert until(lambda: bool(pids(tmp_path / "pids")))
    (pid,) = pids(tmp_path / "pids")
    parent.kill()
    parent.wait()
    assert until(lambda: not alive(pid))
