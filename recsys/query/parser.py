"""From a sentence to constraints: the one place where a shopper's words become conditions.

Deterministic on purpose: a budget or an exclusion that was said outright must never depend on a model's mood.
Extractors run in order of how sure they are, and a later one never touches characters that an earlier one took.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from recsys.query.colour import find_colours
from recsys.query.constraints import Attribute, Constraints
from recsys.query.lexicon import Entry, Lexicon, Match
from recsys.query.numbers import chinese_number, find_numbers
from recsys.query.patterns import (
    ALLOWED_AFTER,
    AND,
    FREE_NEGATED,
    GENDER,
    LIFTED,
    NEGATED_AFTER,
    NEGATION,
    NOT_FREE,
    ORDINAL,
    RELATIVE,
    SORT,
)
from recsys.query.price import Price, find_prices
from recsys.query.quantity import find_quantities
from recsys.query.sound import find_by_sound
from recsys.text.normalise import Normalised, normalise, normalise_aligned
from recsys.text.segment import Segmenter


@dataclass(frozen=True)
class Span:
    """One understood piece of the original text; `kind` is the entity name.

    `implied` holds what the word means besides: iphone is a category word here that implies the brand 苹果.
    `surface` is the word as the lexicon has it, `spelled` the same where the text has a typo; `also` the upper bound of a range (3-4人).
    """

    start: int
    end: int
    kind: str
    value: Any
    negated: bool = False
    implied: Mapping[str, str] = field(default_factory=dict)
    spelled: str = ""
    surface: str = ""
    also: Attribute | None = None


@dataclass(frozen=True)
class Query:
    """A parsed sentence. `keywords` is what a search engine should be asked for; `said` is the same with small talk kept
    (lexical search weighs that by itself, and a stop word may belong to a name).

    `allowed` are values welcome again (苹果也可以吧), `lifted` the kinds of condition that no longer matter (价格无所谓).
    `specific`: the category was not named by its own name but by a word that may be narrower (老人机, 辣条).
    """

    text: str
    keywords: str
    constraints: Constraints
    sort: str | None = None
    relative: str | None = None
    ordinals: tuple[int, ...] = ()
    allowed: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    specific: bool = False
    said: str = ""

    @property
    def need(self) -> str:
        return self.constraints.need

    def to_json(self) -> dict[str, Any]:
        return {
            "constraints": self.constraints.to_json(), "sort": self.sort, "relative": self.relative,
            "ordinals": list(self.ordinals), "allowed": list(self.allowed), "lifted": list(self.lifted), "need": self.need,
        }  # fmt: skip


@dataclass
class _Scan:
    """Spans found so far, on the normalised text."""

    text: str
    spans: list[Span] = field(default_factory=list)

    def free(self, start: int, end: int) -> bool:
        return all(end <= s.start or s.end <= start for s in self.spans)

    def add(self, span: Span) -> None:
        if span.start < span.end and self.free(span.start, span.end):
            self.spans.append(span)

    def taken(self) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in self.spans]

    def of(self, kind: str, negated: bool = False) -> list[Span]:
        return sorted(
            (s for s in self.spans if s.kind == kind and s.negated == negated),
            key=lambda s: s.start,
        )


class QueryParser:
    """Parses with one lexicon; keep one instance per lexicon, its segmenter takes a second to build."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or Lexicon()
        self._segmenter = Segmenter([*self.lexicon.words, *self.lexicon.modifiers])

    def parse(self, text: str) -> Query:
        """Understand one sentence; never fails, whatever the text."""
        source = normalise_aligned(text)
        scan = _Scan(source.text)
        _find_ordinals(scan)
        _find_patterns(scan, "lifted", LIFTED)
        inside = self._segmenter.longer_words(scan.text)
        for match in self.lexicon.find(scan.text):
            if not any(start <= match.start and match.end <= end for start, end in inside):
                _add_words(scan, match)
        numbers = find_numbers(scan.text)
        for quantity in find_quantities(scan.text, numbers, scan.taken()):
            scan.add(
                Span(
                    quantity.start,
                    quantity.end,
                    "attribute",
                    quantity.attribute,
                    also=quantity.also,
                )
            )
        for price in find_prices(scan.text, numbers, scan.taken()):
            scan.add(Span(price.start, price.end, "price", price))
        for start, end, colour in find_colours(scan.text):
            scan.add(Span(start, end, "colour", colour))
        self._find_sounds(scan)
        _find_gender(scan)
        _find_patterns(scan, "sort", SORT)
        _find_patterns(scan, "relative", RELATIVE)
        scan.spans = [
            _with_polarity(scan, span) for span in sorted(scan.spans, key=lambda s: s.start)
        ]
        _spread_negation(scan)
        _find_free_negations(scan)
        return self._query(source, text, scan)

    def _find_sounds(self, scan: _Scan) -> None:
        """Typos: where nothing was understood as written, or where a longer word sounds right (平版电脑, not 电脑)."""
        known = scan.of("category")
        for start, end, word in find_by_sound(scan.text, self.lexicon.sounds):
            inside = [
                s
                for s in known
                if start <= s.start and s.end <= end and s.end - s.start < end - start
            ]
            if inside:
                scan.spans = [s for s in scan.spans if s not in inside]
            if (inside or not known) and scan.free(start, end):
                _add_words(scan, Match(start, end, self.lexicon.words[word]), spoken=word)

    def _words(self, scan: _Scan, dropped: set[str]) -> list[str]:
        words: list[str] = []
        for piece, understood in _pieces(scan, dropped):
            words += [piece] if understood else self._segmenter.content_words(piece)
        return words

    def _query(self, source: Normalised, original: str, scan: _Scan) -> Query:
        need = " ".join(self._words(scan, _SILENT | _STRUCTURED))
        spans = tuple(
            _on_original(span, source, len(original))
            for span in sorted(scan.spans, key=lambda s: s.start)
        )
        ordinals = tuple(n for span in scan.of("ordinal") for n in span.value)
        sorts, relatives = scan.of("sort"), scan.of("relative")
        return Query(
            text=source.text,
            keywords=_join_words(self._words(scan, _SILENT)),
            constraints=_constraints(scan, need, self.lexicon.groups),
            sort=sorts[0].value if sorts else None,
            relative=relatives[0].value if relatives else None,
            ordinals=ordinals,
            allowed=tuple(
                str(s.value)
                for s in scan.spans
                if s.kind in ("brand", "colour") and _is_allowed(scan, s)
            ),
            lifted=_unique(span.value for span in scan.of("lifted")),
            spans=spans,
            said=" ".join(piece.strip() for piece, _ in _pieces(scan, _SILENT) if piece.strip()),
            specific=any(s.surface != normalise(s.value) for s in scan.of("category")),
        )


