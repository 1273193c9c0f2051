"""From a sentence to constraints: the one place where a shopper's words become conditions.

Deterministic on purpose: a budget or an exclusion that was said outright must never depend on a model's mood.
Extractors run in order of how sure they are, and a later one never touches characters that an earlier one took.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from recsys.query.asked import find_asked
from recsys.query.body import Body, find_body
from recsys.query.budget import find_changes
from recsys.query.chatter import quiet
from recsys.query.colour import find_colours
from recsys.query.conditions import conditions, unique
from recsys.query.constraints import Attribute
from recsys.query.extreme import find_orders
from recsys.query.garment import find_garment_size, find_sizing
from recsys.query.head import find_head, judges
from recsys.query.lexicon import Lexicon, Match
from recsys.query.lifting import find_lifted, is_allowed, take_back
from recsys.query.meant import Meant, find_meant
from recsys.query.measured import find_measured, find_named
from recsys.query.names import find_part, find_products
from recsys.query.numbers import Number, find_numbers
from recsys.query.patterns import (
    COUNT,
    GENDER,
    OFFERS,
    QUESTION,
    RELATIVE,
    RETURN,
    SERVES,
    SIZES,
    SORT,
    TALK,
    WISHES,
)
from recsys.query.pinyin import spelled_out
from recsys.query.pointers import EXTREMES
from recsys.query.price import find_prices
from recsys.query.purchase import find_purchase
from recsys.query.quantity import Quantity, find_quantities
from recsys.query.query import Query, on_original
from recsys.query.recipient import RECIPIENT
from recsys.query.reference import find_lists, find_positions, find_reference
from recsys.query.refusal import mark_refusals
from recsys.query.schema import Schema
from recsys.query.slip import drop_slips, without_slips
from recsys.query.span import Scan, Span
from recsys.query.uses import find_unused
from recsys.query.words import add_misspelt, word_edges, word_span
from recsys.text.normalise import Normalised, normalise, normalise_aligned
from recsys.text.segment import Segmenter, stop_words


class QueryParser:
    """Parses with one lexicon; keep one instance per lexicon, its segmenter takes a second to build."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or Lexicon()
        self._segmenter = Segmenter([*self.lexicon.words, *self.lexicon.modifiers])

    def parse(self, text: str, category: str | None = None) -> Query:
        """Understand one sentence; never fails, whatever the text. `category`: what is talked of, if the sentence does not
        say another; attributes and options are read by its schema."""
        query = self._parse_one(text, category)
        cuts = _between_wishes(query)
        if not cuts:
            return query
        parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return replace(query, wishes=tuple(self._parse_one(part).constraints for part in parts))

    def _parse_one(self, text: str, running: str | None = None) -> Query:
        source = spelled_out(normalise_aligned(text), self.lexicon.words)
        edges = word_edges(source.text, self._segmenter)
        heard = quiet(source.text, edges)
        scan = Scan(without_slips(heard, find_numbers(heard)))
        body = find_body(scan.text)
        _keep_body(scan, body)
        meant = find_meant(scan.text, running, self.lexicon, self._segmenter)
        numbers = find_numbers(scan.text)
        _add_quantities(scan, find_named(scan.text, numbers, meant.schema))
        self._find_words(scan, meant)
        _find_numbers(scan, numbers, meant.schema)
        _find_colours(scan)
        add_misspelt(scan, self.lexicon, edges)
        _find_gender(scan)
        leaning = self._find_orders(scan)
        _find_patterns(scan, "sort", SORT)
        _find_patterns(scan, "count", COUNT)
        _find_patterns(scan, "talk", TALK)
        _find_patterns(scan, "relative", RELATIVE)
        _find_return(scan)
        mark_refusals(scan)
        take_back(scan)
        drop_slips(scan)
        return replace(self._query(source, text, scan, meant), body=body, leaning=leaning)

    def _find_words(self, scan: Scan, meant: Meant) -> None:
        _find_positions(scan, meant.matches)
        _find_patterns(scan, "relative", SIZES)
        for span in (
            *find_lifted(scan.text, self.lexicon.asked),
            *find_unused(scan.text, self.lexicon),
        ):
            scan.add(span)
        for match in meant.matches:
            scan.add(word_span(match, scan.text))

    def _find_orders(self, scan: Scan) -> str | None:
        """Add the orders; what is left is one that only tells what matters. 屏幕 in 屏幕最大 is a field, not the goods."""
        fields, leaning = find_asked(scan, self.lexicon.asked), None
        for order in find_orders(scan.text, self.lexicon.asked, fields):
            if order.role == "leaning":
                leaning = leaning or order.sort
                continue
            inside = [s for s in scan.spans if order.start <= s.start and s.end <= order.end]
            touched = [s for s in scan.spans if s.start < order.end and order.start < s.end]
            gone = [
                s
                for s in touched
                if s.kind == "attribute" or (s.kind == "category" and s in inside)
            ]
            if len(gone) == len(touched):
                scan.spans = [s for s in scan.spans if s not in gone]
            scan.add(Span(order.start, order.end, order.role, order.sort))
        for sort, pattern in EXTREMES:
            for match in pattern.finditer(scan.text):
                if not scan.text.endswith("最", 0, match.start()):
                    scan.add(Span(match.start(), match.end(), "extreme", sort))
        return leaning

    def _words(self, scan: Scan, dropped: set[str]) -> list[str]:
        words: list[str] = []
        for piece, understood in scan.pieces(dropped):
            words += [piece] if understood else self._segmenter.content_words(piece)
        return words

    def _absent(self, scan: Scan, need: str) -> str | None:
        """Goods that the shop lacks: all that is left, or what a 的 leads to (送女朋友的项链)."""
        words, said = need.split(), scan.text.replace(" ", "")
        # General dictionaries have 买手机 as one word.
        if words and words[0][0] in stop_words():
            words[0] = words[0][1:]
        for start in range(len(words)):
            noun = "".join(words[start:])
            if noun in self.lexicon.absent and (start == 0 or f"的{noun}" in said):
                return noun
        return None

    def _narrows(self, running: str | None, category: str | None) -> bool:
        """手机 after 数码产品."""
        wide = self.lexicon.groups.get(running or "", ())
        return category not in (None, running) and {*self.lexicon.leaves(category or "")} <= {*wide}

    def _only_for_somebody(self, scan: Scan, need: str) -> bool:
        named = [m.group() for m in RECIPIENT.finditer(scan.text)]
        words = {word for text in named for word in self._segmenter.content_words(text)}
        return bool(named) and bool(need) and words.issuperset(need.split())

    def _query(self, source: Normalised, original: str, scan: Scan, meant: Meant) -> Query:
        need = " ".join(self._words(scan, _SILENT | _STRUCTURED))
        asked = find_asked(scan, self.lexicon.asked)
        free = [span for span in asked if scan.free(span.start, span.end)]
        spans = tuple(
            on_original(span, source, len(original))
            for span in sorted([*scan.spans, *free], key=lambda s: s.start)
        )
        ordinals = tuple(n for span in scan.of("ordinal") for n in span.value)
        sorts, relatives, counts = scan.of("sort"), scan.of("relative"), scan.of("count")
        conditioned = conditions(scan, need, self.lexicon.groups)
        if meant.narrower and not conditioned.category:
            conditioned = replace(conditioned, category=meant.narrower)
        named = conditioned.category or conditioned.brands
        return Query(
            text=source.text,
            keywords=_join_words(self._words(scan, _SILENT)),
            constraints=conditioned,
            sort=sorts[0].value if sorts else None,
            relative=relatives[0].value if relatives else None,
            ordinals=ordinals,
            allowed=tuple(
                str(s.value)
                for s in scan.spans
                if s.kind in ("brand", "colour", "word") and is_allowed(scan, s)
            ),
            lifted=unique(kind for span in scan.of("lifted") for kind in _each(span.value)),
            budget=next((span.value for span in scan.of("budget")), None),
            spans=spans,
            counts=counts[0].value if counts else None,
            absent=None if named else self._absent(scan, need),
            recipient=not named
            and (self._only_for_somebody(scan, need) or (bool(need) and _serves(scan.text, meant))),
            said=" ".join(piece.strip() for piece, _ in scan.pieces(_SILENT) if piece.strip()),
            asked=unique(name for span in asked for name in span.value),
            reference=find_reference(scan, asked),
            purchase=find_purchase(scan.text, find_numbers(scan.text), scan.taken()),
            size=find_garment_size(scan.text),
            sizing=find_sizing(scan.text),
            named=find_products(source.text, self.lexicon.names),
            part=find_part(source.text),
            offers=OFFERS.search(source.text) is not None,
            narrows=self._narrows(meant.running, conditioned.category),
            asks=QUESTION.search(source.text) is not None,
            head=find_head(scan),
            judges=judges(scan),
            specific=any(s.surface != normalise(s.value) for s in scan.of("category")),
        )


