"""Of which category a sentence speaks, and its words as they are read there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recsys.query.lexicon import Entry, Lexicon, Match
from recsys.query.schema import Schema
from recsys.query.uses import find_serving
from recsys.query.words import find_words
from recsys.text.segment import Segmenter

# 打篮球穿的 and 装电脑的 say what the goods are for; 买篮球 names goods.
_DOES = re.compile(r"[打踢玩练装放洗煮炒泡冲切做](?:下|得下)?(?:[\d.]+寸)?$")
_FOR = re.compile(r"的时候|时|[穿用戴骑背]|的(?!\w)|的$")


@dataclass(frozen=True)
class Meant:
    """`running` is the category talked of before, `narrower` the category that the sentence points to without a word
    of its own (of 鞋: 打篮球穿的), `schema` that of the category meant now."""

    matches: tuple[Match, ...]
    schema: Schema
    running: str | None = None
    narrower: str | None = None


def find_meant(text: str, running: str | None, lexicon: Lexicon, segmenter: Segmenter) -> Meant:
    """The category said in the sentence decides, else the one that is talked of; of several the last, unless it may be a
    condition of the first (连衣裙 短袖)."""
    narrower = _narrower(text, running, lexicon) if running else None
    context = narrower or running
    matches = _words(text, context, lexicon, segmenter, running)
    named = _named(matches)
    serving = None if named else find_serving(text, running, lexicon)
    if serving is not None:
        kind = serving.entries[0].value
        free = tuple(m for m in matches if m.end <= serving.start or serving.end <= m.start)
        return Meant((*free, serving), lexicon.schema(kind), running)
    first = _named(matches[: _first_noun(matches)])
    if context is None and first != named:
        own = _words(text, first, lexicon, segmenter, running)
        named = first if _named(own) == first else named
    if named is None or named == context:
        return Meant(matches, lexicon.schema(context), running, None if named else narrower)
    matches = _words(text, named, lexicon, segmenter, running)
    lost = None if _named(matches) else named  # 牛奶巧克力 is a condition of 巧克力 as a whole
    return Meant(matches, lexicon.schema(named), running, lost)


def _words(
    text: str, category: str | None, lexicon: Lexicon, segmenter: Segmenter, running: str | None
) -> tuple[Match, ...]:
    found = find_words(text, lexicon, lexicon.schema(category), segmenter)
    members = lexicon.groups.get(category or "", ())
    schema = lexicon.schema(category)
    return tuple(
        _only_own(
            _with_own_condition(match, text, schema, {category, *members}),
            text,
            {category, *members},
        )
        for match in found
        if running is None or not (_is_purpose(text, match) or _is_vague(text, match, lexicon))
    )


def _with_own_condition(
    match: Match, text: str, schema: Schema, categories: set[str | None]
) -> Match:
    """有机奶粉 is a word for a kind of goods that says a condition too."""
    said = text[match.start : match.end]
    if any(
        e.kind != "category" or e.value == said or e.value not in categories for e in match.entries
    ):
        return match
    places = [(a, b) for a in range(len(said)) for b in range(len(said), a + 1, -1)]
    found = (schema.words[said[a:b]] for a, b in places if said[a:b] in schema.words)
    condition = next(found, None)
    if condition is None:
        return match
    return replace(match, entries=(*match.entries, Entry("attribute", condition=condition)))


def _only_own(match: Match, text: str, categories: set[str | None]) -> Match:
    """A word that names a category and is a condition too is both only in that category; where another is talked of, 短袖
    is a condition of it, and only a name of its own (牛奶) names another."""
    kinds = [entry for entry in match.entries if entry.kind == "category"]
    if not kinds or kinds[0].value in categories:
        return match
    conditions = tuple(e for e in match.entries if e.kind == "attribute")
    if None not in categories and conditions and text[match.start : match.end] != kinds[0].value:
        return replace(match, entries=conditions)
    return replace(match, entries=tuple(e for e in match.entries if e.kind != "attribute"))


def _is_purpose(text: str, match: Match) -> bool:
    return (
        match.entries[0].kind == "category"
        and _DOES.search(text, 0, match.start) is not None
        and _FOR.match(text, match.end) is not None
    )


def _is_vague(text: str, match: Match, lexicon: Lexicon) -> bool:
    """The 吃的 of 成犬吃的 is no kind of goods."""
    word = text[match.start : match.end]
    return match.start > 0 and word[-1] == "的" and word in lexicon.groups


def _named(matches: Sequence[Match]) -> str | None:
    """The last category that is named: the head of a Chinese noun phrase stands last."""
    named = [e.value for m in matches for e in m.entries if e.kind == "category"]
    return named[-1] if named else None


def _first_noun(matches: Sequence[Match]) -> int:
    """How many matches there are up to the first that names a category."""
    nouns = (n for n, m in enumerate(matches, 1) if any(e.kind == "category" for e in m.entries))
    return next(nouns, 0)


def _narrower(text: str, running: str, lexicon: Lexicon) -> str | None:
    """The one member of a running group whose own part of the name is said: 跑步 of 跑步鞋."""
    members = [m for m in lexicon.groups.get(running, ()) if m[-1] == running[-1]]
    found = [m for m in members if len(m) > 2 and m[:-1] in text and m not in text]
    return found[0] if len(found) == 1 else None
