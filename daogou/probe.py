"""Asks a process of ours whether it is ready."""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener


class NotReady(Exception):
    """Nothing answers, or something other than 200; `answered` tells which."""

    def __init__(self, why: str, answered: bool) -> None:
        super().__init__(why)
        self.answered = answered


def ask(url: str, timeout_s: float = 5.0) -> str:
    """The body of the answer (its first 10,000 bytes); raises NotReady."""
    # A machine's proxy has no business with the loopback interface.
    direct = build_opener(ProxyHandler({}))
    try:
        with direct.open(url, timeout=timeout_s) as answer:
            return str(answer.read(10_000).decode("utf-8", errors="replace"))
    except HTTPError as error:
        raise NotReady(f"status {error.code}", answered=True) from error
    except HTTPException as error:
        raise NotReady("no HTTP", answered=True) from error
    except OSError as error:
        raise NotReady(str(error), answered=False) from error
