"""One sentence in, many that mean the same out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from types import MappingProxyType

from testing.variation import fillers, numbers, order, scripts, typos
from testing.variation.sentence import Reader, Sentence, plain_reader
from testing.variation.variant import Rule, Variant

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "homophone": typos.homophone, "swapped": typos.swapped, "dropped": typos.dropped, "doubled": typos.doubled,
        "traditional": scripts.traditional, "pinyin": scripts.pinyin, "full_width": scripts.full_width,
        "spaced": scripts.spaced, "emoji": scripts.emoji,
        "hesitation": fillers.hesitation, "politeness": fillers.politeness, "particle": fillers.particle,
        "number": numbers.number, "bound": numbers.bound,
        "permuted": order.permuted, "trailing": order.trailing,
    }
)  # fmt: skip


class UnknownKind(ValueError):
    """A kind of variant that nobody makes; the message names the known ones."""


def variants(
    text: str,
    kinds: Sequence[str] | None = None,
    seed: int = 0,
    *,
    each: int = 3,
    reader: Reader | None = None,
) -> Iterator[Variant]:
    """At most `each` variants of every kind; a kind that cannot apply yields nothing.

    `reader` knows the shop's brands; without it they are varied like any other word.
    """
    kinds = tuple(RULES) if kinds is None else kinds
    if unknown := [kind for kind in kinds if kind not in RULES]:
        raise UnknownKind(f"no such kind of variant: {unknown[0]} (known: {', '.join(RULES)})")
    sentence = (reader or plain_reader()).read(text)
    for kind in kinds:
        yield from itertools.islice(_of_kind(sentence, kind, seed), each)


def _of_kind(sentence: Sentence, kind: str, seed: int) -> Iterator[Variant]:
    seen = {sentence.text}
    for text in RULES[kind](sentence, Random(f"{seed} {kind} {sentence.text!a}")):
        if text not in seen and text.strip():
            seen.add(text)
            yield Variant(kind, text, sentence.text)
