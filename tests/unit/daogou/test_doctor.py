"""The doctor: what it finds on a bare checkout and on strangers' ports."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from daogou import checks, doctor
from daogou.checks import Finding
from daogou.parts import Part
from daogou.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"DAOGOU_VAR": str(tmp_path), "DAOGOU_MODELS": str(tmp_path / "models")}
    )


@pytest.fixture
def part() -> Part:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    return Part("gateway", ("true",), "127.0.0.1", port, "DAOGOU_PORT", "/readyz")


def test_a_bare_checkout_says_what_to_do_first(settings: Settings, tmp_path: Path) -> None:
    assert checks.database(settings).mend == "daogou seed"
    assert checks.index(settings).mend == "daogou index"
    assert checks.dialogue_model(settings).mend == "daogou train nlu"
    assert {f.what: f.mend.split()[:2] for f in checks.model_files(settings)} == {
        "encoder": ["daogou", "export"], "ranker": ["daogou", "train"],
    }  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_never_shown(settings: Settings) -> None:
    settings = replace(settings, database_url="postgresql://shop:secret@127.0.0.1:1/shop")
    found = checks.guarded("database", "mend it", lambda: checks.database(settings))
    assert found.mend == "mend it"
    assert "secret" not in found.found


def test_a_free_port_is_no_fault(part: Part) -> None:
    assert checks.process(part) == Finding(f"gateway :{part.port}", "not running")


def test_a_port_held_by_something_else_is_a_fault(part: Part) -> None:
    def greet(stranger: socket.socket) -> None:
        with stranger.accept()[0] as connection:
            connection.sendall(b"SSH-2.0\r\n")

    with socket.create_server(("127.0.0.1", part.port)) as stranger:
        thread = threading.Thread(target=greet, args=(stranger,))
        thread.start()
        assert "DAOGOU_PORT" in checks.process(part).mend
        thread.join()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_a_running_part_is_asked_whether_it_is_ready(
    part: Part, status: int, healthy: bool
) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b'{"version": "7"}')

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", part.port), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        found = checks.process(part)
        thread.join()
    assert found.found == ("ready 7" if healthy else "status 503")
    assert bool(found.mend) != healthy


def test_the_table_is_aligned_and_ends_with_the_remedy() -> None:
    lines = doctor.table(
        [Finding("index", "无"), Finding("disk", "full", "make clean")]
    ).splitlines()
    assert lines == ["ok  index  无", "!   disk   full  -> make clean"]


@pytest.mark.parametrize(("mend", "status"), [("", 0), ("make setup", 1)])
def test_the_status_tells_whether_something_is_broken(
    mend: str, status: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "all_findings", lambda _: [Finding("x", "y", mend)])
    assert doctor.doctor(settings) == status
