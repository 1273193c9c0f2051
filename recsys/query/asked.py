"""What of a product a sentence asks about: 多重, 能机洗吗, 几种颜色 -> names of attributes and options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recsys.query.pointers import EXTREMES
from recsys.query.span import Scan, Span

# 黑色那个 asks for no colour, and the 内存 in a model's name for nothing.
_SAYS_ANOTHER_THING = ("brand", "colour", "model", "ordinal", "price", "sort", "relative")


def find_asked(scan: Scan, words: Mapping[str, Sequence[str]]) -> list[Span]:
    """Longest words first from the left; what a search reads stays as it is."""
    taken = Scan(
        scan.text, [s for s in scan.spans if s.kind in _SAYS_ANOTHER_THING and not _by_field(s)]
    )
    for _, pattern in EXTREMES:
        for match in pattern.finditer(scan.text):
            taken.add(Span(match.start(), match.end(), "extreme", None))
    found = _longest(scan.text, words, max(map(len, words), default=0))
    nouns = scan.of("category")
    return [
        span
        for span in found
        if taken.free(span.start, span.end)
        and all(_covers(span, noun) or not _touch(span, noun) for noun in nouns)
    ]


def category_besides(scan: Scan, asked: Sequence[Span]) -> str | None:
    """The category that is named in its own right: in 屏幕多大 and 能用洗衣机洗吗 there is none."""
    named = [s for s in scan.of("category") if not any(_covers(span, s) for span in asked)]
    return str(named[-1].value) if named else None


def _by_field(span: Span) -> bool:
    """电池最大 is an order, and speaks of the battery still."""
    return span.kind == "sort" and ":" in str(span.value)


def _covers(span: Span, other: Span) -> bool:
    return span.start <= other.start and other.end <= span.end


def _touch(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _longest(text: str, words: Mapping[str, Sequence[str]], longest: int) -> Iterator[Span]:
    place = 0
    while place < len(text):
        ends = range(min(len(text), place + longest), place, -1)
        end = next((e for e in ends if _is_word(text, place, e, words)), None)
        if end is not None:
            yield Span(place, end, "asked", tuple(words[text[place:end]]))
        place = end or place + 1


def _is_word(text: str, start: int, end: int, words: Mapping[str, Sequence[str]]) -> bool:
    """Latin words match whole only."""
    if text[start:end] not in words:
        return False
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return not (_latin(before) and _latin(text[start])) and not (
        _latin(text[end - 1]) and _latin(after)
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
