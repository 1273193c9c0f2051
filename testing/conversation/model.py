"""What a conversation test is, once it has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where something stands in a file; lines count from 1."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Setup:
    """The world before the first turn.

    `customer` is who is signed in (None: a guest), `stock` units left by SKU, `orders` and
    `coupons` rows to add, `date` what the shop's clock shows when the dialogue begins.
    """

    customer: str | None = None
    date: datetime | None = None
    stock: Mapping[str, int] = field(default_factory=dict)
    orders: tuple[Mapping[str, Any], ...] = ()
    coupons: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Turn:
    """One step: a sentence (`say`), a choice that was offered (`click`), a `photo` with the words that go with it
    ("": none), HTTP (`call`), or `sign_in`.

    `expect` is as written, with variables in place; testing.checking knows its keys.
    """

    place: Place
    expect: Mapping[str, Any]
    say: str | None = None
    click: str | None = None
    photo: str | None = None
    call: Mapping[str, Any] | None = None
    sign_in: str | None = None


@dataclass(frozen=True)
class Dialogue:
    """One run of a dialogue; a parametrised one makes several, told apart by `example`."""

    place: Place
    name: str
    turns: tuple[Turn, ...]
    setup: Setup = Setup()
    tags: tuple[str, ...] = ()
    example: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} [{self.example}]" if self.example else self.name