_SILENT = {"price", "ordinal", "sort", "relative", "lifted"}
_STRUCTURED = {"category", "brand", "colour", "attribute"}


def _join_words(words: list[str]) -> str:
    """Chinese words run on, Latin words and numbers keep a space between them."""
    out = ""
    for word in words:
        out += (" " if out and out[-1].isascii() and word[0].isascii() else "") + word
    return out


def _pieces(scan: _Scan, dropped: set[str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces, (text, is one understood word); dropped kinds and everything negated left out."""
    place = 0
    for span in sorted(scan.spans, key=lambda s: s.start):
        yield scan.text[place : span.start], False
        if not span.negated and span.kind not in dropped:
            yield span.spelled or scan.text[span.start : span.end], True
        place = span.end
    yield scan.text[place:], False


def _find_ordinals(scan: _Scan) -> None:
    for match in ORDINAL.finditer(scan.text):
        if match["last"]:
            value: tuple[int, ...] = (-1,)
        else:
            word = match["one"] or match["first"]
            number = int(word) if word.isdigit() else int(chinese_number(word) or 0)
            value = (
                (-number if match["back"] else number,)
                if match["one"]
                else tuple(range(1, min(number, 10) + 1))
            )
        scan.add(Span(match.start(), match.end(), "ordinal", value))


def _add_words(scan: _Scan, match: Match, spoken: str = "") -> None:
    """`spoken` is the right spelling of a word that was found by its sound."""
    kinds = {entry.kind: entry for entry in match.entries}
    for kind in ("model", "category", "brand", "attribute"):
        if kind in kinds:
            implied: dict[str, str] = {
                other: kinds[other].value
                for other in ("brand", "category")
                if other in kinds and other != kind
            }
            surface = spoken or scan.text[match.start : match.end]
            value = _entry_value(kinds[kind])
            scan.add(
                Span(
                    match.start,
                    match.end,
                    kind,
                    value,
                    implied=implied,
                    spelled=spoken,
                    surface=surface,
                )
            )
            return


def _entry_value(entry: Entry) -> Any:
    return Attribute(entry.name, "=", entry.value) if entry.kind == "attribute" else entry.value


def _find_gender(scan: _Scan) -> None:
    for match in GENDER.finditer(scan.text):
        scan.add(
            Span(
                match.start(),
                match.end(),
                "attribute",
                Attribute("适用性别", "=", match[1] or match[2]),
            )
        )


def _find_patterns(scan: _Scan, kind: str, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> None:
    for value, pattern in patterns:
        for match in pattern.finditer(scan.text):
            scan.add(Span(match.start(), match.end(), kind, value))


def _with_polarity(scan: _Scan, span: Span) -> Span:
    if span.kind not in ("category", "brand", "colour", "attribute", "model"):
        return span
    trigger = next(
        (m for m in NEGATION.finditer(scan.text, 0, span.start) if m.end() == span.start), None
    )
    if trigger:
        return replace(span, start=trigger.start(), negated=True)
    after = NEGATED_AFTER.match(scan.text, span.end)
    if after and not _starts_new_object(scan, after.end()):
        return replace(span, end=after.end(), negated=True)
    return span


def _starts_new_object(scan: _Scan, place: int) -> bool:
    """手机不要小米: the negation belongs to what follows it."""
    rest = scan.text[place:].lstrip()
    return bool(rest) and rest[0] not in ",，。!！;；的了"


def _spread_negation(scan: _Scan) -> None:
    """不要小米和华为: the second of a list of one kind is negated too."""
    spans = sorted(scan.spans, key=lambda s: s.start)
    for index in range(1, len(spans)):
        before, span = spans[index - 1], spans[index]
        joined = scan.text[before.end : span.start]
        if before.negated and span.kind == before.kind and joined.strip() and AND.fullmatch(joined):
            spans[index] = replace(span, negated=True)
    scan.spans = spans


def _find_free_negations(scan: _Scan) -> None:
    """不要皮的: a word that no lexicon knows still excludes."""
    for trigger in NEGATION.finditer(scan.text):
        word = FREE_NEGATED.match(scan.text, trigger.end())
        if word and not NOT_FREE.match(word[1]) and scan.free(trigger.start(), word.end(1)):
            scan.add(Span(trigger.start(), word.end(1), "word", word[1], negated=True))


def _is_allowed(scan: _Scan, span: Span) -> bool:
    return not span.negated and ALLOWED_AFTER.match(scan.text, span.end) is not None


def _unique(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


def _category(scan: _Scan, groups: Mapping[str, Any]) -> str | None:
    """The head of a Chinese noun phrase is its last noun: 牛奶巧克力 is chocolate, 手机 in 手机壳 never matches. A wide word
    (狗粮，大型犬吃的) counts only where no narrower one stands."""
    named = scan.of("category")
    categories = [s for s in named if normalise(str(s.value)) not in groups] or named
    if categories:
        return str(categories[-1].value)
    return next(
        (s.implied["category"] for s in scan.spans if "category" in s.implied and not s.negated),
        None,
    )


def _brands(scan: _Scan, negated: bool) -> tuple[str, ...]:
    """Named brands and those implied by iphone-like words; 不要小米14 excludes the model, not the brand."""
    implied = (s for s in scan.spans if "brand" in s.implied and s.negated == negated)
    named = [s.value for s in scan.of("brand", negated)]
    return _unique(
        named + [s.implied["brand"] for s in implied if not (negated and s.kind == "model")]
    )


def _price_bounds(prices: list[Price]) -> tuple[Decimal | None, Decimal | None]:
    low = max((p.low for p in prices if p.low is not None), default=None)
    high = min((p.high for p in prices if p.high is not None), default=None)
    return low, high


def _constraints(scan: _Scan, need: str, groups: Mapping[str, Any]) -> Constraints:
    """A brand both named and refused (苹果手机不要苹果) is refused."""
    refused = _brands(scan, negated=True)
    low, high = _price_bounds([s.value for s in scan.of("price")])
    not_words = [s.value for s in scan.of("word", True)]
    not_words += [
        str(s.value.value) for s in scan.of("attribute", True) if isinstance(s.value.value, str)
    ]
    not_words += [s.surface for s in scan.of("category", True) if not s.implied] + [
        s.value for s in scan.of("model", True)
    ]
    return Constraints(
        category=_category(scan, groups),
        brands=tuple(b for b in _brands(scan, negated=False) if b not in refused),
        not_brands=refused,
        colours=_unique(s.value for s in scan.of("colour")),
        not_colours=_unique(s.value for s in scan.of("colour", True)),
        attributes=_unique(a for s in scan.of("attribute") for a in (s.value, s.also) if a),
        not_words=_unique(not_words),
        price_min=low,
        price_max=high,
        need=need,
    )


def _on_original(span: Span, source: Normalised, length: int) -> Span:
    start, end = source.source_span(span.start, span.end, length)
    return replace(span, start=start, end=end, value=_json_value(span))


def _json_value(span: Span) -> Any:
    if isinstance(span.value, Attribute):
        return span.value.to_json()
    if isinstance(span.value, Price):
        bounds = Constraints(price_min=span.value.low, price_max=span.value.high)
        return bounds.to_json()
    return list(span.value) if isinstance(span.value, tuple) else span.value
