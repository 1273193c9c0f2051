"""The four processes of the system: how each is started and how one sees that it is ready."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from daogou import bootstrap, dialogue
from daogou.settings import Settings


@dataclass(frozen=True)
class Part:
    """One process; `variable` is the setting that moves it to another port."""

    name: str
    command: tuple[str, ...]
    host: str
    port: int
    variable: str
    ready: str
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def ready_url(self) -> str:
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{host}:{self.port}{self.ready}"


def all_parts(settings: Settings, environ: Mapping[str, str], model: Path) -> tuple[Part, ...]:
    """The slowest first; the gateway last, because it is ready when the others are."""
    ours = {
        **environ,
        "PYTHONPATH": str(bootstrap.ROOT),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": "1",
    }

    def part(name: str, module: str, port: int, variable: str, ready: str, host: str) -> Part:
        return Part(name, (sys.executable, "-m", module), host, port, variable, ready, ours)

    local = "127.0.0.1"
    return (
        _rasa(settings, environ, model),
        part("recommender", "daogou.recommender", settings.recsys_port, "DAOGOU_RECSYS_PORT",
             "/readyz", local),
        part("actions", "daogou.action_server", settings.actions_port, "DAOGOU_ACTIONS_PORT",
             "/health", local),
        part("gateway", "daogou.gateway", settings.port, "DAOGOU_PORT", "/readyz", settings.host),
    )  # fmt: skip


def _rasa(settings: Settings, environ: Mapping[str, str], model: Path) -> Part:
    command = (
        str(bootstrap.python_of("rasa")), "-m", "rasa", "run",
        "--interface", "127.0.0.1", "--port", str(settings.rasa_port), "--model", str(model),
        "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
    )  # fmt: skip
    environ = dialogue.environment(environ, settings)
    return Part("rasa", command, "127.0.0.1", settings.rasa_port, "DAOGOU_RASA_PORT", "/", environ)
