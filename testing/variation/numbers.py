"""A budget in other words: 三千以内, 3000以下, 不超过3k. Which phrases mean the same is written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from testing.variation.amount import read_amount, spellings
from testing.variation.sentence import Sentence

BUDGET = "预算"
# Turns of phrase with {} for the sum; the lines of one table mean the same.
TABLES = (
    ("{}以内", "{}以下", "{}之内", "{}块以内", "{}块钱以内", "{}元以内", "{}元以下", "{}块以下", "不超过{}", "不超过{}块", "最多{}", "不高于{}元"),
    ("{}以上", "{}块以上", "{}元以上", "不低于{}", "不低于{}元", "至少{}", "不少于{}块", "{}起步"),
    ("{}左右", "{}块左右", "{}元左右", "{}上下", "大概{}", "大约{}块", "差不多{}"),
    ("{}到{}", "{}-{}", "{}至{}", "{}~{}"),
    ("{}到{}元", "{}-{}元", "{}到{}块", "{}至{}元"),
    (f"{BUDGET}{{}}", f"{BUDGET}{{}}块", f"{BUDGET}{{}}元", f"{BUDGET}是{{}}"),
    ("{}块", "{}元", "￥{}", "{}块钱", "{}来块"),
)  # fmt: skip
BARE = "{}"
_RUN = re.compile(r"\d[\d,]*(?:\.\d+)?[万千百kKwW]?|[零一二两三四五六七八九十百千万]+")
# 三百多, 千元机, 三千出头: how wide these are hangs on how the sum is spelled.
_SHAPED = re.compile(r"[几多机档级位把]|出头")
_NUMBER_LIKE = re.compile(r"[\w.￥¥]", re.ASCII)
_NUMERAL = re.compile(r"[零一二两三四五六七八九十百千万几点半第]")
_TURNED_ROUND = re.compile(r"[不别没非除过]$")
_SCREENS = ("2k", "4k", "8k")


@dataclass(frozen=True)
class Phrase:
    """A stated price: `pattern` is its words with {} for each of `amounts`."""

    start: int
    end: int
    pattern: str
    amounts: tuple[int, ...]

    def spelled(self, pattern: str) -> Iterator[str]:
        """A range is spelled in one manner throughout: 1k-1.5k, not 1k-一千五."""
        for way in zip(*(_ways(amount, pattern) for amount in self.amounts), strict=False):
            yield pattern.format(*way)


def number(sentence: Sentence, random: Random) -> Iterator[str]:
    """The same words around the sum, the sum written otherwise: 三千以内, 3k以内."""
    for phrase in _phrases(sentence):
        yield from _in_place(sentence, phrase, list(phrase.spelled(phrase.pattern)), random)


def bound(sentence: Sentence, random: Random) -> Iterator[str]:
    """Other words around the sum: 三千以内, 不超过三千块."""
    for phrase in _phrases(sentence):
        if not _TURNED_ROUND.search(sentence.text[: phrase.start]):
            others = [pattern for pattern in _table(phrase.pattern) if pattern != phrase.pattern]
            ways = [way for pattern in others for way in phrase.spelled(pattern)]
            yield from _in_place(sentence, phrase, ways, random)


def _phrases(sentence: Sentence) -> Iterator[Phrase]:
    for span in sentence.query.spans:
        if span.kind == "price":
            said = sentence.text[span.start : span.end].rstrip().replace("¥", "￥")
            amounts = [read_amount(run) for run in _RUN.findall(said)]
            pattern = _RUN.sub("{}", said)
            whole = tuple(amount for amount in amounts if amount is not None)
            if whole and len(whole) == len(amounts) and not _SHAPED.search(pattern):
                yield Phrase(span.start, span.start + len(said), pattern, whole)


def _table(pattern: str) -> Sequence[str]:
    """All that may stand for `pattern`; 预算 before a bound (预算三千以内) stays where it is."""
    if pattern == BARE:
        return TABLES[-1]
    for table in TABLES:
        if pattern in table:
            return table
    bound_alone = pattern.removeprefix(BUDGET)
    return [BUDGET + p for p in _table(bound_alone)] if bound_alone != pattern else ()


def _ways(amount: int, pattern: str) -> Iterator[str]:
    """A bare sum in digits (3000的) may be a model, and 4k a screen: those need their words."""
    for way in spellings(amount):
        if pattern != BARE or (not way[-1].isdigit() and way not in _SCREENS):
            yield way


def _in_place(sentence: Sentence, phrase: Phrase, ways: list[str], random: Random) -> Iterator[str]:
    before, after = sentence.text[: phrase.start], sentence.text[phrase.end :]
    for way in random.sample(ways, len(ways)):
        if not _run_together(before[-1:], way[0]) and not _run_together(way[-1], after[:1]):
            yield before + way + after


def _run_together(left: str, right: str) -> bool:
    """小米14 and 三千 would make another number."""
    return all(_NUMBER_LIKE.match(c) or _NUMERAL.match(c) for c in (left, right))
