"""How many lanes there are and on which ports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from daogou.settings import Settings
from testing.running.world import World

PORTS = "DAOGOU_LAB_PORTS"


@dataclass(frozen=True)
class Layout:
    """`ports` of the gateways of all lanes but the first, whose port is the setting's."""

    ports: tuple[int, ...]

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Layout:
        return cls(tuple(int(port) for port in environ[PORTS].split(",") if port))

    def lanes(self, settings: Settings) -> Iterator[tuple[World, int]]:
        """Each lane's files and port."""
        for number, port in enumerate((settings.port, *self.ports)):
            yield World(settings.var, number), port


def event_log(var: Path) -> Path:
    """The file to which Rasa tells what it does."""
    return var / "events.jsonl"
