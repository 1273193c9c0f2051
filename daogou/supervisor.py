"""Starts the parts, waits until they are ready, restarts what dies, stops all together."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Sequence
from pathlib import Path

from daogou.child import Child
from daogou.console import Console
from daogou.errors import BadInput, CommandError
from daogou.parts import Part

START_S = 180.0
STOP_S = 10.0
POLL_S = 0.2
FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 30.0
# After this long a part counts as well, and its next death as its first.
STEADY_S = 60.0


class Supervisor:
    """Use as a context manager: whatever happens inside, no part outlives it."""

    def __init__(self, logs: Path, console: Console) -> None:
        self._children: list[Child] = []
        self._logs = logs
        self._console = console
        self._delays: dict[str, float] = {}
        self._due: dict[str, float] = {}

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        # A second Ctrl-C must not leave half of them behind.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self._console.status("stopping", time.monotonic())
        self.stop()
        self._console.say("stopped")

    def start(self, parts: Sequence[Part]) -> None:
        """Start these at once, beside those that run; raises BadInput where a port is taken."""
        for part in parts:
            require_free(part)
        for part in parts:
            child = Child(part, self._logs)
            self._children.append(child)
            child.start()

    def wait_ready(self) -> None:
        """Raises CommandError when a part ends or is not ready in time."""
        began = time.monotonic()
        waiting = list(self._children)
        while waiting:
            for child in waiting:
                if child.status is not None:
                    raise CommandError(_epitaph(child))
            if time.monotonic() - began > START_S:
                raise CommandError(
                    f"{waiting[0].part.name} is not ready after {START_S:.0f} s (log: {waiting[0].log})"
                )
            self._console.status(f"waiting for {', '.join(c.part.name for c in waiting)}", began)
            waiting = [child for child in waiting if not child.is_ready()]
            time.sleep(POLL_S)

    def watch(self) -> None:
        """Restart what dies, for ever."""
        while True:
            for child in self._children:
                self._tend(child)
            time.sleep(POLL_S)

    def _tend(self, child: Child) -> None:
        name, now = child.part.name, time.monotonic()
        if name in self._due:
            if now >= self._due[name]:
                del self._due[name]
                child.start()
        elif child.status is not None:
            steady = now - child.started > STEADY_S
            delay = FIRST_DELAY_S if steady else self._delays.get(name, FIRST_DELAY_S)
            self._delays[name] = min(2 * delay, LONGEST_DELAY_S)
            self._due[name] = now + delay
            self._console.say(f"{_epitaph(child)}; starting it again in {delay:.0f} s")

    def restart(self, name: str) -> None:
        """Stop one part and start it again; it is ready when `wait_ready` returns."""
        child = next(child for child in self._children if child.part.name == name)
        _end([child])
        child.start()

    def stop(self) -> None:
        """Stop all that run, by force what does not go in time."""
        _end(self._children)
        self._children.clear()


def _end(children: Sequence[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_S
    while any(child.running for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        child.wait()


def require_free(part: Part) -> None:
    """Raises BadInput where something else listens on the part's port."""
    family = socket.AF_INET6 if ":" in part.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((part.host, part.port))
        except OSError as error:
            why = f"port {part.port} of the {part.name} cannot be used ({error.strerror})"
            raise BadInput(f"{why}; set {part.variable} to another one") from error


def _epitaph(child: Child) -> str:
    said = child.last_line()
    return f"{child.part.name} ended with status {child.status}: {said} (log: {child.log})"
