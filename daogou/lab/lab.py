"""The test system as a context manager."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from daogou.lab.layout import PORTS, event_log
from daogou.system import System, free_ports
from testing.running.events import EventLog
from testing.running.lab import LabLane
from testing.running.world import World

LANES = 6


class Lab(System):
    """`lanes` are ready to talk once it is entered."""

    command = ("-m", "daogou.lab")

    def __init__(self, var: Path, environ: Mapping[str, str], lanes: int = LANES) -> None:
        key, ports = secrets.token_hex(32), free_ports(lanes - 1)
        more = {PORTS: ",".join(map(str, ports)), "DAOGOU_JWT_KEY": key}
        super().__init__(var, {**environ, **more})
        log = EventLog(event_log(var))
        urls = [self.url, *(f"http://127.0.0.1:{port}" for port in ports)]
        self.lanes = [LabLane(url, World(var, number), log, key) for number, url in enumerate(urls)]
