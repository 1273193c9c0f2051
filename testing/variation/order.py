"""The same conditions in another order: 三千以内的手机, 手机，三千以内的."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from random import Random

from testing.variation.sentence import Sentence

_CUT = re.compile(r"[，,、；;]\s*|\s+")
_NEGATION = re.compile(r"[不没别非无除]|排除|去掉|拒绝|讨厌")
# A part that leans on the one before it has its place.
_LEANS = re.compile(
    r"但|不过|因为|所以|然后|或|还|也|就|它|他|她|那|这|可|而|并|如果|要是|再|又|换|和|跟|与|以及|另外|其他|都"
)
_CLOSING = re.compile(r"[。.!！~～…?？\s]+$")
_LONGEST = 4
_MODIFIER = re.compile(r"的([一-鿿]{1,6})$")


def permuted(sentence: Sentence, random: Random) -> Iterator[str]:
    """Parts between commas or spaces change places; refusals and what follows them stay."""
    text = _CLOSING.sub("", sentence.text)
    cuts = [cut for cut in _CUT.finditer(text) if _is_border(sentence, cut)]
    edges = [(0, 0), *(cut.span() for cut in cuts), (len(text), len(text))]
    parts = [text[a[1] : b[0]] for a, b in itertools.pairwise(edges)]
    movable = list(itertools.takewhile(lambda part: not _NEGATION.search(part), parts))
    if not 2 <= len(movable) <= _LONGEST or not all(_stands_alone(sentence, p) for p in movable):
        return
    orders = list(itertools.permutations(range(len(movable))))[1:]
    signs = [cut.group() for cut in cuts]
    for order in random.sample(orders, len(orders)):
        moved = [movable[place] for place in order] + parts[len(movable) :]
        yield "".join(
            a + b for a, b in zip(moved, [*signs, sentence.text[len(text) :]], strict=True)
        )


def trailing(sentence: Sentence, random: Random) -> Iterator[str]:
    """三千以内的手机: the price comes after what it is the price of."""
    for span in sentence.query.spans:
        head = _MODIFIER.fullmatch(sentence.text, span.end)
        before = sentence.text[: span.start]
        if span.kind != "price" or not head or _NEGATION.search(before):
            continue
        if sentence.reader.content(head[1]) == sentence.reader.words(head[1]):
            price = sentence.text[span.start : span.end]
            yield f"{before}{head[1]}，{price}的"


def _is_border(sentence: Sentence, cut: re.Match[str]) -> bool:
    """Not inside a condition (不要 苹果, 3,000) nor within Latin words and models (iPhone 15)."""
    if any(span.start < cut.end() and cut.start() < span.end for span in sentence.query.spans):
        return False
    left, right = sentence.text[cut.start() - 1 : cut.start()], sentence.text[cut.end() :][:1]
    return not (cut.group().isspace() and (left + right).isascii())


def _stands_alone(sentence: Sentence, part: str) -> bool:
    """A part of its own says something, and a number that opens it belongs to a condition."""
    start = sentence.text.index(part)
    opens = any(span.start == start for span in sentence.query.spans)
    says = bool(sentence.reader.content(part)) or opens
    return says and not _LEANS.match(part) and (opens or not part[:1].isascii())
