"""What a variant is, and what makes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from testing.variation.sentence import Sentence


@dataclass(frozen=True)
class Variant:
    """`original` said in another way; both mean the same."""

    kind: str
    text: str
    original: str


Rule: TypeAlias = Callable[[Sentence, Random], Iterator[str]]
