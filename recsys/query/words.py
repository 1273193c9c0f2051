"""The shop's words in a text: as written, inside longer general words, and misspelt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from recsys.query.constraints import COLOUR, Attribute
from recsys.query.lexicon import Entry, Lexicon, Match
from recsys.query.schema import Schema
from recsys.query.sound import find_by_sound
from recsys.query.span import Scan, Span
from recsys.text.segment import Segmenter

_OF_ANOTHER = re.compile(r"的(?!话)\w")


def word_edges(text: str, segmenter: Segmenter) -> list[int]:
    """Where words begin and end."""
    edges, place = {0}, 0
    for word in segmenter.words(text):
        start = text.index(word, place)
        place = start + len(word)
        edges |= {start, place}
    return sorted(edges)


def find_words(text: str, lexicon: Lexicon, schema: Schema, segmenter: Segmenter) -> list[Match]:
    """Matches of the lexicon and the schema less those that a longer general word swallows."""
    matches = list(lexicon.find(text, schema))
    longer = segmenter.longer_words(text)
    swallowed = [m for start, end in longer for m in _swallowed(text, matches, start, end)]
    return [match for match in matches if match not in swallowed]


def _swallowed(text: str, matches: list[Match], start: int, end: int) -> Iterator[Match]:
    """咖啡因 is no coffee, 电视剧 no television, and in 打篮球的眼镜 no ball is wanted.

    But 格力空调 is made of the shop's words alone, 小推车 is still what it ends in, and 中兴路 in 中兴路由器 is no word at all.
    """
    touching = [m for m in matches if m.start < end and start < m.end]
    inside = [m for m in touching if start <= m.start and m.end <= end]
    if len(inside) < len(touching) or sum(m.end - m.start for m in inside) == end - start:
        return
    head = None if _OF_ANOTHER.match(text, end) else end
    yield from (m for m in inside if m.end != head or m.entries[0].kind != "category")


def word_span(match: Match, text: str, spoken: str = "") -> Span:
    """The span of the most telling meaning; `spoken` is the right spelling of a word found by its sound."""
    kinds = {entry.kind: entry for entry in match.entries}
    kind = next(k for k in ("model", "category", "brand", "attribute") if k in kinds)
    others = {other for other in ("brand", "category") if other in kinds and other != kind}
    condition = kinds["attribute"].condition if "attribute" in kinds else None
    if kind == "attribute" and condition and condition.name == COLOUR:
        return Span(match.start, match.end, "colour", condition.value)
    return Span(
        match.start,
        match.end,
        kind,
        _value(kinds[kind]),
        implied={other: kinds[other].value for other in sorted(others)},
        spelled=spoken,
        surface=spoken or text[match.start : match.end],
        also=None if kind == "attribute" else condition,
    )


def _value(entry: Entry) -> Attribute | str:
    return entry.condition or entry.value


def add_misspelt(scan: Scan, lexicon: Lexicon, edges: Collection[int]) -> None:
    """Typos: where nothing was understood as written, or where a longer word sounds right (平版电脑, not 电脑)."""
    known = scan.of("category")
    for start, end, word in find_by_sound(scan.text, lexicon.sounds, edges):
        inside = [
            s for s in known if start <= s.start and s.end <= end and s.end - s.start < end - start
        ]
        rest = Scan(scan.text, [s for s in scan.spans if s not in inside])
        if (inside or not known) and rest.free(start, end):
            match = Match(start, end, lexicon.words[word])
            scan.spans = [*rest.spans, word_span(match, scan.text, spoken=word)]