_SILENT = {
    "body",
    "budget",
    "price",
    "ordinal",
    "reference",
    "sort",
    "relative",
    "lifted",
    "count",
    "talk",
    "extreme",
}
_STRUCTURED = {"category", "brand", "colour", "attribute"}


def _join_words(words: list[str]) -> str:
    """Chinese words run on, Latin words and numbers keep a space between them."""
    out = ""
    for word in words:
        out += (" " if out and out[-1].isascii() and word[0].isascii() else "") + word
    return out


def _find_positions(scan: Scan, words: Sequence[Match]) -> None:
    """第二个; the 第一 of a brand (宝贝第一) is none."""
    for span in [*find_lists(scan), *find_positions(scan)]:
        if not any(word.start < span.start < word.end for word in words):
            scan.add(span)


def _find_colours(scan: Scan) -> None:
    """In 小米白色 the brand has taken half of 米白色; 白色 is left."""
    for start, end, colour in find_colours(scan.text):
        scan.add(Span(start, end, "colour", colour))
        cut = max((s.end for s in scan.spans if s.start < start < s.end), default=end)
        for rest, after, left in find_colours(scan.text[cut:end]):
            scan.add(Span(cut + rest, cut + after, "colour", left))


def _find_numbers(scan: Scan, numbers: Sequence[Number], schema: Schema) -> None:
    _add_quantities(scan, find_measured(scan.text, numbers, schema, scan.taken()))
    _add_quantities(scan, find_quantities(scan.text, numbers, scan.taken()))
    for change in find_changes(scan.text, numbers, scan.taken()):
        scan.add(Span(change.start, change.end, "budget", change))
    for price in find_prices(scan.text, numbers, scan.taken()):
        scan.add(Span(price.start, price.end, "price", price))


