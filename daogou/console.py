"""What a person at the terminal reads while something takes its time."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO


class Console:
    """Lines that stay, and one status line that is overwritten where there is a terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._live = self._out.isatty()
        self._status = ""

    def say(self, text: str) -> None:
        """Print a line."""
        self._erase()
        print(text, file=self._out, flush=True)

    def status(self, text: str, since: float) -> None:
        """Show what is waited for and for how long; without a terminal only what is new."""
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            line = f"{text} ({time.monotonic() - since:.0f} s)"[:width]
            print(f"\r\033[K{line}", end="", file=self._out, flush=True)
        elif text != self._status:
            print(text, file=self._out, flush=True)
        self._status = text

    def _erase(self) -> None:
        if self._live and self._status:
            print("\r\033[K", end="", file=self._out)
        self._status = ""
