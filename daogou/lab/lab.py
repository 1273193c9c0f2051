"""The test system as a context manager."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from daogou.lab.layout import PORTS, Layout, event_log
from daogou.settings import Settings
from daogou.system import System, free_ports
from testing.running.events import EventLog
from testing.running.lab import LabLane

LANES = 6


def environment(environ: Mapping[str, str], lanes: int) -> dict[str, str]:
    """With a key that signs customers in, and ports for the lanes after the first."""
    ports = ",".join(map(str, free_ports(lanes - 1)))
    return {**environ, PORTS: ports, "DAOGOU_JWT_KEY": secrets.token_hex(32)}


def lanes_of(environ: Mapping[str, str]) -> list[LabLane]:
    """The lanes of the system that is started with this environment."""
    settings, layout = Settings.from_env(environ), Layout.from_env(environ)
    log, key = EventLog(event_log(settings.var)), environ["DAOGOU_JWT_KEY"]
    return [
        LabLane(f"http://127.0.0.1:{port}", world, log, key, settings.rasa_url)
        for world, port in layout.lanes(settings)
    ]


class Lab(System):
    """`lanes` are ready to talk once it is entered."""

    command = ("-m", "daogou.lab")

    def __init__(self, var: Path, environ: Mapping[str, str], lanes: int = LANES) -> None:
        super().__init__(var, environment(environ, lanes))
        self.lanes = lanes_of(self.environ)