def _add_quantities(scan: Scan, quantities: Iterable[Quantity]) -> None:
    for quantity in quantities:
        start, end, attribute = quantity.start, quantity.end, quantity.attribute
        scan.add(Span(start, end, "attribute", attribute, also=quantity.also))


def _keep_body(scan: Scan, body: Body) -> None:
    """Numbers that are certainly a body's are no price and no measure of goods."""
    for one in body.measures if body.certain else ():
        scan.add(Span(one.start, one.end, "body", one.name))


def _find_return(scan: Scan) -> None:
    """还是手机吧 goes back to the phones; 还是便宜点的 does not."""
    for span in scan.of("category"):
        if before := RETURN.search(scan.text, 0, span.start):
            scan.add(Span(before.start(), before.end(), "relative", "back"))


def _serves(text: str, meant: Meant) -> bool:
    """打球穿的 says what the goods that are talked of are for."""
    return meant.running is not None and SERVES.search(text) is not None


def _between_wishes(query: Query) -> list[int]:
    """Where one wish ends and the next begins: 手机和耳机 · 1000以内的手机，还有500的耳机."""
    named = [s for s in query.spans if s.kind == "category" and not s.negated]
    pairs = [(a, b) for a, b in itertools.pairwise(named) if a.value != b.value]
    joined = [(a, b, WISHES.match(query.text, a.end)) for a, b in pairs]
    return [match.end() for a, b, match in joined if match and match.end() <= b.start]


def _find_gender(scan: Scan) -> None:
    for match in GENDER.finditer(scan.text):
        scan.add(
            Span(
                match.start(),
                match.end(),
                "attribute",
                Attribute("适用性别", "=", match[1] or match[2]),
            )
        )


def _find_patterns(scan: Scan, kind: str, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> None:
    for value, pattern in patterns:
        for match in pattern.finditer(scan.text):
            scan.add(Span(match.start(), match.end(), kind, value))


def _each(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)
